// Notices in words that no row knows: a translation, a home-made system. The addresses are the
// thread: those that the header names as failed, then those the returned message went to, then those
// that begin a line.

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;
using Addresses = std::vector<string_view>;

constexpr std::size_t kMostCandidates = 100;
constexpr std::size_t kHeaderLookedAt = 64U << 10;
constexpr std::size_t kWholeText = 2048;  // octets of a text that stands for the reply

void add(Addresses& addresses, string_view address) {
  bool known = std::ranges::any_of(
      addresses, [&](auto other) { return ascii::iequals(other, address); });
  if (!known && addresses.size() < kMostCandidates) addresses.push_back(address);
}

void add_all(Addresses& addresses, string_view text) {
  while (addresses.size() < kMostCandidates) {
    auto found = find_address(text);
    if (!found) return;
    add(addresses, found->address);
    text = found->after;
  }
}

bool names_recipients(string_view line) {
  constexpr string_view kNames[] = {"to:",           "cc:",         "x-envelope-to:",
                                    "envelope-to:",  "x-rcpt-to:",  "x-original-to:",
                                    "delivered-to:", "apparently-to:"};
  return std::ranges::any_of(kNames, [&](auto name) { return ascii::istarts_with(line, name); });
}

// The first line that names a candidate, as an entry or within a sentence.
std::optional<std::size_t> line_with(const Mail& mail, const Addresses& candidates) {
  for (std::size_t at = 0; at < mail.lines.size(); ++at) {
    auto found = find_address(mail.lines[at]);
    if (found && std::ranges::any_of(candidates, [&](auto address) {
          return ascii::iequals(address, found->address);
        }))
      return at;
  }
  return std::nullopt;
}

bool is_to_whom_it_comes(const Mail& mail, string_view address) {
  for (const auto* field : mail.header.all("To"))
    if (auto found = find_address(field->value); found && ascii::iequals(found->address, address))
      return true;
  return false;
}

// The first line that an address begins, other than that of a helper or of the reader.
std::optional<std::size_t> line_of_entry(const Mail& mail) {
  for (std::size_t at = 0; at < mail.lines.size(); ++at) {
    auto entry = entry_of(mail.lines[at]);
    if (entry && !is_helper(entry->address) && !is_to_whom_it_comes(mail, entry->address))
      return at;
  }
  return std::nullopt;
}

std::vector<Failure> read_at(const Scene& scene, std::size_t line) {
  bool begins = entry_of(scene.mail.lines[line]).has_value();
  Scene there{scene.mail, scene.system, begins && line > 0 ? line - 1 : line, scene.action};
  return begins && line > 0 ? read_listed(there) : read_sentence(there);
}

std::vector<Failure> read_whole(const Scene& scene, const Addresses& candidates) {
  Collector accounts(scene);
  for (auto address : candidates) accounts.open(address);
  std::string words;
  for (auto line : scene.mail.lines)
    if (words.size() < kWholeText) append_words(words, line);
  return accounts.finish(words);
}

}  // namespace

std::vector<string_view> returned_recipients(const Mail& mail) {
  Addresses addresses;
  bool inside = false;
  auto rest = string_view(mail.returned).substr(0, kHeaderLookedAt);
  while (!rest.empty()) {
    auto line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    if (line.empty() || line == "\r") break;
    if (line.front() != ' ' && line.front() != '\t') inside = names_recipients(line);
    if (inside) add_all(addresses, line);
  }
  return addresses;
}

std::vector<Failure> read_unknown(const Scene& scene) {
  Addresses failed;
  for (const auto* field : scene.mail.header.all("X-Failed-Recipients"))
    add_all(failed, field->value);
  auto candidates = failed.empty() ? returned_recipients(scene.mail) : failed;
  auto line = line_with(scene.mail, candidates);
  if (!line && failed.empty()) line = line_of_entry(scene.mail);
  if (line) {
    auto failures = read_at(scene, *line);
    if (!failures.empty()) return failures;
  }
  return failed.empty() && candidates.size() != 1 ? std::vector<Failure>()
                                                  : read_whole(scene, candidates);
}

}  // namespace mailtrust::bounce::layouts
