#include "received/peer.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "received/dialect.hpp"

namespace mailtrust::received {
namespace {

bool is_literal(std::string_view text) {
  return text.starts_with('[');
}

// Takes the next word between blanks off the front; empty at the end.
std::string_view take_word(std::string_view& text) {
  text = ascii::trim(text);
  // Not find_first_of, which calls memchr for every octet.
  auto blank = std::ranges::find_if(text, ascii::is_space);
  auto end = static_cast<std::size_t>(blank - text.begin());
  auto word = text.substr(0, end);
  text.remove_prefix(end);
  return word;
}

bool is_first_word(std::string_view text, std::string_view word) {
  while (!text.empty() && ascii::is_space(text.front())) text.remove_prefix(1);
  return ascii::istarts_with(text, word) &&
         (text.size() == word.size() || ascii::is_space(text[word.size()]));
}

bool has_blank(std::string_view text) {
  return std::ranges::any_of(text, ascii::is_space);
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
  info.forged = rest.find("may be forged") != std::string_view::npos;
  for (auto word = take_word(rest); !word.empty(); word = take_word(rest)) {
    if (ascii::istarts_with(word, "helo=")) {
      info.said_helo = true;
      info.helo = word.substr(5);
    } else if (ascii::istarts_with(word, "ident=")) {
      info.ident = word.substr(6);
    }
    info.verified = info.verified || ascii::iequals(word, "verified");
  }
}

// Takes `ident@` off the front. RFC 1413 lets the client choose it, at signs included.
void split_ident(TcpInfo& info, std::string_view& word) {
  auto at = word.rfind('@');
  if (at == std::string_view::npos) return;
  info.ident = word.substr(0, at);
  if (ascii::istarts_with(info.ident, "IDENT:")) info.ident.remove_prefix(6);
  word.remove_prefix(at + 1);
}

// `address`, `ident@address`, `user@address with login`.
std::optional<TcpInfo> read_bare(std::string_view comment) {
  auto word = take_word(comment);
  if (!comment.empty() && !ascii::istarts_with(ascii::trim(comment), "with ")) return std::nullopt;
  TcpInfo info;
  split_ident(info, word);
  auto ip = read_address(word);
  if (!ip) return std::nullopt;
  info.ip = *ip;
  return info;
}

// CommuniGate puts the user in front of the same: `account NAME [address] verified`.
std::string_view without_account(std::string_view comment) {
  if (!is_first_word(comment, "account")) return comment;
  take_word(comment);
  take_word(comment);
  return ascii::trim(comment);
}

// Only one word can be a name: "(using cipher [...])" is no address, nor are "(helo=[...])" and
// "(Forwarded-For: [...])".
bool can_be_name(std::string_view text) {
  return !has_blank(text) && text.find('=') == std::string_view::npos && !text.ends_with(':');
}

std::optional<TcpInfo> read_tcp_info(std::string_view comment) {
  comment = without_account(comment);
  auto nested = std::min(comment.find('('), comment.size());
  auto open = comment.substr(0, nested).find('[');
  if (open == std::string_view::npos) return read_bare(comment.substr(0, nested));
  auto close = comment.find(']', open);
  TcpInfo info;
  info.name = ascii::trim(comment.substr(0, open));
  if (!can_be_name(info.name) || close == std::string_view::npos) return std::nullopt;
  auto ip = read_address(comment.substr(open, close + 1 - open));
  if (!ip) return std::nullopt;
  info.ip = *ip;
  info.bracketed = true;
  split_ident(info, info.name);
  while (info.name.ends_with('.')) info.name.remove_suffix(1);
  if (is_no_name(info.name) || read_address(info.name)) info.name = {};
  read_rest(info, comment.substr(close + 1));
  return info;
}

// A HELO in a comment of its own, also behind an account, or `helo=name` (Exim without a name).
std::optional<std::string_view> read_helo(std::string_view comment) {
  comment = without_account(comment);
  bool told = is_helo(comment);
  if (!told && comment.find('=') == std::string_view::npos) return std::nullopt;
  auto word = take_word(comment);
  if (told) return take_word(comment);
  for (; !word.empty(); word = take_word(comment))
    if (ascii::istarts_with(word, "helo=")) return word.substr(5);
  return std::nullopt;
}

class FromClause {
 public:
  FromClause(const Clauses& clauses, unsigned traits) : from_(clauses.from), traits_(traits) {}

