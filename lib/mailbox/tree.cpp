#include "mailbox/tree.hpp"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <memory>
#include <utility>

#include <dirent.h>
#include <sys/stat.h>

namespace mailtrust::mailbox {
namespace {

struct Close {
  void operator()(DIR* directory) const { ::closedir(directory); }
};

enum class Kind { file, directory, other };

// A link that the user named is followed; of those found only the ones to files are.
Kind kind_of(const std::string& path, bool named) {
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) return Kind::other;
  if (S_ISREG(status.st_mode)) return Kind::file;
  if (!S_ISDIR(status.st_mode)) return Kind::other;
  if (named) return Kind::directory;
  bool link = ::lstat(path.c_str(), &status) != 0 || S_ISLNK(status.st_mode);
  return link ? Kind::other : Kind::directory;
}

Expected<std::vector<std::string>> names_in(const std::string& path) {
  std::unique_ptr<DIR, Close> directory(::opendir(path.c_str()));
  if (!directory)
    return fail(Error::Kind::input, path, std::string("cannot be read: ") + std::strerror(errno));
  std::vector<std::string> names;
  errno = 0;
  // Nobody else has this stream.
  while (const auto* entry = ::readdir(directory.get())) {  // NOLINT(concurrency-mt-unsafe)
    if (entry->d_name[0] != '.') names.emplace_back(entry->d_name);
    errno = 0;
  }
  if (errno != 0)
    return fail(Error::Kind::input, path, std::string("cannot be read: ") + std::strerror(errno));
  std::ranges::sort(names);
  return names;
}

std::string joined(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

bool is_maildir(const std::string& path, const std::vector<std::string>& names) {
  for (const auto* name : {"cur", "new"}) {
    if (!std::ranges::binary_search(names, name)) return false;
    if (kind_of(joined(path, name), true) != Kind::directory) return false;
  }
  return true;
}

}  // namespace

Tree::Tree(std::string path)
    : start_(std::move(path)),
      is_directory_(*start_ != "-" && kind_of(*start_, true) == Kind::directory) {}

Expected<std::optional<std::string>> Tree::next() {
  if (start_) {
    auto path = *std::exchange(start_, std::nullopt);
    if (!is_directory_) return path;
    if (auto entered = enter(std::move(path)); !entered) return fail(entered.error());
  }
  while (!levels_.empty()) {
    auto& level = levels_.back();
    if (level.taken == level.names.size()) {
      levels_.pop_back();
      continue;
    }
    auto path = joined(level.path, level.names[level.taken++]);
    auto kind = kind_of(path, false);
    if (kind == Kind::file) return path;
    if (kind != Kind::directory) continue;
    if (auto entered = enter(std::move(path)); !entered) return fail(entered.error());
  }
  return std::nullopt;
}

Expected<void> Tree::enter(std::string path) {
  auto names = names_in(path);
  if (!names) return fail(names.error());
  if (is_maildir(path, *names)) *names = {"cur", "new"};
  levels_.push_back({std::move(path), std::move(*names)});
  return {};
}

double Tree::fraction() const {
  if (start_) return 0;
  if (levels_.empty()) return 1;
  const auto& first = levels_.front();
  return static_cast<double>(first.taken) /
         static_cast<double>(std::max<std::size_t>(first.names.size(), 1));
}

}  // namespace mailtrust::mailbox
