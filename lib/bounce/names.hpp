#pragma once
// What a reply names that a command can be told: addresses, domains, pages.

#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::bounce {

/// Empty where the reply does not say. All of them are safe to paste into a shell: addresses and
/// domains hold letters, digits and `._+=-@:` only.
struct Names {
  std::string ip;                     ///< the sending host's
  std::string sender;                 ///< envelope sender or author
  std::string domain;                 ///< the sender's
  std::string recipient;              ///< who the mail was for
  std::vector<std::string> pages;     ///< http and https addresses, at most kMaxPages
  std::vector<std::string> contacts;  ///< mailboxes one may write to: "postmaster@example.net"
};

inline constexpr std::size_t kMaxPages = 3;

/// `reply` is what the server said, without what others added. Found by form and by the word
/// before: no DNS is asked. Linear; any octets.
Names find_names(std::string_view reply);

/// Letters, digits, "-" and "_", at least two labels, the last one no number.
bool is_plain_domain(std::string_view text);

/// A local part of letters, digits and `._+=-` (first no "-"), "@", a plain domain.
bool is_plain_mailbox(std::string_view text);

}  // namespace mailtrust::bounce
