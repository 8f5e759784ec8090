#include "dkim/signed_fields.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"

namespace mailtrust::dkim {
namespace {

/// How often a name is listed that is there n times.
enum class Cover {
  always,   ///< n + 1
  present,  ///< n + 1, unless n is 0
  as_is,    ///< n: others may add one rightfully
};

struct Rule {
  std::string_view name;
  Cover cover;
};

constexpr auto kRules = std::to_array<Rule>({
    {"From", Cover::always},
    {"Subject", Cover::always},
    {"To", Cover::always},
    {"Date", Cover::always},
    {"Sender", Cover::present},
    {"Reply-To", Cover::present},
    {"Cc", Cover::present},
    {"Message-ID", Cover::present},
    {"In-Reply-To", Cover::present},
    {"References", Cover::present},
    {"MIME-Version", Cover::present},
    {"Content-Type", Cover::present},
    {"Content-Transfer-Encoding", Cover::present},
    {"Content-Disposition", Cover::present},
    {"Content-ID", Cover::present},
    {"Content-Description", Cover::present},
    {"Resent-Date", Cover::as_is},
    {"Resent-From", Cover::as_is},
    {"Resent-Sender", Cover::as_is},
    {"Resent-To", Cover::as_is},
    {"Resent-Cc", Cover::as_is},
    {"Resent-Message-ID", Cover::as_is},
    {"List-Id", Cover::as_is},
    {"List-Help", Cover::as_is},
    {"List-Subscribe", Cover::as_is},
    {"List-Post", Cover::as_is},
    {"List-Owner", Cover::as_is},
    {"List-Archive", Cover::as_is},
});

// RFC 8058 section 4: both belong under the signature. One alone still leaves no room for the
// other; neither leaves room for both, as a mailing list adds them rightfully.
constexpr std::array<std::string_view, 2> kUnsubscribe = {"List-Unsubscribe",
                                                          "List-Unsubscribe-Post"};

constexpr std::array<std::string_view, 4> kNeverSigned = {"Received", "Return-Path",
                                                          "Authentication-Results", "Bcc"};

std::size_t times(Cover cover, std::size_t present) {
  switch (cover) {
    case Cover::always: return present + 1;
    case Cover::present: return present == 0 ? 0 : present + 1;
    case Cover::as_is: return present;
  }
  return present;
}

bool is_one_of(std::span<const std::string_view> names, std::string_view name) {
  return std::ranges::any_of(names, [&](auto other) { return ascii::iequals(name, other); });
}

// RFC 6376 section 3.5: a field-name, which may not hold a semicolon here.
bool is_field_name(std::string_view name) {
  return !name.empty() &&
         std::ranges::all_of(name, [](char c) { return c > ' ' && c < '\x7f' && c != ';'; });
}

Expected<void> check_name(std::string_view name) {
  if (!is_field_name(name))
    return fail(Error::Kind::usage, "", quote(name) + ": not the name of a header field");
  if (is_one_of(kNeverSigned, name))
    return fail(Error::Kind::usage, "",
                std::string(name) +
                    ": mail servers change or remove it, which would break the "
                    "signature");
  return {};
}

}  // namespace

std::vector<std::string> recommended_fields(const message::Header& header) {
  std::vector<std::string> names;
  for (const auto& rule : kRules)
    names.insert(names.end(), times(rule.cover, header.count(rule.name)), std::string(rule.name));
  bool unsubscribe =
      std::ranges::any_of(kUnsubscribe, [&](auto name) { return header.find(name) != nullptr; });
  for (auto name : kUnsubscribe)
    if (unsubscribe) names.insert(names.end(), header.count(name) + 1, std::string(name));
  return names;
}

Expected<std::vector<std::string>> parse_signed_fields(std::string_view text) {
  std::string list(text);
  std::ranges::replace(list, ',', ':');
  std::vector<std::string> names;
  for (auto part : ascii::split(list, ':')) {
    auto name = ascii::trim(part);
    if (auto good = check_name(name); !good) return fail(good.error());
    names.emplace_back(name);
  }
  // RFC 6376 section 5.4: From MUST be signed.
  bool has_from = std::ranges::any_of(
      names, [](const std::string& name) { return ascii::iequals(name, "From"); });
  if (!has_from)
    return fail(Error::Kind::usage, "", quote(text) + ": From is missing, which must be signed");
  return names;
}

}  // namespace mailtrust::dkim