  Peer read() {
    for (const auto& token : from_.tokens)
      if (token.kind == Token::Kind::comment) read_comment(token.text);
    if (info_ && info_->said_helo) helo_ = info_->helo;
    if (!helo_) helo_ = claimed_helo();
    read_names();
    if (info_)
      peer_.ip = info_->ip;
    else
      read_address_in_words();
    return std::move(peer_);
  }

 private:
  void read_comment(std::string_view comment) {
    // A HELO may be an address in brackets: the client's word, not the server's.
    bool helo = is_helo(without_account(comment));
    if (!info_ && !helo) info_ = read_tcp_info(comment);
    if (!helo_) helo_ = read_helo(comment);
    constexpr std::string_view kIdent = "IDENT: ";
    if (ascii::istarts_with(comment, kIdent)) peer_.ident = comment.substr(kIdent.size());
    bool ident = ascii::istarts_with(comment, "ident=");
    if (ident) peer_.ident = take_word(comment).substr(kIdent.size() - 1);
  }

  // `from name(address), claiming to be "HELO" via SMTP by ...`
  [[nodiscard]] std::optional<std::string_view> claimed_helo() const {
    bool claims = false;
    for (const auto& token : from_.tokens) {
      auto text = token.text;
      if (claims && text.size() > 1 && text.starts_with('"') && text.ends_with('"'))
        return text.substr(1, text.size() - 2);
      claims = claims || text == "claiming";
    }
    return std::nullopt;
  }

  void read_names() {
    auto word = from_.value;
    bool user = (traits_ & kUserFirst) != 0;
    peer_.helo = helo_.value_or(user ? std::string_view() : word);
    if (user && !helo_) peer_.ident = word;
    if (info_ && !info_->ident.empty()) peer_.ident = info_->ident;
    if (info_ && !info_->name.empty()) {
      peer_.name = info_->name;
      peer_.name_verified = !info_->forged;
      return;
    }
    // Exim puts a name in front only when it leads back to the address. qmail and its like put it
    // there unchecked; of them only those that write no brackets, or a HELO of its own, do so.
    bool exim = (info_ || helo_) && (traits_ & kNamesVerified) != 0;
    bool named = exim || helo_ || (info_ && (!info_->bracketed || info_->verified));
    if (!named || read_address(word) || is_no_name(word)) return;
    peer_.name = word;
    peer_.name_verified = exim || (info_ && info_->verified);
  }

  // The word after "from" is what the client said, unless the dialect says that elsewhere.
  void read_address_in_words() {
    for (const auto& token : from_.tokens) {
      bool is_word = token.kind == Token::Kind::word && token.text.data() != from_.value.data();
      if (!is_word || !is_literal(token.text)) continue;
      peer_.ip = read_address(token.text);
      if (peer_.ip) return;
    }
    bool told = helo_ || (traits_ & (kWeb | kPeerFirst)) != 0 || has_account();
    bool alone = from_.tokens.size() == 1 && is_literal(from_.value);
    if (told || alone) peer_.ip = read_address(from_.value);
    peer_.ip_may_be_helo = peer_.ip && !told;
  }

  [[nodiscard]] bool has_account() const {
    auto is_account = [](std::string_view text) { return ascii::istarts_with(text, "account "); };
    return from_.find_comment(is_account) != nullptr;
  }

  const Clause& from_;
  unsigned traits_;
  std::optional<TcpInfo> info_;
  std::optional<std::string_view> helo_;
  Peer peer_;
};

}  // namespace

std::optional<net::Address> read_address(std::string_view text) {
  if (is_literal(text)) {
    auto close = text.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    text = ascii::trim(text.substr(1, close - 1));
  }
  if (ascii::istarts_with(text, "IPv6:")) text.remove_prefix(5);
  // Names and words end here: no address is longer, and none begins with another letter.
  constexpr std::size_t kLongest = 64;
  if (text.empty() || text.size() > kLongest) return std::nullopt;
  if (ascii::hex_value(text.front()) < 0 && text.front() != ':') return std::nullopt;
  text = text.substr(0, text.find('%'));
  // A single colon parts an IPv4 address from a port.
  if (std::ranges::count(text, ':') == 1) text = text.substr(0, text.find(':'));
  auto address = net::Address::read(text);
  if (!address) return std::nullopt;
  return address->unmapped();
}

bool is_helo(std::string_view comment) {
  return is_first_word(comment, "HELO") || is_first_word(comment, "EHLO") ||
         is_first_word(comment, "LHLO");
}

Peer read_peer(const Clauses& clauses, unsigned traits) {
  return FromClause(clauses, traits).read();
}

}  // namespace mailtrust::received
