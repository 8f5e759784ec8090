#pragma once
// Mail addresses found in text of any kind, and replaced.

#include <cstddef>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

namespace mailtrust::complaint {

class AddressSearch {
 public:
  /// Makes what stands in place of a local part; `mailbox` is in lower case.
  using Replacement = std::function<std::string(std::string_view mailbox)>;

  explicit AddressSearch(Replacement replacement) : replacement_(std::move(replacement)) {}

  void add_mailbox(std::string_view mailbox);
  void add_domain(std::string_view domain);  ///< every mailbox of it

  /// The text with each of them replaced, without regard to case, and how many there were. Found
  /// are "local@domain", "local%40domain", "local&#64;domain" (HTML) and "local=domain" (VERP)
  /// where no letter or digit stands before the local part and the domain ends, or a dot follows.
  /// Linear.
  [[nodiscard]] std::string replace(std::string_view text, std::size_t& count) const;

 private:
  struct Local {
    std::size_t size = 0;  ///< octets; 0: none
    std::string domain;
  };

  [[nodiscard]] Local find_local(std::string_view before, std::string_view name) const;

  [[nodiscard]] std::size_t local_before(std::string_view before, const std::string& domain) const;

  [[nodiscard]] std::string token_of(const std::string& local, const std::string& domain) const;

  /// What stands for a local part, by local part.
  using Tokens = std::map<std::string, std::string, std::less<>>;

  Replacement replacement_;
  std::map<std::string, Tokens, std::less<>> locals_;  ///< by domain
  std::set<std::string, std::less<>> domains_;
  std::size_t longest_domain_ = 0;  ///< octets, of all of these
};

}  // namespace mailtrust::complaint
