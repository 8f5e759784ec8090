#pragma once
// The files below a directory, in order.

#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::mailbox {

/// Regular files by name, those of a directory where its name stands; of a Maildir (a directory
/// with `cur` and `new`) those of these two. Hidden names and symbolic links to directories are
/// passed over. Memory holds the names of one directory at each level.
class Tree {
 public:
  /// What is no directory is itself the only file, whatever it is.
  explicit Tree(std::string path);

  /// The next path; nothing at the end. An Error of kind input for a directory that cannot be
  /// read: the walk may go on after it.
  Expected<std::optional<std::string>> next();

  /// The share of the names of the first directory that was passed.
  [[nodiscard]] double fraction() const;

  [[nodiscard]] bool is_directory() const { return is_directory_; }

  /// Was a Maildir among what was walked so far?
  [[nodiscard]] bool holds_maildir() const { return holds_maildir_; }

 private:
  enum class Kind { file, directory, other, unknown };

  struct Entry {
    std::string name;
    Kind kind = Kind::unknown;  ///< as far as the directory tells
  };

  struct Level {
    std::string path;
    std::vector<Entry> entries;
    std::size_t taken = 0;
  };

  static Kind kind_of(const std::string& path, bool named);
  static Kind kind_of(unsigned char type);
  static Expected<std::vector<Entry>> entries_of(const std::string& path);
  void keep_maildir(const std::string& path, std::vector<Entry>& entries);
  Expected<void> enter(std::string path);

  std::optional<std::string> start_;  ///< until next() was called
  bool is_directory_ = false;
  bool holds_maildir_ = false;
  std::vector<Level> levels_;
};

}  // namespace mailtrust::mailbox
