#include "dkim/signature.hpp"

#include <algorithm>
#include <limits>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "dkim/signature_values.hpp"

namespace mailtrust::dkim {
namespace {

using Kind = SignatureFault::Kind;
using tag_list::Tag;

class Parser {
 public:
  explicit Parser(std::string_view value)
      : tags_(tag_list::parse(value, tag_list::Charset::utf8)) {}

  ParsedSignature dkim() {
    version();
    shared();
    identity();
    return finish();
  }

  ParsedSignature arc_message_signature() {
    arc_ = true;
    shared();
    signature().identity = '@' + signature().domain;
    return finish();
  }

  // RFC 8617 section 4.1.3.
  ParsedSignature arc_seal() {
    faults_of_list();
    algorithm();
    key_and_octets();
    signature().timestamp = time("t");
    signature().identity = '@' + signature().domain;
    // The fields that are sealed are fixed.
    if (const auto* tag = tags_.find("h"))
      fault(Kind::syntax, tag->column, "there is h=, which a seal may not have");
    return finish();
  }

 private:
  // RFC 6376 section 3.5, in its order, but for v= and i=.
  void shared() {
    faults_of_list();
    algorithm();
    key_and_octets();
    if (const auto* tag = required("bh")) signature().body_hash = base64(*tag);
    canonicalization();
    fields();
    body_length();
    query();
    times();
    signature().copied_fields = tags_.find("z") != nullptr;
  }

  void faults_of_list() {
    for (const auto& fault : tags_.faults) this->fault(Kind::syntax, fault.column, fault.message);
  }

  void key_and_octets() {
    if (const auto* tag = required("b")) signature().octets = base64(*tag);
    if (const auto* tag = required("d")) signature().domain = name(*tag, 2);
    if (const auto* tag = required("s")) signature().selector = name(*tag, 1);
  }

  ParsedSignature finish() {
    parsed_.tags = std::move(tags_.tags);
    std::ranges::stable_sort(parsed_.faults, {}, &SignatureFault::column);
    return std::move(parsed_);
  }

  void version() {
    const auto* tag = required("v");
    if (tag != nullptr && tag->value != "1")
      fault(Kind::version, tag->value_column, "v=" + quote(tag->value, 40) + "; expected 1");
  }

  void algorithm() {
    const auto* tag = required("a");
    if (tag == nullptr) return;
    signature().algorithm_text = tag->value;
    signature().algorithm = algorithm_from(tag->value);
    if (!signature().algorithm)
      fault(Kind::algorithm, tag->value_column,
            "a=" + quote(tag->value, 40) + "; expected rsa-sha256 or ed25519-sha256");
  }

  std::string base64(const Tag& tag) {
    auto decoded = decode_base64(tag.value, Base64Space::allowed);
    if (tag.value.empty()) {
      fault(Kind::syntax, tag.value_column, tag.name + "= is empty; expected base64");
    } else if (!decoded) {
      fault(Kind::syntax, tag.value_column + decoded.offset,
            tag.name + "= is not base64: " + std::string(decoded.fault));
    }
    return std::move(decoded.octets);
  }

  void canonicalization() {
    const auto* tag = tags_.find("c");
    if (tag == nullptr) return;
    auto slash = std::min(tag->value.find('/'), tag->value.size());
    auto header = canonicalization_from(std::string_view(tag->value).substr(0, slash));
    // RFC 6376 section 3.5: what is not named for the body is simple.
    auto body = slash == tag->value.size()
                    ? Canonicalization::simple
                    : canonicalization_from(std::string_view(tag->value).substr(slash + 1));
    signature().header_canonicalization = header.value_or(Canonicalization::simple);
    signature().body_canonicalization = body.value_or(Canonicalization::simple);
    if (!header || !body)
      fault(Kind::algorithm, tag->value_column,
            "c=" + quote(tag->value, 40) + "; expected simple or relaxed, or two with a slash");
  }

  // A name in its A-labels; empty when it is none.
  std::string name(const Tag& tag, std::size_t least_labels) {
    auto name = read_name(tag.value, least_labels);
    if (!name)
      fault(Kind::syntax, tag.value_column,
            tag.name + "=" + quote(tag.value, 40) + " is no " +
                (tag.name == "d" ? "domain" : "selector"));
    return name.value_or("");
  }

  void fields() {
    const auto* tag = required("h");
    if (tag == nullptr) return;
    for (auto part : ascii::split(tag->value, ':')) {
      auto name = ascii::trim(part);
      // RFC 8617 section 4.1.2 leaves to the sealer what is signed; a name of nothing is nothing.
      if (arc_ && name.empty()) continue;
      if (!is_field_name(name))
        return fault(Kind::syntax, column_of(*tag, part),
                     "h= holds " + quote(name, 40) + ", which is no name of a field");
      if (signature().signed_fields.size() == limits::kSignedFields)
        return fault(Kind::syntax, column_of(*tag, part),
                     "h= holds more than " + grouped(limits::kSignedFields) + " names");
      signature().signed_fields.emplace_back(name);
    }
    if (!arc_ && !signature().covers("From"))
      fault(Kind::unsigned_from, tag->value_column, "h= does not name From");
  }

