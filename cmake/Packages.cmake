# The libraries we stand on, all from Debian 12; newer ones work too.
find_package(PkgConfig REQUIRED)
find_package(Threads REQUIRED)
find_package(OpenSSL 3.0 REQUIRED COMPONENTS Crypto)
find_package(tl-expected REQUIRED)
find_package(CLI11 REQUIRED)
find_package(CURL REQUIRED)           # headers alone: the library is loaded by the first request
find_package(nlohmann_json 3.11 REQUIRED)
pkg_check_modules(CARES REQUIRED IMPORTED_TARGET libcares)
pkg_check_modules(LDNS REQUIRED IMPORTED_TARGET ldns)
pkg_check_modules(IDN2 REQUIRED IMPORTED_TARGET libidn2)
pkg_check_modules(PSL REQUIRED IMPORTED_TARGET libpsl)
pkg_check_modules(SQLITE REQUIRED IMPORTED_TARGET sqlite3)
pkg_check_modules(ZLIB REQUIRED IMPORTED_TARGET zlib)
pkg_check_modules(DEFLATE REQUIRED IMPORTED_TARGET libdeflate)
pkg_check_modules(PUGIXML REQUIRED IMPORTED_TARGET pugixml)
pkg_check_modules(ZIP REQUIRED libzip)  # headers alone, as of CURL

# Each shared library costs every start of the program about 0.2 ms and 0.3 MiB, so the small ones
# are linked as archives where there are such. libcrypto stays shared: security updates of OpenSSL
# must reach us.
function(mailtrust_use_archives target)
  set(archives)
  foreach(name ${ARGN})
    find_library(MAILTRUST_ARCHIVE_${name} NAMES lib${name}.a)
    mark_as_advanced(MAILTRUST_ARCHIVE_${name})
    if(NOT MAILTRUST_ARCHIVE_${name})
      return()
    endif()
    list(APPEND archives ${MAILTRUST_ARCHIVE_${name}})
  endforeach()
  set_property(TARGET ${target} PROPERTY INTERFACE_LINK_LIBRARIES ${archives})
endfunction()

mailtrust_use_archives(PkgConfig::CARES cares)
mailtrust_use_archives(PkgConfig::LDNS ldns)
mailtrust_use_archives(PkgConfig::IDN2 idn2 unistring)
mailtrust_use_archives(PkgConfig::PSL psl idn2 unistring)
mailtrust_use_archives(PkgConfig::SQLITE sqlite3)
set_property(TARGET PkgConfig::SQLITE APPEND PROPERTY INTERFACE_LINK_LIBRARIES m)
mailtrust_use_archives(PkgConfig::ZLIB z)
mailtrust_use_archives(PkgConfig::DEFLATE deflate)
mailtrust_use_archives(PkgConfig::PUGIXML pugixml)
