#pragma once
// Asking RDAP servers about an address. RFC 9082 section 3.1.1 (ip/ADDRESS), RFC 7480 section 5.

#include <set>
#include <string>
#include <string_view>

#include "abuse/bootstrap_source.hpp"
#include "abuse/servers.hpp"
#include "abuse/told.hpp"
#include "base/limits.hpp"
#include "rdap/answer.hpp"

namespace mailtrust::abuse {

/// The questions about one address: at most limits::kHttpRequests, redirects included.
class RdapWay {
 public:
  RdapWay(Servers& servers, BootstrapSource& bootstrap, const Subject& subject, Told& told,
          Clock::time_point deadline);

  /// Asks the server that was typed, or that the bootstrap registry names; then, as long as there
  /// is no contact for abuse, where the answer says that more is to be had.
  void ask();

 private:
  std::string base();
  std::optional<rdap::Answer> ask_network(const std::string& url);
  void follow(const std::string& server, const rdap::Answer& answer);
  void ask_entity(const std::string& server, const rdap::EntityLink& entity, std::size_t network);
  std::optional<http::Response> get_found(const std::string& url);
  std::optional<http::Response> get(const std::string& url);
  bool is_spent(const std::string& url);
  Expected<http::Response> exchange(const std::string& url, const std::string& server);
  void leave_alone(const http::Response& response);
  void take(const rdap::Answer& answer, const http::Response& response);
  void note(const std::string& url, std::string outcome, bool failed);
  [[nodiscard]] bool is_typed(std::string_view url) const;

  Servers& servers_;
  BootstrapSource& bootstrap_;
  const Subject& subject_;
  Told& told_;
  Clock::time_point deadline_;
  unsigned requests_ = limits::kHttpRequests;
  bool told_of_end_ = false;
  std::set<std::string> asked_;
};

}  // namespace mailtrust::abuse
