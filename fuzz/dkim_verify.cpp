// Signatures of a message that was changed: by the edits the input asks for, or altogether. The
// private key is lost, so a signature passes if and only if what it covers, canonicalized the plain
// way, is what was signed.
#include <set>

#include "base/ascii.hpp"
#include "dkim/verify.hpp"
#include "dns/resolver.hpp"
#include "fuzz/plain_canonical.hpp"
#include "message/header.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr std::string_view kKey =
    "v=DKIM1; k=ed25519; p=qefKoTNKTjBuXNNypXcwmW6w/YmPFHtDOe8ovYZwvJY=";

constexpr std::string_view kMessage =
    "From: Ann <ann@example.org>\r\nTo: bob@example.net\r\nSubject: A  report\r\n of today\r\n"
    "Date: Sun, 22 Nov 2026 12:00:00 +0000\r\nMessage-ID: <1@example.org>\r\n\r\n"
    "Hello \t Bob,\r\n\r\nthis is all.  \r\n\r\n\r\n";

#define MAILTRUST_START(form)                      \
  "DKIM-Signature: v=1; a=ed25519-sha256; c=" form \
  "; d=example.org;\r\n\ts=fuzz; "                 \
  "t=1795348800;\r\n"
constexpr std::string_view kSignatures[] = {
    MAILTRUST_START("simple/relaxed") "\th=from:subject; l=28;\r\n"
    "\tbh=d7BU2Si/lfc0SkLe/6SrngI8w1fLlDA9nkjNQh1R0uE=;\r\n"
    "\tb=9LTjWmL1VDALrQwG19KohPo/iWiYve6vH57GqqWEvk1cjnHk8oCKdPP/u5SJbw8HLNs3yQQ78L3\r\n"
    "\tCeKUTQwvpAg==\r\n",
    MAILTRUST_START("relaxed/relaxed") "\th=from:to:subject:date;\r\n"
    "\tbh=d7BU2Si/lfc0SkLe/6SrngI8w1fLlDA9nkjNQh1R0uE=;\r\n"
    "\tb=ONUMuAip5BgtqafHB2O3BVOo7wHnO0Im3wqh2VN6iiIKOIryHGGa1E8R9iHZCvz/BXoCLrkWBx7\r\n"
    "\tezz763x3qCA==\r\n",
    MAILTRUST_START("relaxed/simple") "\th=from:to:subject:date;\r\n"
    "\tbh=ylkPYKffJwdFasidfzI5kt330ykO55lxO6oIQ/HH7Dc=;\r\n"
    "\tb=6ggAY5+RxKfcv4fHZ+UB/zmRXkxiwpa/a58rHSUiEwDxiQLLJEGM5Zebqt72kxSpqdl+xhscVXG\r\n"
    "\tIlfecm+CnBA==\r\n",
};
#undef MAILTRUST_START

class OneKey final : public dns::Resolver {
 public:
  dns::AnswerPtr query(const dns::Question& question) override {
    static const auto name = *dns::Name::read("fuzz._domainkey.example.org");
    dns::Answer answer;
    answer.canonical = question.name;
    answer.failure = dns::Failure::none;
    answer.status = dns::Status::nxdomain;
    if (question.name == name) {
      answer.status = dns::Status::found;
      auto data = static_cast<char>(kKey.size()) + std::string(kKey);
      answer.records.push_back({question.name, dns::Type::txt, 60, std::move(data)});
    }
    return std::make_shared<const dns::Answer>(std::move(answer));
  }
};

struct Parts {
  message::Header header;
  std::string_view body;
};

Parts take_apart(std::string_view message) {
  for (std::size_t at = 0; at < message.size();) {
    auto end = std::min(message.find('\n', at), message.size());
    auto line = message.substr(at, end - at);
    if (line.empty() || line == "\r")
      return {message::Header::parse(message.substr(0, at)),
              message.substr(std::min(end + 1, message.size()))};
    at = end + 1;
  }
  return {message::Header::parse(message), {}};
}

std::string plain_field(const message::Field& field, dkim::Canonicalization form) {
  if (form == dkim::Canonicalization::simple) return std::string(field.raw);
  return fuzz::plain_relaxed(field.name, field.value);
}

