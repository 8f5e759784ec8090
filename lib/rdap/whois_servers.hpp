#pragma once
// Which whois servers an RDAP answer names: national registries are named in remarks only.

#include <string>
#include <vector>

#include "json/value.hpp"

namespace mailtrust::rdap {

/// "whois.nic.ad.jp", "rwhois.isp.example:4321", "rwhois://..." of the remarks, then "port43" (RFC
/// 9083 section 4.7); each once, a handful at most.
std::vector<std::string> whois_servers(const json::Value& network);

}  // namespace mailtrust::rdap
