#pragma once
// A sorted part of a large import, in a file without a name. For import_sort.cpp.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/expected.hpp"

namespace mailtrust::list {

/// Octets written once, then read from the beginning.
class ImportPart {
 public:
  /// The file is gone with the object, or with the process.
  static Expected<ImportPart> make(const std::string& folder);

  ImportPart(ImportPart&& other) noexcept;
  ImportPart& operator=(ImportPart&&) = delete;
  ~ImportPart();

  Expected<void> append(std::string_view octets);

  /// No more is written.
  Expected<void> rewind();

  /// At least `size` octets from where reading stands, fewer at the end; valid until the next call.
  Expected<std::string_view> peek(std::size_t size);

  void skip(std::size_t size) { begin_ += size; }

 private:
  ImportPart(std::string folder, int descriptor);

  Expected<void> flush();
  [[nodiscard]] Unexpected failed() const;

  std::string folder_;
  int descriptor_ = -1;
  std::string buffer_;
  std::size_t begin_ = 0;  ///< of what was not read yet
  bool ended_ = false;
};

}  // namespace mailtrust::list
