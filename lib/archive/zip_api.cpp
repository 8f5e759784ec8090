#include "archive/zip_api.hpp"

#include "base/shared_library.hpp"

namespace mailtrust::archive {
namespace {

bool find_all(const SharedLibrary& library, ZipApi& api) {
  return library.find("zip_error_init", api.error_init) &&
         library.find("zip_error_fini", api.error_fini) &&
         library.find("zip_error_code_zip", api.error_code_zip) &&
         library.find("zip_get_error", api.get_error) &&
         library.find("zip_file_get_error", api.file_get_error) &&
         library.find("zip_source_buffer_create", api.source_buffer_create) &&
         library.find("zip_source_free", api.source_free) &&
         library.find("zip_open_from_source", api.open_from_source) &&
         library.find("zip_discard", api.discard) &&
         library.find("zip_get_num_entries", api.get_num_entries) &&
         library.find("zip_get_name", api.get_name) &&
         library.find("zip_stat_index", api.stat_index) &&
         library.find("zip_fopen_index", api.fopen_index) && library.find("zip_fread", api.fread) &&
         library.find("zip_fclose", api.fclose);
}

// What we use is the same from libzip 1.0 on, under both names that it has had.
Expected<ZipApi> load() {
  constexpr const char* kFile = "libzip.so.4";
  auto library = SharedLibrary::load(kFile, "libzip4");
  if (!library) {
    auto newer = SharedLibrary::load("libzip.so.5", "libzip5");
    if (newer) library = newer;
  }
  if (!library) return fail(library.error());
  ZipApi api;
  if (!find_all(*library, api))
    return fail(Error::Kind::temporary, kFile, "this library is too old; 1.0 or newer is needed");
  return api;
}

}  // namespace

const Expected<ZipApi>& zip_api() {
  static const auto api = load();
  return api;
}

}  // namespace mailtrust::archive
