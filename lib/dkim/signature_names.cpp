#include "dkim/signature_names.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dkim {
namespace {

// Takes one field, its folded lines included, off the front of `header`. Empty at the blank line
// that ends the header, and at the end of the text.
std::string_view take_field(std::string_view& header) {
  std::size_t end = 0;
  do {
    auto newline = header.find('\n', end);
    end = newline == std::string_view::npos ? header.size() : newline + 1;
  } while (end < header.size() && (header[end] == ' ' || header[end] == '\t'));
  auto field = header.substr(0, end);
  header.remove_prefix(end);
  while (!field.empty() && (field.back() == '\n' || field.back() == '\r')) field.remove_suffix(1);
  return field;
}

}  // namespace

std::vector<SignatureName> signature_names(std::string_view message) {
  std::vector<SignatureName> names;
  while (!message.empty()) {
    auto field = take_field(message);
    if (field.empty()) break;
    auto colon = field.find(':');
    if (!ascii::iequals(ascii::trim(field.substr(0, colon)), "DKIM-Signature")) continue;
    auto tags = tag_list::parse(field.substr(colon + 1), tag_list::Charset::utf8);
    const auto* domain = tags.find("d");
    const auto* selector = tags.find("s");
    if (domain == nullptr || selector == nullptr) continue;
    SignatureName name{domain->value, selector->value};
    if (std::ranges::find(names, name) == names.end()) names.push_back(std::move(name));
  }
  return names;
}

}  // namespace mailtrust::dkim
