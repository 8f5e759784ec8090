// What the values are called.
#include "registration/registration.hpp"

namespace mailtrust::registration {

std::string_view to_string(Role role) {
  switch (role) {
    case Role::abuse: return "abuse";
    case Role::remark: return "remark";
    case Role::noc: return "noc";
    case Role::technical: return "technical";
    case Role::administrative: return "administrative";
    case Role::other: return "other";
    case Role::changed: return "changed";
  }
  return "other";
}

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::high: return "high";
    case Confidence::medium: return "medium";
    case Confidence::low: return "low";
  }
  return "low";
}

std::string_view to_string(Source source) {
  switch (source) {
    case Source::rdap: return "rdap";
    case Source::whois: return "whois";
    case Source::abuse_zone: return "abusix";
    case Source::reverse_name: return "ptr";
  }
  return "ptr";
}

}  // namespace mailtrust::registration
