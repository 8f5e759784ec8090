#pragma once
// libzip, loaded by the first zip: it brings five libraries along, which no other run of the
// program should pay for. Only lib/archive/zip.cpp and zip_api.cpp include this.

#include <zip.h>

#include "base/expected.hpp"

namespace mailtrust::archive {

/// The functions of libzip that we use, under their own names.
struct ZipApi {
  decltype(&::zip_error_init) error_init = nullptr;
  decltype(&::zip_error_fini) error_fini = nullptr;
  decltype(&::zip_error_code_zip) error_code_zip = nullptr;
  decltype(&::zip_get_error) get_error = nullptr;
  decltype(&::zip_file_get_error) file_get_error = nullptr;
  decltype(&::zip_source_buffer_create) source_buffer_create = nullptr;
  decltype(&::zip_source_free) source_free = nullptr;
  decltype(&::zip_open_from_source) open_from_source = nullptr;
  decltype(&::zip_discard) discard = nullptr;
  decltype(&::zip_get_num_entries) get_num_entries = nullptr;
  decltype(&::zip_get_name) get_name = nullptr;
  decltype(&::zip_stat_index) stat_index = nullptr;
  decltype(&::zip_fopen_index) fopen_index = nullptr;
  decltype(&::zip_fread) fread = nullptr;
  decltype(&::zip_fclose) fclose = nullptr;
};

/// Loads libzip at the first call. Thread-safe. The Error, temporary, names the package that is
/// missing; it stays for the whole run.
const Expected<ZipApi>& zip_api();

}  // namespace mailtrust::archive
