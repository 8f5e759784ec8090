#include "dns/public_suffix.hpp"

#include <algorithm>
#include <array>
#include <ctime>

#include <libpsl.h>

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

// libpsl wants lower-case A-labels, and reads every dot as a separator; octets that no suffix has
// are kept from being one.
std::string list_spelling(const Name& domain) {
  std::string text;
  for (auto label : domain.labels()) {
    if (!text.empty()) text += '.';
    for (char c : label) text += ascii::is_alnum(c) ? ascii::lower(c) : '-';
  }
  return text;
}

}  // namespace

Name registrable_domain(const Name& domain) {
  auto text = list_spelling(domain);
  const char* registrable = psl_registrable_domain(psl_builtin(), text.c_str());
  if (registrable == nullptr) return domain;
  auto labels =
      static_cast<std::size_t>(std::ranges::count(std::string_view(registrable), '.')) + 1;
  auto name = domain;
  for (auto surplus = domain.label_count() - labels; surplus > 0; --surplus) name = name.parent();
  return name;
}

std::string public_suffix_list_date() {
  auto made = psl_builtin_file_time();
  std::tm day{};
  if (made == 0 || gmtime_r(&made, &day) == nullptr) return {};
  std::array<char, 16> text{};
  return {text.data(), std::strftime(text.data(), text.size(), "%Y-%m-%d", &day)};
}

}  // namespace mailtrust::dns
