# How everything of ours is compiled: warnings, hardening, sanitizers.
add_library(mailtrust_settings INTERFACE)
target_compile_options(mailtrust_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Wimplicit-fallthrough -Wformat=2 -fstack-protector-strong
  # g++ 12 sees overlaps and overruns in std::string's operator+ where there are none (GCC bugs
  # 105651 and 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
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

# The standard headers that nearly every file includes, read once: halves a build. Off, every file
# has to name what it includes, which the debug preset keeps true.
option(MAILTRUST_PRECOMPILE "Precompile the common standard headers" ON)
function(mailtrust_precompile target)
  if(MAILTRUST_PRECOMPILE)
    target_precompile_headers(${target} PRIVATE <algorithm> <array> <functional> <map> <memory> <mutex>
      <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>
      <tl/expected.hpp> ${ARGN})
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
  endif()
endfunction()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()
