#include "dkim/repair.hpp"

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dkim {
namespace {

std::string without(std::string text, std::string_view unwanted) {
  for (auto at = text.find(unwanted); at != std::string::npos; at = text.find(unwanted, at))
    text.erase(at, unwanted.size());
  return text;
}

std::string without_slips(std::string text) {
  for (std::string_view slip : {"\\", "\"", "\xe2\x80\x9c", "\xe2\x80\x9d",
                                "-----BEGIN PUBLIC KEY-----", "-----END PUBLIC KEY-----"})
    text = without(std::move(text), slip);
  return text;
}

// As published when it can be read, otherwise as written.
std::string key_text(const ParsedKey& cleaned, std::string_view value) {
  if (cleaned.record.key) return encode_base64(key_data(*cleaned.record.key));
  return tag_list::without_space(value);
}

std::string rebuilt(std::string_view text) {
  auto cleaned = parse_key_record(text);
  auto tags = tag_list::parse(text);
  std::string out = "v=DKIM1";
  bool ed25519 = cleaned.record.key && cleaned.record.key->type == KeyType::ed25519;
  if (cleaned.record.key) out += ed25519 ? "; k=ed25519" : "; k=rsa";
  std::string key;
  for (const auto& tag : tags.tags) {
    auto name = ascii::to_lower(tag.name);
    if (name == "v" || name == "g" || (name == "k" && cleaned.record.key)) continue;
    if (name == "p") {
      key = key_text(cleaned, tag.value);
    } else {
      out += "; " + name + '=' + tag.value;
    }
  }
  return out + "; p=" + key;
}

}  // namespace

std::optional<std::string> repair(const ParsedKey& parsed) {
  if (parsed.record.revoked) return std::nullopt;
  auto text = rebuilt(without_slips(parsed.record.text));
  auto result = parse_key_record(text);
  if (!result.faults.empty() || !result.record.key || text == parsed.record.text)
    return std::nullopt;
  return text;
}

}  // namespace mailtrust::dkim
