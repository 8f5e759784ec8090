#include "received/peer.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"

namespace mailtrust::received {
namespace {

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  for (const auto& token : tokens(text))
    if (token.kind == Token::Kind::word) words.push_back(token.text);
  return words;
}

bool is_literal(std::string_view text) {
  return text.starts_with('[');
}

// What a server writes in parentheses behind the client's word: `name [address] helo=...`,
// `[address]:port`, `ident@address`.
struct TcpInfo {
  net::Address ip;
  std::string_view name, ident, helo;
  bool bracketed = false;
  bool said_helo = false;
  bool forged = false;    // Sendmail: the name does not lead back to the address
  bool verified = false;  // CommuniGate
};

void read_rest(TcpInfo& info, std::string_view rest) {
  for (auto word : words_of(rest)) {
    if (ascii::istarts_with(word, "helo=")) {
      info.said_helo = true;
      info.helo = word.substr(5);
    } else if (ascii::istarts_with(word, "ident=")) {
      info.ident = word.substr(6);
    }
    info.verified = info.verified || ascii::iequals(word, "verified");
  }
  info.forged = rest.find("may be forged") != std::string_view::npos;
}

// Takes `ident@` off the front.
void split_ident(TcpInfo& info, std::string_view& word) {
  auto at = word.rfind('@');
  if (at == std::string_view::npos) return;
  info.ident = word.substr(0, at);
  word.remove_prefix(at + 1);
}

std::optional<TcpInfo> read_tcp_info(std::string_view comment) {
  TcpInfo info;
  auto nested = comment.find('(');
  auto open = comment.substr(0, nested).find('[');
  if (open == std::string_view::npos) {
    auto words = words_of(comment.substr(0, nested));
    if (words.size() != 1) return std::nullopt;
    auto word = words[0];
    split_ident(info, word);
    auto ip = read_address(word);
    if (!ip) return std::nullopt;
    info.ip = *ip;
    return info;
  }
  info.name = ascii::trim(comment.substr(0, open));
  // Only one word can be a name: "(using cipher [...])" is no address, nor is "(helo=[...])".
  auto cannot_be = [](char c) { return ascii::is_space(c) || c == '='; };
  if (std::ranges::any_of(info.name, cannot_be)) return std::nullopt;
  auto close = comment.find(']', open);
  if (close == std::string_view::npos) return std::nullopt;
  auto ip = read_address(comment.substr(open, close + 1 - open));
  if (!ip) return std::nullopt;
  info.ip = *ip;
  info.bracketed = true;
  split_ident(info, info.name);
  while (info.name.ends_with('.')) info.name.remove_suffix(1);
  if (ascii::iequals(info.name, "unknown")) info.name = {};
  read_rest(info, comment.substr(close + 1));
  return info;
}

// `HELO name` or `EHLO name` (qmail, Yahoo, CommuniGate).
bool is_helo(std::string_view comment) {
  auto word = comment.substr(0, comment.find(' '));
  return ascii::iequals(word, "HELO") || ascii::iequals(word, "EHLO");
}

// That, or `helo=name` (Exim without a name).
std::optional<std::string_view> read_helo(std::string_view comment) {
  auto words = words_of(comment);
  if (is_helo(comment)) return words.size() > 1 ? words[1] : std::string_view();
  for (auto word : words)
    if (ascii::istarts_with(word, "helo=")) return word.substr(5);
  return std::nullopt;
}

bool written_by_exim(const Clauses& clauses) {
  auto names_exim = [](std::string_view comment) { return comment.starts_with("Exim "); };
  return std::ranges::any_of(clauses.with.comments, names_exim) ||
         std::ranges::any_of(clauses.by.comments, names_exim);
}

bool is_account(std::string_view comment) {
  return ascii::istarts_with(comment, "account ");
}

class FromClause {
 public:
  explicit FromClause(const Clauses& clauses) : clauses_(clauses), from_(clauses.from) {}

  Peer read() {
    for (auto comment : from_.comments) {
      // A HELO may be an address in brackets: the client's word, not the server's.
      if (!info_ && !is_helo(comment)) info_ = read_tcp_info(comment);
      if (!helo_) helo_ = read_helo(comment);
    }
    if (info_ && info_->said_helo) helo_ = info_->helo;
    read_names();
    peer_.ip = info_ ? info_->ip : address_in_words();
    return std::move(peer_);
  }

 private:
  void read_names() {
    auto word = from_.value;
    peer_.helo = helo_.value_or(word);
    if (info_) peer_.ident = info_->ident;
    if (info_ && !info_->name.empty()) {
      peer_.name = info_->name;
      peer_.name_verified = !info_->forged;
      return;
    }
    // Exim puts a name in front only when it leads back to the address. qmail and its like put it
    // there unchecked; of them only those that write no brackets, or a HELO of its own, do so.
    bool exim = (info_ || helo_) && written_by_exim(clauses_);
    bool named = exim || helo_ || (info_ && (!info_->bracketed || info_->verified));
    if (!named || read_address(word) || ascii::iequals(word, "unknown")) return;
    peer_.name = word;
    peer_.name_verified = exim || (info_ && info_->verified);
  }

  // The word after "from" is what the client said, unless the dialect says that elsewhere.
  [[nodiscard]] std::optional<net::Address> address_in_words() const {
    for (auto word : from_.words)
      if (is_literal(word))
        if (auto ip = read_address(word)) return ip;
    bool http = ascii::istarts_with(clauses_.with.value, "HTTP");
    bool account = std::ranges::any_of(from_.comments, is_account);
    if (helo_ || account || http) return read_address(from_.value);
    return std::nullopt;
  }

  const Clauses& clauses_;
  const Clause& from_;
  std::optional<TcpInfo> info_;
  std::optional<std::string_view> helo_;
  Peer peer_;
};

}  // namespace

std::optional<net::Address> read_address(std::string_view text) {
  if (is_literal(text)) {
    auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    text = text.substr(1, close - 1);
  }
  if (ascii::istarts_with(text, "IPv6:")) text.remove_prefix(5);
  text = text.substr(0, text.find('%'));
  // A single colon parts an IPv4 address from a port.
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  auto address = net::Address::read(text);
  if (!address) return std::nullopt;
  return address->unmapped();
}

Peer read_peer(const Clauses& clauses) {
  return FromClause(clauses).read();
}

}  // namespace mailtrust::received
