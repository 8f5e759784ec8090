#pragma once
// The names of many addresses, kept in the store between runs.

#include <cstdint>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "base/once.hpp"
#include "cli/program.hpp"
#include "net/address.hpp"

namespace mailtrust::commands {

/// Thread-safe. Answers from --zone neither come from the store nor go there.
class ReverseNames {
 public:
  struct Known {
    std::string name;     ///< that points back; empty when there is none
    bool untold = false;  ///< DNS did not tell
  };

  /// Looks up all of them, with as many questions under way as the resolver takes.
  void look_up(const std::vector<net::Address>& addresses, cli::Context& context);

  /// What look_up() found; untold for any other address.
  [[nodiscard]] Known get(const net::Address& address) const;

  /// Puts the new ones into the store. What is in the way is told, and no harm.
  void finish(cli::Output& output);

 private:
  struct Kept {
    Known known;
    bool is_new = false;
  };

  void load(const cli::Context& context);
  void look_up_some(std::span<const net::Address> addresses, cli::Context& context);
  [[nodiscard]] std::vector<net::Address> unknown(const std::vector<net::Address>& addresses) const;

  Once loaded_;
  std::string store_;  // empty: no cache
  std::int64_t now_ = 0;
  mutable std::mutex mutex_;
  std::unordered_map<std::string, Kept> names_;  // by address
};

}  // namespace mailtrust::commands
