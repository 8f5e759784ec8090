#include "authres/ownership.hpp"

#include <algorithm>
#include <optional>
#include <string>

#include "authres/head.hpp"
#include "authres/scanner.hpp"
#include "base/ascii.hpp"
#include "dns/name.hpp"
#include "message/address.hpp"

namespace mailtrust::authres {
namespace {

bool is_name_octet(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' ||
         static_cast<unsigned char>(c) > 127;
}

bool is_plain_name(std::string_view text) {
  return std::ranges::all_of(text, is_name_octet);
}

// RFC 8601 section 5: A-labels and U-labels are compared in one form.
std::optional<dns::Name> name_of(std::string_view text) {
  while (text.ends_with('.')) text.remove_suffix(1);
  while (text.starts_with('.')) text.remove_prefix(1);
  auto name = dns::Name::parse_any(text);
  if (!name || name->is_root()) return std::nullopt;
  return *name;
}

// Only what names are made of, in lower case: what is left of "mx . <example> . org".
std::string squeeze(std::string_view text) {
  std::string out;
  for (char c : text)
    if (is_name_octet(c)) out += ascii::lower(c);
  return out;
}

// Comments and their parentheses gone, also those that do not end.
std::string without_comments(std::string_view text) {
  std::string out;
  std::size_t depth = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\\' && depth > 0) {
      ++i;
    } else if (text[i] == '(') {
      ++depth;
    } else if (text[i] == ')' && depth > 0) {
      --depth;
    } else if (depth == 0) {
      out += text[i];
    }
  }
  return out;
}

bool holds_in_disguise(std::string_view text, std::string_view own) {
  auto sought = squeeze(own);
  auto holds = [&](std::string_view spelling) {
    return squeeze(spelling).find(sought) != std::string::npos;
  };
  return !sought.empty() &&
         (holds(text) || holds(without_comments(text)) || holds(message::decode_words(text)));
}

}  // namespace

bool may_be_of(std::string_view value, std::string_view own) {
  own = ascii::trim(own);
  if (own.empty()) return false;
  Scanner in(value);
  auto head = read_head(in);
  if (head.missing) return true;
  if (!head.problem.empty()) return holds_in_disguise(value, own);

  auto id = ascii::trim(head.authserv_id);
  if (ascii::iequals(id, own)) return true;
  if (!is_plain_name(id)) return holds_in_disguise(id, own);
  auto name = name_of(id);
  auto own_name = name_of(own);
  return name && own_name &&
         (*name == *own_name || (own_name->label_count() > 1 && name->is_within(*own_name)));
}

}  // namespace mailtrust::authres
