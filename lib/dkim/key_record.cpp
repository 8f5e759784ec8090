#include "dkim/key_record.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/escape.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dkim {
namespace {

using Kind = KeyFault::Kind;

bool holds(const std::vector<std::string>& list, std::string_view value) {
  return std::ranges::find(list, value) != list.end();
}

std::vector<std::string> colon_list(const tag_list::Tag* tag) {
  std::vector<std::string> list;
  if (tag == nullptr) return list;
  for (auto part : ascii::split(tag->value, ':')) list.emplace_back(ascii::trim(part));
  return list;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tags_(tag_list::parse(text)) {
    parsed_.record.text = text;
  }

  ParsedKey parse() {
    for (const auto& fault : tags_.faults)
      parsed_.faults.push_back({Kind::syntax, fault.column, fault.message});
    version();
    key_type();
    lists();
    key_data();
    std::ranges::stable_sort(parsed_.faults, {}, &KeyFault::column);
    return std::move(parsed_);
  }

 private:
  // RFC 6376 section 3.6.1: v= may be absent, but must be first and exactly DKIM1.
  void version() {
    const auto* tag = tags_.find("v");
    if (tag == nullptr) return;
    if (tag->value != "DKIM1")
      return fault(Kind::version, tag->value_column,
                   "v=" + quote(tag->value, 40) + "; expected exactly DKIM1");
    if (tag != &tags_.tags.front())
      fault(Kind::version, tag->column, "v=DKIM1 is not the first tag");
  }

  void key_type() {
    const auto* tag = tags_.find("k");
    if (tag == nullptr) return;
    record().key_type = tag->value;
    record().type_column = tag->value_column;
    if (tag->value != "rsa" && tag->value != "ed25519")
      fault(Kind::unknown_type, tag->value_column,
            "k=" + quote(tag->value, 40) + "; expected rsa or ed25519, in lower case");
  }

  void lists() {
    record().hashes = colon_list(tags_.find("h"));
    record().services = colon_list(tags_.find("s"));
    record().flags = colon_list(tags_.find("t"));
    for (const auto& tag : tags_.tags) {
      if (tag.name == "n") record().notes = tag.value;
      if (tag.name == "g") record().granularity = tag.value;
      constexpr std::string_view kKnown = "vghknpst";
      if (tag.name.size() != 1 || kKnown.find(tag.name) == std::string_view::npos)
        record().unknown_tags.push_back(tag.name);
    }
  }

  void key_data() {
    const auto* tag = tags_.find("p");
    if (tag == nullptr) return fault(Kind::missing_key, 1, "there is no p= with a key");
    record().key_column = tag->value_column;
    record().revoked = tag->value.empty();
    if (record().revoked) return;

    auto decoded = decode_base64(tag->value, Base64Space::allowed);
    if (!decoded) bad_base64(*tag, decoded);
    auto type = record().key_type == "ed25519" ? KeyType::ed25519 : KeyType::rsa;
    auto key = parse_public_key(type, decoded.octets);
    if (key) {
      record().key = std::move(*key);
    } else if (decoded) {
      fault(Kind::bad_key, tag->value_column, "p= holds " + key.error().message);
    }
  }

  void bad_base64(const tag_list::Tag& tag, const Base64& decoded) {
    auto column = tag.value_column + decoded.offset;
    if (decoded.offset == tag.value.size())
      return fault(Kind::syntax, column, "p= is cut short: " + std::string(decoded.fault));
    fault(Kind::syntax, column,
          quote(std::string_view(tag.value).substr(decoded.offset, 1)) +
              " in p= " + std::string(decoded.fault));
  }

  KeyRecord& record() { return parsed_.record; }

  void fault(Kind kind, std::size_t column, std::string message) {
    parsed_.faults.push_back({kind, column, std::move(message)});
  }

  tag_list::Parsed tags_;
  ParsedKey parsed_;
};

}  // namespace

bool KeyRecord::testing() const {
  return holds(flags, "y");
}

bool KeyRecord::strict_identity() const {
  return holds(flags, "s");
}

bool KeyRecord::allows_sha256() const {
  return hashes.empty() || holds(hashes, "sha256");
}

bool KeyRecord::serves_email() const {
  return services.empty() || holds(services, "*") || holds(services, "email");
}

bool is_key_record(std::string_view text) {
  auto tags = tag_list::parse(text);
  if (tags.find("p") != nullptr) return true;
  return !tags.tags.empty() && ascii::iequals(tags.tags[0].name, "v") &&
         ascii::istarts_with(tags.tags[0].value, "DKIM");
}

ParsedKey parse_key_record(std::string_view text) {
  return Parser(text).parse();
}

}  // namespace mailtrust::dkim
