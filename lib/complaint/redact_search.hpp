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
  /// are "local@domain", "local%40domain" and "local=domain" (VERP) where no letter or digit stands
  /// before the local part and the domain ends. Linear.
  [[nodiscard]] std::string replace(std::string_view text, std::size_t& count) const;

 private:
  [[nodiscard]] std::size_t local_before(std::string_view before, const std::string& domain) const;

  Replacement replacement_;
  using Names = std::set<std::string, std::less<>>;

  std::map<std::string, Names, std::less<>> locals_;  ///< by domain
  Names domains_;
};

}  // namespace mailtrust::complaint
