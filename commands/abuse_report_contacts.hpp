#pragma once
// Whom to write to about addresses, several at a time.

#include <map>
#include <string>
#include <vector>

#include "abuse/finder.hpp"
#include "cli/context.hpp"
#include "commands/abuse_report_run.hpp"
#include "net/address.hpp"

namespace mailtrust::commands {

/// The best contact that takes mail; empty when there is none.
std::string best_contact(const abuse::Answer& answer);

class Contacts {
 public:
  Contacts(const AbuseReportOptions& options, cli::Context& context);

  /// Asks for those that are not known yet; each within the bounds of one input.
  void look_up(const std::vector<net::Address>& addresses);

  /// Of an address that was looked up.
  [[nodiscard]] const abuse::Answer& of(const net::Address& address) const {
    return answers_.at(address);
  }

  /// Puts what was learned into the store.
  Expected<void> keep() { return finder_.keep(); }

 private:
  [[nodiscard]] abuse::Answer ask(const net::Address& address);

  cli::Context& context_;
  abuse::Finder finder_;
  std::map<net::Address, abuse::Answer> answers_;
};

}  // namespace mailtrust::commands