// RFC 6376 section 5.4.2: each name from the bottom up. The signature field is not among them.
std::string plain_header(const message::Header& header, const dkim::Verification& verification) {
  const auto& signature = verification.signature();
  std::string out;
  std::set<std::size_t> used = {verification.field};
  for (const auto& name : signature.signed_fields)
    for (auto i = header.fields().size(); i-- > 0;)
      if (!used.contains(i) && ascii::iequals(header.fields()[i].name, name)) {
        out += plain_field(header.fields()[i], signature.header_canonicalization);
        used.insert(i);
        break;
      }
  return out;
}

// The text of a signature field as it is signed, with nothing in b= (RFC 6376 section 3.7).
std::string without_signature(std::string_view text) {
  std::string out(fuzz::take_until(text, ':'));
  while (!text.empty()) {
    auto tag = fuzz::take_until(text, ';');
    auto equals = tag.find('=');
    auto name = fuzz::squeezed(tag.substr(0, equals));
    bool is_it = equals != tag.npos && ascii::trim(name) == "b";
    out += ';' + std::string(is_it ? tag.substr(0, equals) : tag);
  }
  return out;
}

// What the signature covers; its own field stands for itself by the octets of b= and bh=, which
// nobody can make anew, and its other tags.
std::string covered(const Parts& parts, const dkim::Verification& verification) {
  const auto& signature = verification.signature();
  auto body = fuzz::plain_body(parts.body, signature.body_canonicalization);
  if (signature.body_length)
    body.resize(std::min<std::size_t>(*signature.body_length, body.size()));
  const auto& field = parts.header.fields()[verification.field];
  return signature.octets +
         without_signature(plain_field(field, signature.header_canonicalization)) +
         plain_header(parts.header, verification) + "\n" + body;
}

std::vector<dkim::Verification> verify(const Parts& parts) {
  constexpr std::int64_t kNow = 1'795'356'000;
  OneKey resolver;
  dkim::Verifier verifier(parts.header, resolver, kNow);
  verifier.body(parts.body.substr(0, parts.body.size() / 2));
  verifier.body(parts.body.substr(parts.body.size() / 2));
  return verifier.finish();
}

const std::set<std::string>& what_was_signed() {
  static const auto signed_texts = [] {
    std::set<std::string> texts;
    for (auto signature : kSignatures) {
      auto message = std::string(signature) + std::string(kMessage);
      auto parts = take_apart(message);
      auto verifications = verify(parts);
      require(verifications.at(0).result == dkim::Result::pass, "what was signed passes");
      texts.insert(covered(parts, verifications[0]));
    }
    return texts;
  }();
  return signed_texts;
}

// Three octets an edit: where (of 1,024), and what to put there, insert, or take away.
std::string edited(std::string message, std::string_view edits) {
  while (edits.size() >= 3 && !message.empty()) {
    auto high = fuzz::take(edits);
    auto at = (high % 4U * 256U + fuzz::take(edits)) % message.size();
    auto octet = static_cast<char>(fuzz::take(edits));
    switch (high >> 6U) {
      case 0: message.erase(at, 1); break;
      case 1: message.insert(at, 1, octet); break;
      default: message[at] = octet;
    }
  }
  return message;
}

}  // namespace

MAILTRUST_FUZZ(dkim_verify, octets) {
  const auto& originals = what_was_signed();
  auto mode = fuzz::take(octets);
  auto original = std::string(kSignatures[mode % std::size(kSignatures)]) + std::string(kMessage);
  auto message = mode < 0x80 ? edited(std::move(original), octets) : std::string(octets);
  auto parts = take_apart(message);
  for (const auto& verification : verify(parts)) {
    bool pass = verification.result == dkim::Result::pass;
    bool sound = verification.parsed.faults.empty();
    require(sound || !pass, "a field with a fault does not pass");
    require(pass == verification.reason.empty(), "what does not pass says why");
    if (!sound) continue;
    bool same = originals.contains(covered(parts, verification));
    require(!pass || same, "what passes is what was signed");
    require(pass || !same, "what was signed passes");
  }
}
