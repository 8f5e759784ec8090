#include "whois/referral.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "net/address.hpp"

namespace mailtrust::whois {
namespace {

constexpr std::uint16_t kRwhoisPort = 4321;  // RFC 2167 section 2
constexpr std::size_t kLongestHost = 253;
constexpr std::size_t kMost = 16;  ///< referrals of one answer; three at most are followed

struct National {
  std::string_view source;  ///< of the mirrored object
  std::string_view server;
};

constexpr National kNationals[] = {
#include "whois/nationals.inc"
};

constexpr bool is_host_char(char c) {
  return ascii::is_alnum(c) || c == '.' || c == '-';
}

bool is_host(std::string_view text) {
  if (net::Address::read(text)) return true;
  return !text.empty() && text.size() <= kLongestHost && std::ranges::all_of(text, is_host_char) &&
         ascii::is_alnum(text.front()) && ascii::is_alnum(text.back());
}

/// The words of a text that name whois servers: "whois.example.net", "rwhois://...".
std::vector<std::string_view> servers_in(std::string_view text) {
  std::vector<std::string_view> found;
  for (std::size_t at = 0; (at = text.find("whois", at)) != text.npos;) {
    auto begin = at > 0 && text[at - 1] == 'r' ? at - 1 : at;
    auto end =
        std::ranges::find_if_not(text.substr(at),
                                 [](char c) { return is_host_char(c) || c == ':' || c == '/'; }) -
        text.substr(at).begin();
    auto stop = at + static_cast<std::size_t>(end);
    auto word = text.substr(begin, stop - begin);
    while (!word.empty() && !ascii::is_alnum(word.back())) word.remove_suffix(1);
    bool is_in_word = begin > 0 && (is_host_char(text[begin - 1]) || text[begin - 1] == '/' ||
                                    text[begin - 1] == '@' || text[begin - 1] == ':');
    if (!is_in_word && server_of(word)) found.push_back(word);
    at = std::max(stop, at + 1);
  }
  return found;
}

class Collector {
 public:
  explicit Collector(const Document& document) : document_(document) {}

  std::vector<std::string> collect(const Claims& claims) {
    for (const auto& group : claims.groups)
      for (auto network : group.networks) add_named(document_.objects[network]);
    // IANA names the server in a paragraph of its own, ARIN may do it below the holder.
    for (std::size_t i = 0; i < document_.objects.size(); ++i)
      if (!document_.objects[i].network && (claims.groups.empty() || claims.of[i].group))
        add_named(document_.objects[i]);
    for (const auto& comment : document_.comments)
      if (ascii::istarts_with(comment.value, "referral ")) add(comment.value.substr(9));
    for (const auto& group : claims.groups)
      for (auto network : group.networks) add_told(document_.objects[network]);
    return std::move(found_);
  }

 private:
  void add(std::string_view text) {
    text = ascii::trim(text);
    if (found_.size() < kMost && !text.empty() && std::ranges::find(found_, text) == found_.end())
      found_.emplace_back(text);
  }

  void add_named(const Object& object) {
    for (const auto& attribute : document_.of(object))
      if (attribute.key && (attribute.key->meaning == Meaning::referral ||
                            attribute.key->meaning == Meaning::root_referral))
        add(attribute.value);
  }

  void add_told(const Object& object) {
    std::vector<std::string_view> told;
    for (const auto& attribute : document_.of(object)) {
      if (!attribute.key) continue;
      if (attribute.key->meaning == Meaning::source) add_national(attribute.value);
      if (attribute.key->meaning != Meaning::remark) continue;
      for (auto server : servers_in(attribute.value))
        if (told.size() < 2 && std::ranges::find(told, server) == told.end())
          told.push_back(server);
    }
    if (told.size() == 1) add(told.front());
  }

  void add_national(std::string_view source) {
    for (const auto& national : kNationals)
      if (ascii::iequals(source, national.source)) add(national.server);
  }

  const Document& document_;
  std::vector<std::string> found_;
};

}  // namespace

std::vector<std::string> referrals_in(const Document& document, const Claims& claims) {
  return Collector(document).collect(claims);
}

std::optional<Server> server_of(std::string_view referral) {
  Server server;
  auto rest = ascii::trim(referral);
  if (ascii::istarts_with(rest, "rwhois://")) {
    server.rwhois = true;
    server.port = kRwhoisPort;
    rest.remove_prefix(9);
  } else if (ascii::istarts_with(rest, "whois://")) {
    rest.remove_prefix(8);
  } else if (rest.find("://") != rest.npos) {
    return std::nullopt;
  }
  bool has_scheme = rest.size() < ascii::trim(referral).size();
  auto slash = rest.find('/');
  bool is_upward = slash != rest.npos && rest.substr(slash).ends_with("auth-area=.");
  rest = rest.substr(0, slash);
  if (auto colon = rest.find(':'); colon != rest.npos) {
    auto port = parse_number<std::uint16_t>(rest.substr(colon + 1));
    if (!port || *port == 0) return std::nullopt;
    server.port = *port;
    rest = rest.substr(0, colon);
  }
  // A word alone is the name of a server only where the scheme says so.
  if (!has_scheme && rest.find('.') == rest.npos) return std::nullopt;
  if (is_upward || !is_host(rest)) return std::nullopt;
  server.host = ascii::to_lower(rest);
  server.rwhois = server.rwhois || server.port == kRwhoisPort;
  return server;
}

}  // namespace mailtrust::whois
