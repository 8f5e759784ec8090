#include "base/file.hpp"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

namespace mailtrust {
namespace {

struct Close {
  void operator()(std::FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};

Unexpected unreadable(const std::string& path) {
  return fail(Error::Kind::input, path, std::string("cannot be read: ") + std::strerror(errno));
}

}  // namespace

Expected<std::string> read_file(const std::string& path, std::size_t limit) {
  constexpr std::size_t kStep = 64U << 10;
  std::unique_ptr<std::FILE, Close> file(path == "-" ? stdin : std::fopen(path.c_str(), "rbe"));
  if (!file) return unreadable(path);
  std::string text;
  while (text.size() <= limit) {
    auto size = text.size();
    auto step = std::min(std::max(kStep, size), limit + 1 - size);
    text.resize(size + step);
    auto got = std::fread(text.data() + size, 1, step, file.get());
    text.resize(size + got);
    if (got == step) continue;
    if (std::ferror(file.get()) != 0) return unreadable(path);
    return text;
  }
  return fail(Error::Kind::input, path,
              "larger than the limit of " + std::to_string(limit) + " octets");
}

}  // namespace mailtrust
