#pragma once
// Countries as registries write them.

#include <string>
#include <string_view>

namespace mailtrust::whois {

/// ISO 3166-1 alpha-2, upper case, of a code in any case or of a name ("KOREA", "United States").
/// "EU" and "AP", which registries use for a region, stay. Empty for what says nothing ("ZZ") and
/// what is not known.
std::string read_country(std::string_view text);

}  // namespace mailtrust::whois
