# How everything of ours is compiled: warnings, hardening, sanitizers.
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
add_library(mailtrust_settings INTERFACE)
target_compile_options(mailtrust_settings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast -Wcast-qual
  -Wimplicit-fallthrough -Wformat=2 -fstack-protector-strong
  # g++ 12 sees overlaps and overruns in std::string's operator+ where there are none (GCC bugs
  # 105651 and 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict> $<$<CXX_COMPILER_ID:GNU>:-Wno-array-bounds>
  $<$<CXX_COMPILER_ID:GNU>:-Wno-stringop-overflow>
  $<$<BOOL:${MAILTRUST_WERROR}>:-Werror>)
target_link_options(mailtrust_settings INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack,-z,separate-code
  -Wl,--as-needed)

# What makes a bug hard to use, where no sanitizer ends the program at it anyway.
# tests/system/hardening_test.py looks for it in the program that is installed.
function(mailtrust_harden target)
  target_compile_options(${target} INTERFACE -fPIE)
  target_link_options(${target} INTERFACE $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-pie>)
  target_compile_definitions(${target} INTERFACE _GLIBCXX_ASSERTIONS)
  # Not every processor and compiler has these.
  foreach(flag stack-clash-protection cf-protection trivial-auto-var-init=zero)
    string(MAKE_C_IDENTIFIER MAILTRUST_HAS_${flag} known)
    check_cxx_compiler_flag(-f${flag} ${known})
    if(${known})
      target_compile_options(${target} INTERFACE -f${flag})
    endif()
  endforeach()
  # Level 3 knows the sizes of allocated memory too; where it is not there, features.h warns.
  set(CMAKE_REQUIRED_FLAGS "-O2 -Werror -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3")
  check_cxx_source_compiles("#include <cstring>\nint main() {}" MAILTRUST_HAS_FORTIFY_3)
  set(level $<IF:$<BOOL:${MAILTRUST_HAS_FORTIFY_3}>,3,2>)
  target_compile_options(${target} INTERFACE
    $<$<CONFIG:Release,RelWithDebInfo,MinSizeRel>:-U_FORTIFY_SOURCE;-D_FORTIFY_SOURCE=${level}>)
endfunction()

if(MAILTRUST_SANITIZE)
  # Left out with g++: what costs a third of the time to compile and what AddressSanitizer ends the program
  # at anyway, or x86 does not mind. The fuzz preset has all of them.
  target_compile_options(mailtrust_settings INTERFACE
    -fsanitize=${MAILTRUST_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer
    $<$<CXX_COMPILER_ID:GNU>:-fno-sanitize=null,alignment,object-size,vptr,nonnull-attribute>)
  target_link_options(mailtrust_settings INTERFACE -fsanitize=${MAILTRUST_SANITIZE})
  # With all that sanitizers know of globals there are 650,000 addresses to relocate at each start; here
  # they are fixed by the linker. The tests start thousands of processes.
  if(CMAKE_CXX_COMPILER_ID STREQUAL GNU)
    target_link_options(mailtrust_settings INTERFACE $<$<STREQUAL:$<TARGET_PROPERTY:TYPE>,EXECUTABLE>:-no-pie>)
  endif()
else()
  mailtrust_harden(mailtrust_settings)
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
