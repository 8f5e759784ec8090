#include "dmarc/repair.hpp"

#include <algorithm>
#include <array>
#include <span>
#include <vector>

#include "base/ascii.hpp"
#include "base/distance.hpp"
#include "dmarc/record.hpp"
#include "dmarc/report_uri.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dmarc {
namespace {

// The tags of RFC 9989 section 4.7 after v=, and those it took away.
constexpr std::array<std::string_view, 10> kTags = {"p",   "sp", "np", "adkim", "aspf",
                                                    "psd", "t",  "fo", "rua",   "ruf"};
constexpr std::array<std::string_view, 3> kHistoric = {"pct", "rf", "ri"};

constexpr std::size_t kLongestWord = 20;  // longer ones are no slip of the pen

bool is_one_of(std::span<const std::string_view> words, std::string_view word) {
  return std::ranges::find(words, word) != words.end();
}

std::string without_quoting(std::string_view text) {
  std::string out;
  for (char c : ascii::trim(text))
    if (c != '"' && c != '\\') out += c;
  return out;
}

// One slip in a name of three letters or more; an unknown name is kept, receivers pass over it.
std::string name_of(std::string_view written) {
  auto name = ascii::to_lower(written);
  if (name == "policy") return "p";
  if (is_one_of(kTags, name) || is_one_of(kHistoric, name) || name.size() > kLongestWord)
    return name;
  for (auto tag : kTags)
    if (tag.size() >= 3 && name.size() >= 3 && edit_distance(name, tag) == 1)
      return std::string(tag);
  return std::string(written);
}

std::optional<std::string> policy_of(std::string_view value) {
  auto word = ascii::to_lower(ascii::trim(value));
  if (word.size() > kLongestWord) return std::nullopt;
  for (auto policy : {Policy::none, Policy::quarantine, Policy::reject}) {
    auto meant = to_string(policy);
    auto most = meant.size() > 4 ? std::size_t{2} : std::size_t{1};
    if (edit_distance(word, meant) <= most) return std::string(meant);
  }
  return std::nullopt;
}

// "strict" for s, "yes" for y: the letter, where the word begins with one that is allowed.
std::string letter_of(std::string_view value, std::string_view allowed) {
  auto first = value.empty() ? '\0' : ascii::lower(value.front());
  bool right = first != '\0' && allowed.find(first) != std::string_view::npos;
  return right ? std::string(1, first) : std::string{};
}

std::string uris_of(std::string_view value) {
  std::string out;
  for (auto part : ascii::split(value, ',')) {
    std::string text(ascii::trim(part));
    auto mailed = "mailto:" + text;
    if (!parse_report_uri(text).fault.empty()) text = mailed;
    auto uri = parse_report_uri(text);
    if (uri.fault.empty()) out += (out.empty() ? "" : ",") + std::string(uri.text);
  }
  return out;
}

std::string failure_options_of(std::string_view value) {
  bool sound = parse_record("v=DMARC1; fo=" + std::string(value)).faults.empty();
  if (sound) return std::string(value);
  return value.find('1') != std::string_view::npos ? "1" : "";
}

// The value that was meant; empty: leave the tag out.
std::string value_of(std::string_view name, std::string_view value) {
  if (name == "adkim" || name == "aspf") return letter_of(value, "rs");
  if (name == "t") return letter_of(value, "yn");
  if (name == "psd") return letter_of(value, "ynu");
  if (name == "rua" || name == "ruf") return uris_of(value);
  if (name == "fo") return failure_options_of(value);
  return std::string(value);
}

// Puts the record together; nothing when a policy is past guessing.
std::optional<std::string> rebuilt(const tag_list::Parsed& tags) {
  std::string policy = "none";
  std::string rest;
  std::vector<std::string> seen;
  for (const auto& tag : tags.tags) {
    auto name = name_of(tag.name);
    if (name == "v" || is_one_of(kHistoric, name)) continue;
    if (std::ranges::find(seen, name) != seen.end()) continue;
    seen.push_back(name);
    bool is_policy = name == "p" || name == "sp" || name == "np";
    auto value = is_policy ? policy_of(tag.value) : value_of(name, tag.value);
    if (!value) return std::nullopt;
    if (name == "p") {
      policy = *value;
    } else if (!value->empty()) {
      rest += "; " + name + '=' + *value;
    }
  }
  return "v=DMARC1; p=" + policy + rest;
}

}  // namespace

std::optional<std::string> repair(std::string_view text) {
  auto result = rebuilt(tag_list::parse(without_quoting(text)));
  if (!result || *result == text || !parse_record(*result).faults.empty()) return std::nullopt;
  return result;
}

}  // namespace mailtrust::dmarc
