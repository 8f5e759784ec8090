#include "dkim/signature_names.hpp"

#include <algorithm>

#include "tag_list/tag_list.hpp"

namespace mailtrust::dkim {

std::vector<SignatureName> signature_names(const message::Header& header) {
  std::vector<SignatureName> names;
  for (const auto* field : header.all("DKIM-Signature")) {
    auto tags = tag_list::parse(field->value, tag_list::Charset::utf8);
    const auto* domain = tags.find("d");
    const auto* selector = tags.find("s");
    if (domain == nullptr || selector == nullptr) continue;
    SignatureName name{domain->value, selector->value};
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace mailtrust::dkim
