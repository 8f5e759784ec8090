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

Unexpected unreadable(const std::string& path) {
  return fail(Error::Kind::input, path, std::string("cannot be read: ") + std::strerror(errno));
}

std::string joined(const std::string& directory, const std::string& name) {
  return directory.ends_with('/') ? directory + name : directory + '/' + name;
}

}  // namespace

// A link that the user named is followed; of those found only the ones to files are.
Tree::Kind Tree::kind_of(const std::string& path, bool named) {
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0) return Kind::other;
  if (S_ISREG(status.st_mode)) return Kind::file;
  if (!S_ISDIR(status.st_mode)) return Kind::other;
  if (named) return Kind::directory;
  bool link = ::lstat(path.c_str(), &status) != 0 || S_ISLNK(status.st_mode);
  return link ? Kind::other : Kind::directory;
}

Tree::Kind Tree::kind_of(unsigned char type) {
  switch (type) {
    case DT_REG: return Kind::file;
    case DT_DIR: return Kind::directory;
    case DT_LNK:
    case DT_UNKNOWN: return Kind::unknown;
    default: return Kind::other;
  }
}

Expected<std::vector<Tree::Entry>> Tree::entries_of(const std::string& path) {
  std::unique_ptr<DIR, Close> directory(::opendir(path.c_str()));
  if (!directory) return unreadable(path);
  std::vector<Entry> entries;
  errno = 0;
  // Nobody else has this stream.
  while (const auto* entry = ::readdir(directory.get())) {  // NOLINT(concurrency-mt-unsafe)
    if (entry->d_name[0] != '.') entries.push_back({entry->d_name, kind_of(entry->d_type)});
    errno = 0;
  }
  if (errno != 0) return unreadable(path);
  std::ranges::sort(entries, {}, &Entry::name);
  return entries;
}

// A directory with `cur` and `new` is a Maildir, and these two are its messages.
void Tree::keep_maildir(const std::string& path, std::vector<Entry>& entries) {
  auto is_mail = [&](const Entry& entry) {
    return (entry.name == "cur" || entry.name == "new") &&
           kind_of(joined(path, entry.name), true) == Kind::directory;
  };
  constexpr std::ptrdiff_t kBoth = 2;
  if (std::ranges::count_if(entries, is_mail) != kBoth) return;
  std::erase_if(entries, [&](const Entry& entry) { return !is_mail(entry); });
  holds_maildir_ = true;
}

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
    if (level.taken == level.entries.size()) {
      levels_.pop_back();
      continue;
    }
    const auto& entry = level.entries[level.taken++];
    auto path = joined(level.path, entry.name);
    auto kind = entry.kind == Kind::unknown ? kind_of(path, false) : entry.kind;
    if (kind == Kind::file) return path;
    if (kind != Kind::directory) continue;
    if (auto entered = enter(std::move(path)); !entered) return fail(entered.error());
  }
  return std::nullopt;
}

Expected<void> Tree::enter(std::string path) {
  auto entries = entries_of(path);
  if (!entries) return fail(entries.error());
  keep_maildir(path, *entries);
  levels_.push_back({std::move(path), std::move(*entries)});
  return {};
}

double Tree::fraction() const {
  if (start_) return 0;
  if (levels_.empty()) return 1;
  const auto& first = levels_.front();
  return static_cast<double>(first.taken) /
         static_cast<double>(std::max<std::size_t>(first.entries.size(), 1));
}

}  // namespace mailtrust::mailbox
