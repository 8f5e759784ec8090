#include "dkim/sign.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "dkim/canonical.hpp"
#include "dkim/signed_fields.hpp"

namespace mailtrust::dkim {
namespace {

constexpr std::size_t kLine = 78;  // RFC 5322 section 2.1.1

// A field under construction, folded where RFC 6376 section 3.5 allows white space.
class Folded {
 public:
  explicit Folded(std::string_view name) : text_(name), column_(name.size() + 1) { text_ += ':'; }

  // A tag that does not fit goes on a line of its own.
  void tag(std::string_view text) {
    if (column_ + 1 + text.size() <= kLine) {
      text_ += ' ';
      ++column_;
    } else {
      fold();
    }
    add(text);
  }

  // A part of a value: on the next line when it does not fit on this one.
  void part(std::string_view text) {
    if (column_ + text.size() > kLine) fold();
    add(text);
  }

  // Base64, which may be cut anywhere.
  void octets(std::string_view text) {
    while (!text.empty()) {
      if (column_ + 1 > kLine) fold();
      auto piece = text.substr(0, kLine - column_);
      add(piece);
      text.remove_prefix(piece.size());
    }
  }

  void fold() {
    text_ += "\r\n\t";
    column_ = 1;
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  void add(std::string_view text) {
    text_ += text;
    column_ += text.size();
  }

  std::string text_;
  std::size_t column_;
};

std::string number(std::string_view tag, std::int64_t value) {
  return std::string(tag) + std::to_string(value) + ';';
}

Algorithm algorithm_for(const PublicKey& key) {
  return key.type == KeyType::rsa ? Algorithm::rsa_sha256 : Algorithm::ed25519_sha256;
}

std::string canonicalizations(const Statement& statement) {
  return std::string(to_string(statement.header_canonicalization)) + '/' +
         std::string(to_string(statement.body_canonicalization));
}

void write_names(Folded& field, const std::vector<std::string>& names) {
  field.fold();
  field.part("h=");
  for (std::size_t i = 0; i < names.size(); ++i)
    field.part(ascii::to_lower(names[i]) + (i + 1 < names.size() ? ":" : ";"));
}

// RFC 6376 section 3.5, up to "b=", whose value is signed as if it were not there.
Folded unsigned_field(const Statement& statement, const PublicKey& key,
                      const std::vector<std::string>& names) {
  Folded field("DKIM-Signature");
  field.tag("v=1;");
  field.tag("a=" + std::string(to_string(algorithm_for(key))) + ';');
  field.tag("c=" + canonicalizations(statement) + ';');
  field.tag("d=" + to_string(statement.domain) + ';');
  field.tag("s=" + to_string(statement.selector) + ';');
  if (statement.identity) field.tag("i=" + *statement.identity + ';');
  field.tag(number("t=", statement.timestamp));
  if (statement.expiration) field.tag(number("x=", *statement.expiration));
  write_names(field, names);
  return field;
}

// RFC 6376 section 2.11, and what else a tag's value may not hold.
std::string quoted_printable(std::string_view text) {
  constexpr std::string_view kHex = "0123456789ABCDEF";
  std::string out;
  for (char c : text) {
    auto octet = static_cast<unsigned char>(c);
    if (octet > 0x20 && octet < 0x7f && c != ';' && c != '=') {
      out += c;
      continue;
    }
    out += '=';
    out += kHex[octet >> 4];
    out += kHex[octet & 15];
  }
  return out;
}

Expected<void> refuse(std::string message) {
  return fail(Error::Kind::input, "", std::move(message));
}

// RFC 6376 section 5.3: what a later program would change has to be changed before.
Expected<void> check(const message::Header& header) {
  auto authors = header.count("From");
  if (authors == 0) return refuse("no From field; a message without one is not signed");
  if (authors > 1)
    return refuse(std::to_string(authors) +
                  " From fields, of which a message may have one; readers would show either");
  const auto& odd = header.oddities();
  if (odd.lone_cr > 0) return refuse("a CR without LF in the header; mail servers change it");
  if (odd.nul > 0) return refuse("NUL in the header; mail servers change it");
  if (odd.no_field > 0) return refuse("a line of the header is no field; mail servers change it");
  return {};
}

}  // namespace

Expected<dns::Name> name_for_tag(std::string_view text) {
  auto name = dns::Name::parse(text);
  auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_' || c == '.'; };
  if (!name || name->is_root() || !std::ranges::all_of(to_string(*name), fits))
    return fail(Error::Kind::usage, "",
                quote(text) + ": expected letters, digits and hyphens, parted by dots");
  return name;
}

Expected<std::string> identity_for(std::string_view text, const dns::Name& domain) {
  auto at = text.rfind('@');
  if (at == std::string_view::npos)
    return fail(Error::Kind::usage, "",
                quote(text) + ": expected a mail address, or @ and a domain");
  auto name = name_for_tag(text.substr(at + 1));
  if (!name) return fail(name.error());
  // RFC 6376 section 3.5, i=.
  if (!name->is_within(domain))
    return fail(Error::Kind::usage, "",
                quote(text) + ": expected an address in " + to_string(domain) + " or below it");
  return quoted_printable(text.substr(0, at)) + '@' + to_string(*name);
}

Expected<Signer> Signer::start(const message::Header& header) {
  if (auto sound = check(header); !sound) return fail(sound.error());
  return Signer(header);
}

Expected<void> Signer::add(Statement statement, const PrivateKey& key) {
  const auto& half = key.public_half();
  bool size_good = half.type == KeyType::ed25519 ||
                   (half.bits >= limits::kRsaBitsLeast && half.bits <= limits::kRsaBitsMost);
  if (!size_good || !is_good_exponent(half))
    return refuse("an RSA key of " + std::to_string(half.bits) + " bits" +
                  (size_good ? " with a bad exponent" : "") + "; verifiers refuse it");
  BodyHasher::Wish wish{statement.body_canonicalization, Hash::sha256, std::nullopt};
  auto number = hasher_.want(wish);
  orders_.push_back({std::move(statement), &key, number});
  return {};
}

void Signer::body(std::string_view piece) {
  hasher_.update(piece);
  if (piece.empty() || lone_cr_) return;
  lone_cr_ = after_cr_ && piece.front() != '\n';
  auto cr = piece.find('\r');
  while (!lone_cr_ && cr != std::string_view::npos && cr + 1 < piece.size()) {
    lone_cr_ = piece[cr + 1] != '\n';
    cr = piece.find('\r', cr + 1);
  }
  after_cr_ = piece.back() == '\r';
}

Expected<std::vector<std::string>> Signer::finish() {
  if (lone_cr_ || after_cr_)
    return fail(Error::Kind::input, "", "a CR without LF in the body; mail servers change it");
  hasher_.finish();
  std::vector<std::string> fields;
  for (const auto& order : orders_) {
    auto field = sign(order);
    if (!field) return fail(field.error());
    fields.push_back(std::move(*field));
  }
  return fields;
}

Expected<std::string> Signer::sign(const Order& order) const {
  const auto& statement = order.statement;
  auto names =
      statement.signed_fields.empty() ? recommended_fields(*header_) : statement.signed_fields;
  auto field = unsigned_field(statement, order.key->public_half(), names);
  if (statement.body_length)
    field.tag("l=" + std::to_string(hasher_.canonical_size(statement.body_canonicalization)) + ';');
  field.fold();
  field.part("bh=");
  field.octets(encode_base64(hasher_.digest(order.wish)) + ';');
  field.fold();
  field.part("b=");
  auto octets =
      signed_octets(*header_, names, field.text() + "\r\n", statement.header_canonicalization);
  auto signature = order.key->sign(octets);
  if (!signature) return fail(signature.error());
  field.octets(encode_base64(*signature));
  return field.text() + "\r\n";
}

}  // namespace mailtrust::dkim
