#pragma once
// The lines of an import in the order of their keys. Memory does not grow with them: what is too
// much is sorted in parts, kept in a file without a name, and merged.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::list {

/// A line that holds an entry.
struct Imported {
  std::string_view key;  ///< row.hpp, key_of()
  std::uint64_t file = 0;
  std::uint64_t line = 0;
  std::string_view comment;
};

class ImportSorter {
 public:
  /// `folder` takes the parts; `room` is the octets of lines kept in memory.
  explicit ImportSorter(std::string folder, std::size_t room = 64U << 20);
  ImportSorter(ImportSorter&&) noexcept;
  ImportSorter& operator=(ImportSorter&&) = delete;
  ~ImportSorter();

  /// An Error, temporary, when a part cannot be written.
  Expected<void> add(const Imported& line);

  /// After the last add(), before the first next().
  Expected<void> finish();

  /// The next by key, then as they were added; valid until the next call. Nothing at the end.
  Expected<std::optional<Imported>> next();

 private:
  // A part and the line it has next.
  struct Run;

  struct Place {
    std::uint64_t start;   ///< the first octets of the key, which decide most comparisons
    std::uint32_t offset;  ///< in the arena
  };

  void sort();
  Expected<void> spill();
  [[nodiscard]] std::string_view record_at(std::uint32_t offset) const;
  Expected<std::optional<Imported>> next_of_parts();

  std::string folder_;
  std::size_t room_;
  std::string arena_;
  std::vector<Place> places_;
  std::size_t position_ = 0;
  std::vector<std::unique_ptr<Run>> runs_;
  Run* last_ = nullptr;  ///< gave the last line
};

}  // namespace mailtrust::list
