#pragma once
// What Database holds. For lib/store only.

#include <memory>
#include <string>
#include <string_view>

#include "store/database.hpp"
#include "store/patience.hpp"

struct sqlite3;

namespace mailtrust::store {

class Database::Impl {
 public:
  explicit Impl(std::string path);
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;
  ~Impl();

  /// The file at the path; `flags` are SQLite's.
  Expected<void> connect_file(int flags);

  /// To read it as it is, without locks and without a file beside it.
  Expected<void> connect_immutable();

  Expected<void> connect_memory();

  Expected<void> execute(std::string_view sql);

  /// The first column of the first row of a PRAGMA or SELECT.
  Expected<std::int64_t> number(std::string_view sql);

  /// When the connection ends, the log is not written into the file.
  void keep_hands_off();

  [[nodiscard]] bool is_read_only() const;

  [[nodiscard]] sqlite3* get() const { return connection_; }

  [[nodiscard]] const std::shared_ptr<const std::string>& path() const { return path_; }

 private:
  Expected<void> connect(const std::string& name, int flags);

  std::shared_ptr<const std::string> path_;
  Patience patience_;
  sqlite3* connection_ = nullptr;
};

}  // namespace mailtrust::store
