#pragma once
// `list match` where yes or no is not enough: which entry of which list an address is in, told as
// JSON or kept in the store.

#include <cstdint>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "cli/program.hpp"
#include "commands/list_sources.hpp"
#include "list/log_reader.hpp"
#include "list/matcher.hpp"
#include "list/narrowest.hpp"
#include "list/origin.hpp"

namespace mailtrust::commands {

class MatchEntries {
 public:
  /// The lists, FILE or NAME each; false when one cannot be used.
  bool read(const std::vector<std::string>& arguments, const cli::Context& context,
            ListSources& sources);

  /// An object for each address and each list that holds it, or with `invert` for each line without
  /// one. Thread-safe.
  void tell(const list::LogPiece& piece, const std::string& file, bool invert,
            list::Selected& selected) const;

  /// Remembers which entries match. Thread-safe.
  void remember(std::string_view text);

  /// Writes what was remembered into the store; false when that failed, which is told.
  bool record(const cli::Context& context, cli::Output& output);

  /// All of them together, for a first look.
  [[nodiscard]] const list::AddressIndex& addresses() const { return *addresses_; }

 private:
  struct OneList {
    list::Origin origin;
    list::NarrowestIndex index;
    std::vector<std::uint64_t> times;  // each entry was remembered
  };

  template <typename Visit>
  void each_entry(std::string_view text, Visit visit) const;

  std::vector<OneList> lists_;
  std::optional<list::AddressIndex> addresses_;
  std::mutex remembering_;
};

}  // namespace mailtrust::commands
