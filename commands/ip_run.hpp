#pragma once
// What the addresses of one run of `ip` share: which lists to ask and what is believed of them, the
// lists of one's own, the ranges of providers. Made when the first address needs it.

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/once.hpp"
#include "cli/context.hpp"
#include "commands/finder_options.hpp"
#include "commands/ip_answer.hpp"
#include "list/provider_ranges.hpp"

namespace mailtrust::commands {

struct IpOptions {
  FinderOptions finder;
  bool no_registry = false;
  std::string dnsbl_file;          ///< the path; empty: the lists of the table
  std::string dnsbl_text;          ///< what is in it
  std::vector<std::string> zones;  ///< names of lists; empty: all of them
};

/// Thread-safe.
class IpRun {
 public:
  explicit IpRun(std::shared_ptr<IpOptions> options) : options_(std::move(options)) {}

  /// The Error is of the configuration, the files or the store. Network trouble is in the answer.
  Expected<IpAnswer> look_up(const net::Address& address, cli::Context& context);

 private:
  Expected<void> prepare(const cli::Context& context);
  Expected<void> choose_lists(const cli::Globals& globals);
  void read_own_lists(const cli::Context& context);
  void decide(IpAnswer& answer) const;
  void find_owner(IpAnswer& answer, abuse::Clock::time_point deadline, cli::Context& context);
  std::optional<KnownProvider> provider_of(const IpAnswer& answer, cli::Context& context);

  std::shared_ptr<IpOptions> options_;
  Once prepared_;
  Expected<void> ready_;
  std::optional<dnsbl::Sweep> sweep_;
  list::Panel own_;
  std::optional<Error> own_trouble_;
  Once ranges_known_;
  list::ProviderRanges ranges_;
};

}  // namespace mailtrust::commands