  void body_length() {
    const auto* tag = tags_.find("l");
    if (tag == nullptr) return;
    // RFC 6376 section 3.5: up to 76 digits. No body is longer than what fits.
    constexpr std::size_t kMostDigits = 76;
    if (!is_digits(tag->value) || tag->value.size() > kMostDigits)
      return fault(Kind::syntax, tag->value_column,
                   "l=" + quote(tag->value, 40) + "; expected a number of octets");
    signature().body_length =
        parse_number<std::uint64_t>(tag->value).value_or(std::numeric_limits<std::uint64_t>::max());
  }

  void query() {
    const auto* tag = tags_.find("q");
    if (tag == nullptr) return;
    auto is_known = [](std::string_view method) { return ascii::trim(method) == "dns/txt"; };
    if (std::ranges::none_of(ascii::split(tag->value, ':'), is_known))
      fault(Kind::algorithm, tag->value_column,
            "q=" + quote(tag->value, 40) + "; expected dns/txt");
  }

  void times() {
    signature().timestamp = time("t");
    signature().expiration = time("x");
    const auto& made = signature().timestamp;
    const auto& expires = signature().expiration;
    if (made && expires && *expires <= *made)
      fault(Kind::times, tags_.find("x")->value_column, "x= is not after t=");
  }

  std::optional<std::int64_t> time(std::string_view name) {
    const auto* tag = tags_.find(name);
    if (tag == nullptr) return std::nullopt;
    if (!is_digits(tag->value)) {
      fault(Kind::syntax, tag->value_column,
            tag->name + "=" + quote(tag->value, 40) + "; expected seconds since 1970");
      return std::nullopt;
    }
    // RFC 6376 section 3.5: longer than 12 digits may be taken for infinite.
    constexpr std::size_t kMostDigits = 12;
    if (tag->value.size() > kMostDigits) return std::numeric_limits<std::int64_t>::max();
    return static_cast<std::int64_t>(*parse_number<std::uint64_t>(tag->value));
  }

  void identity() {
    signature().identity = '@' + signature().domain;
    const auto* tag = tags_.find("i");
    if (tag == nullptr) return;
    // RFC 6376 section 3.5: the whole value is quoted-printable, and may be "@domain" alone.
    auto decoded = decode_quoted(tag->value).value_or("");
    auto at = decoded.rfind('@');
    auto domain = at == std::string::npos ? std::nullopt : read_name(decoded.substr(at + 1), 2);
    if (!domain)
      return fault(Kind::syntax, tag->value_column,
                   "i=" + quote(tag->value, 40) + "; expected LOCAL@DOMAIN or @DOMAIN");
    signature().identity = decoded.substr(0, at + 1) + *domain;
    if (!signature().domain.empty() && !is_within(*domain, signature().domain))
      fault(Kind::identity, tag->value_column,
            "i= is of " + quote(*domain) + ", which is not within d=" + signature().domain);
  }

  const Tag* required(std::string_view name) {
    const auto* tag = tags_.find(name);
    if (tag == nullptr) fault(Kind::missing, 1, "there is no " + std::string(name) + "=");
    return tag;
  }

  static std::size_t column_of(const Tag& tag, std::string_view part) {
    return tag.value_column + static_cast<std::size_t>(part.data() - tag.value.data());
  }

  Signature& signature() { return parsed_.signature; }

  void fault(Kind kind, std::size_t column, std::string message) {
    parsed_.faults.push_back({kind, column, std::move(message)});
  }

  tag_list::Parsed tags_;
  ParsedSignature parsed_;
  bool arc_ = false;
};

}  // namespace

std::string_view to_string(Algorithm algorithm) {
  switch (algorithm) {
    case Algorithm::rsa_sha1: return "rsa-sha1";
    case Algorithm::rsa_sha256: return "rsa-sha256";
    case Algorithm::ed25519_sha256: return "ed25519-sha256";
  }
  return "rsa-sha256";
}

std::string_view to_string(Canonicalization canonicalization) {
  return canonicalization == Canonicalization::simple ? "simple" : "relaxed";
}

Hash hash_of(Algorithm algorithm) {
  return algorithm == Algorithm::rsa_sha1 ? Hash::sha1 : Hash::sha256;
}

bool Signature::covers(std::string_view name) const {
  return std::ranges::any_of(signed_fields,
                             [&](const auto& field) { return ascii::iequals(field, name); });
}

ParsedSignature parse_signature(std::string_view value) {
  return Parser(value).dkim();
}

ParsedSignature parse_arc_message_signature(std::string_view value) {
  return Parser(value).arc_message_signature();
}

ParsedSignature parse_arc_seal(std::string_view value) {
  return Parser(value).arc_seal();
}

}  // namespace mailtrust::dkim
