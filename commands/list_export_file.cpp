#include "commands/list_export_file.hpp"

#include <algorithm>
#include <filesystem>
#include <optional>
#include <system_error>
#include <utility>

#include "base/file.hpp"
#include "base/limits.hpp"

namespace mailtrust::commands {
namespace {

// What the file holds now. Not of pipes: reading them would wait.
std::optional<std::string> present(const std::string& path) {
  std::error_code unreadable;
  if (!std::filesystem::is_regular_file(path, unreadable)) return std::nullopt;
  auto there = read_file(path, limits::kZoneFile);
  return there ? std::optional(std::move(*there)) : std::nullopt;
}

}  // namespace

std::uint32_t next_serial(const list::Format& format, const std::string& path, std::int64_t now) {
  auto serial = static_cast<std::uint32_t>(now);
  auto there = format.has_serial ? present(path) : std::nullopt;
  auto last = there ? list::serial_in(*there) : std::nullopt;
  return last ? std::max(serial, *last + 1) : serial;
}

Expected<bool> keep_file(const list::Format& format, const std::string& path,
                         const std::string& octets) {
  auto there = present(path);
  bool same =
      there && (format.has_serial ? list::same_but_serial(*there, octets) : *there == octets);
  if (same) return false;
  // The programs that read it seldom run as whoever writes it.
  if (auto error = write_file_atomically(path, octets, FileAccess::kept)) return fail(*error);
  return true;
}

}  // namespace mailtrust::commands
