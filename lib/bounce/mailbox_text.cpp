#include "bounce/mailbox_text.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::bounce {
namespace {

constexpr std::size_t kMaxMailbox = 320;  // RFC 5321 section 4.5.3.1: 64, "@", 255

std::string_view first_word(std::string_view text) {
  return text.substr(0, text.find_first_of(" \t\r\n"));
}

// Octets above 127 are those of RFC 6531.
bool is_of_local(char c) {
  constexpr std::string_view kNever = "<>()[],;:\\\"@";
  return static_cast<unsigned char>(c) > 32 && c != 127 && kNever.find(c) == kNever.npos;
}

bool is_of_domain(char c) {
  return ascii::is_alnum(c) || c == '-' || c == '.' || c == '_' ||
         static_cast<unsigned char>(c) > 127;
}

bool is_domain(std::string_view text) {
  if (text.starts_with('[') && text.ends_with(']')) return text.size() > 2;
  return !text.empty() && text.front() != '.' && std::ranges::all_of(text, is_of_domain);
}

bool is_local(std::string_view text) {
  if (text.size() > 2 && text.front() == '"' && text.back() == '"') return true;
  return !text.empty() && std::ranges::all_of(text, is_of_local);
}

// "@relay.example,@other.example:a@b": the route that RFC 5321 appendix C drops.
std::string_view without_route(std::string_view text) {
  if (!text.starts_with('@')) return text;
  auto colon = text.find(':');
  return colon == std::string_view::npos ? text : text.substr(colon + 1);
}

// "'a@b'", "\"a@b\"": quotes around the whole.
std::string_view without_quotes(std::string_view text) {
  bool single = text.size() > 2 && text.front() == '\'' && text.back() == '\'';
  bool both = text.size() > 2 && text.front() == '"' && text.back() == '"' &&
              text.find('@') != std::string_view::npos;
  return single || both ? text.substr(1, text.size() - 2) : text;
}

// Exchange, for what came to it in another form: "IMCEASMTP-ann+40example+2Ecom@corp.example"
// ([MS-OXCMAIL] section 2.1.1.3.2): "_" for "/", "+" and two hexadecimal digits.
std::string decapsulated(std::string_view text) {
  constexpr std::string_view kBegin = "IMCEASMTP-";
  auto local = text.substr(0, text.rfind('@'));
  if (!ascii::istarts_with(local, kBegin)) return std::string(text);
  local.remove_prefix(kBegin.size());
  std::string out;
  for (std::size_t i = 0; i < local.size(); ++i) {
    auto code = local[i] == '+' ? parse_number<unsigned>(local.substr(i + 1, 2), 16) : std::nullopt;
    if (code && *code < 256) {
      out += static_cast<char>(*code);
      i += 2;
    } else {
      out += local[i] == '_' ? '/' : local[i];
    }
  }
  return is_mailbox(out) ? out : std::string(text);
}

}  // namespace

std::string mailbox_of(std::string_view text) {
  text = ascii::trim(text);
  auto open = text.rfind('<');
  if (open != std::string_view::npos) {
    auto close = text.find('>', open);
    text = ascii::trim(text.substr(open + 1, close == text.npos ? text.npos : close - open - 1));
  } else if (!text.starts_with('"')) {
    auto word = first_word(text);
    if (word.find('@') != std::string_view::npos) text = word;
  }
  if (ascii::istarts_with(text, "mailto:")) text.remove_prefix(7);
  if (ascii::istarts_with(text, "smtp:")) text.remove_prefix(5);
  text = without_route(without_quotes(text));
  while (text.ends_with('.') || text.ends_with(',') || text.ends_with(';') || text.ends_with('>'))
    text.remove_suffix(1);
  return decapsulated(text);
}

bool is_mailbox(std::string_view text) {
  if (text.size() > kMaxMailbox) return false;
  auto at = text.rfind('@');
  if (at == std::string_view::npos) return false;
  return is_local(text.substr(0, at)) && is_domain(text.substr(at + 1));
}

bool is_no_mailbox(std::string_view text) {
  if (ascii::istarts_with(text, "IMCEA")) return true;
  if (text.starts_with('"')) text.remove_prefix(1);
  if (text.starts_with('|') || text.starts_with(">") || text.starts_with(":")) return true;
  bool is_path = text.starts_with('/') || text.starts_with("~/") || text.starts_with("./");
  // "/S=ann/ADMD= /@gateway.example": X.400 within SMTP (RFC 2156), which is a mailbox.
  return is_path && (text.find('=') == std::string_view::npos || text.find('@') == text.npos);
}

std::string host_of(std::string_view text) {
  text = ascii::trim(text);
  if (text.starts_with('[')) {
    auto end = text.find(']');
    return ascii::to_lower(text.substr(1, end == text.npos ? text.npos : end - 1));
  }
  text = text.substr(0, text.find_first_of(" \t(;,[|"));
  while (text.ends_with('.') || text.ends_with(':')) text.remove_suffix(1);
  return ascii::to_lower(text);
}

}  // namespace mailtrust::bounce
