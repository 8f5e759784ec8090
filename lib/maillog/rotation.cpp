#include "maillog/rotation.hpp"

#include <algorithm>
#include <limits>

#include "base/octet_stream.hpp"

namespace mailtrust::maillog {
namespace {

constexpr std::size_t kStart = 64U << 10;

/// What can be read of a file's start: damage further on is found when it is read.
Expected<std::string> read_start(const std::string& path) {
  auto stream = OctetStream::open(path);
  if (!stream) return fail(stream.error());
  std::string start(kStart, '\0');
  std::size_t filled = 0;
  while (filled < start.size()) {
    auto count = stream->read(std::span(start).subspan(filled));
    if (!count && filled == 0) return fail(count.error());
    if (!count || *count == 0) break;
    filled += *count;
  }
  start.resize(filled);
  return start;
}

}  // namespace

Expected<std::vector<File>> in_order(std::span<const std::string> paths, const Options& options) {
  std::vector<File> files;
  for (const auto& path : paths) {
    if (path == "-") {
      files.push_back({path, std::nullopt});
      continue;
    }
    auto start = read_start(path);
    if (!start) return fail(start.error());
    files.push_back({path, first_time(*start, options)});
  }
  std::ranges::stable_sort(files, {}, [](const File& file) {
    return file.first.value_or(std::numeric_limits<std::int64_t>::max());
  });
  return files;
}

}  // namespace mailtrust::maillog
