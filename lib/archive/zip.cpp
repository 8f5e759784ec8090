#include "archive/zip.hpp"

#include <algorithm>
#include <memory>
#include <new>
#include <optional>

#include "archive/budget.hpp"
#include "archive/room.hpp"
#include "archive/zip_api.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"

namespace mailtrust::archive {
namespace {

constexpr std::string_view kEntry = "PK\x01\x02";

bool has_too_many_entries(std::string_view octets) {
  std::size_t count = 0;
  for (auto at = octets.find(kEntry); at != std::string_view::npos;
       at = octets.find(kEntry, at + 1))
    if (++count > limits::kZipEntries) return true;
  return false;
}

struct Discard {
  void operator()(zip_t* archive) const { zip_api()->discard(archive); }
};

using Archive = std::unique_ptr<zip_t, Discard>;

struct Close {
  void operator()(zip_file_t* file) const { zip_api()->fclose(file); }
};

// A lack of memory is no damage of the file.
void check_memory(zip_error_t* error) {
  if (error != nullptr && zip_api()->error_code_zip(error) == ZIP_ER_MEMORY) throw std::bad_alloc();
}

Archive open(std::string_view octets) {
  const auto& api = *zip_api();
  zip_error_t error;
  api.error_init(&error);
  auto* source = api.source_buffer_create(octets.data(), octets.size(), 0, &error);
  if (source == nullptr) throw std::bad_alloc();  // octets that are there can fail by nothing else
  auto* archive = api.open_from_source(source, ZIP_RDONLY, &error);
  if (archive == nullptr) api.source_free(source);
  if (archive == nullptr) check_memory(&error);
  api.error_fini(&error);
  return Archive(archive);
}

/// What the directory says of a member.
struct Entry {
  zip_uint64_t index = 0;
  std::string name;
  bool is_directory = false;
  bool is_encrypted = false;
};

Entry entry_at(zip_t* archive, zip_uint64_t index) {
  const auto& api = *zip_api();
  Entry entry{index, {}, false, false};
  if (const char* name = api.get_name(archive, index, ZIP_FL_ENC_RAW)) entry.name = name;
  zip_stat_t stat{};
  if (api.stat_index(archive, index, 0, &stat) != 0) return entry;
  bool is_empty = (stat.valid & ZIP_STAT_SIZE) != 0 && stat.size == 0;
  entry.is_directory = is_empty && entry.name.ends_with('/');
  entry.is_encrypted =
      (stat.valid & ZIP_STAT_ENCRYPTION_METHOD) != 0 && stat.encryption_method != ZIP_EM_NONE;
  return entry;
}

class Reader {
 public:
  Reader(Archive archive, const Sink& sink, const Bounds& bounds)
      : archive_(std::move(archive)), sink_(sink), budget_(bounds) {}

  Expected<void> read() {
    auto count = zip_api()->get_num_entries(archive_.get(), 0);
    for (zip_int64_t i = 0; i < count; ++i) {
      auto entry = entry_at(archive_.get(), static_cast<zip_uint64_t>(i));
      if (entry.is_directory) continue;
      if (!budget_.take_member()) return budget_.too_many();
      Member member{std::move(entry.name), {}, {}};
      if (entry.is_encrypted)
        member.fault = "it is encrypted";
      else if (!inflate(entry.index, member))
        return budget_.too_large();
      if (!sink_(member)) break;
    }
    return {};
  }

 private:
  /// False over the limit.
  bool inflate(zip_uint64_t index, Member& member) {
    const auto& api = *zip_api();
    auto* file = api.fopen_index(archive_.get(), index, 0);
    if (file == nullptr) {
      check_memory(api.get_error(archive_.get()));
      member.fault = "it is damaged, or packed in a way that is not known here";
      return true;
    }
    std::unique_ptr<zip_file_t, Close> owner(file);
    auto size = fill(file);
    if (!size) return false;
    budget_.take_octets(*size);
    member.octets = (*room_).first(*size);
    if (is_damaged_) member.fault = "it is cut or damaged, or its checksum does not match";
    return true;
  }

  /// How much came out; nothing over the limit. One octet more than is left tells the two apart.
  std::optional<std::size_t> fill(zip_file_t* file) {
    auto& room = *room_;
    std::size_t size = 0;
    while (true) {
      if (size == room.size()) room.grow(std::min(budget_.left() + 1, size * 2));
      auto got = zip_api()->fread(file, room.data() + size, room.size() - size);
      is_damaged_ = got < 0;
      if (is_damaged_) check_memory(zip_api()->file_get_error(file));
      if (got <= 0) return size;
      size += static_cast<std::size_t>(got);
      if (size > budget_.left()) return std::nullopt;
    }
  }

  Archive archive_;
  const Sink& sink_;
  Budget budget_;
  LentRoom room_;
  bool is_damaged_ = false;
};

}  // namespace

namespace {

// A directory that libzip is not let into memory for.
Expected<void> unzip_in_part(std::string_view octets, const Sink& sink, const Bounds& bounds) {
  auto done = unzip_by_heads(octets, sink, bounds);
  if (!done) return done;
  return fail(Error::Kind::input, "",
              "more than " + grouped(limits::kZipEntries) +
                  " entries in the archive, which is the limit; folders count as well");
}

}  // namespace

Expected<void> unzip(std::string_view octets, const Sink& sink, const Bounds& bounds) {
  if (has_too_many_entries(octets)) return unzip_in_part(octets, sink, bounds);
  const auto& api = zip_api();
  if (!api) return fail(api.error());
  auto archive = open(octets);
  if (!archive) return unzip_by_heads(octets, sink, bounds);
  return Reader(std::move(archive), sink, bounds).read();
}

}  // namespace mailtrust::archive
