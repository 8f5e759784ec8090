#include "whois/country.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::whois {
namespace {

struct Country {
  std::string_view written;
  std::string_view code;  ///< empty: says nothing
};

constexpr Country kCountries[] = {
#include "whois/countries.inc"
};

}  // namespace

std::string read_country(std::string_view text) {
  text = ascii::trim(text.substr(0, text.find_first_of("#(,")));
  for (const auto& country : kCountries)
    if (ascii::iequals(text, country.written)) return std::string(country.code);
  if (text.size() != 2 || !ascii::is_alpha(text[0]) || !ascii::is_alpha(text[1])) return {};
  std::string code = ascii::to_lower(text);
  for (char& c : code) c = static_cast<char>(c - ('a' - 'A'));
  return code;
}

}  // namespace mailtrust::whois
