#pragma once
// Whom to write to about addresses, several at a time.

#include <map>
#include <string>
#include <vector>

#include "abuse/finder.hpp"
#include "cli/context.hpp"
#include "commands/finder_options.hpp"
#include "net/address.hpp"

namespace mailtrust::commands {

/// The best contact that takes mail; empty when there is none.
std::string best_contact(const abuse::Answer& answer);

class Contacts {
 public:
  Contacts(FinderOptions& options, cli::Context& context) : options_(options), context_(context) {}

  /// Asks for those that are not known yet; each within the bounds of one input.
  void look_up(const std::vector<net::Address>& addresses);

  /// Of an address that was looked up.
  [[nodiscard]] const abuse::Answer& of(const net::Address& address) const {
    return answers_.at(address);
  }

 private:
  [[nodiscard]] abuse::Answer ask(const net::Address& address);

  FinderOptions& options_;
  cli::Context& context_;
  std::map<net::Address, abuse::Answer> answers_;
};

}  // namespace mailtrust::commands
