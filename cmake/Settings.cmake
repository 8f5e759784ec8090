# How everything of ours is compiled: warnings, hardening, sanitizers.
add_library(mailtrust_settings INTERFACE)
target_compile_options(mailtrust_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Wimplicit-fallthrough -Wformat=2 -fstack-protector-strong
  # g++ 12 sees overlapping copies in std::string's operator+ where there are none (GCC bug 105651).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<BOOL:${MAILTRUST_WERROR}>:-Werror>)
target_link_options(mailtrust_settings INTERFACE -Wl,-z,relro,-z,now -Wl,--as-needed)
if(MAILTRUST_SANITIZE)
  target_compile_options(mailtrust_settings INTERFACE
    -fsanitize=${MAILTRUST_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_link_options(mailtrust_settings INTERFACE -fsanitize=${MAILTRUST_SANITIZE})
else()
  target_compile_definitions(mailtrust_settings INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo>:_FORTIFY_SOURCE=2> _GLIBCXX_ASSERTIONS)
endif()
find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CCACHE})
endif()
