#include "spf/publish.hpp"

#include <algorithm>

#include "dns/txt_line.hpp"

namespace mailtrust::spf {
namespace {

// Header 12, question 4 beside its name, the record 12 beside its RDATA, OPT 11.
constexpr std::size_t kAroundRdata = 12 + 4 + 12 + 11;

void end_at_word(std::string& text) {
  while (text.ends_with(' ')) text.pop_back();
}

}  // namespace

std::size_t answer_octets(const dns::Name& name, std::string_view text) {
  return kAroundRdata + name.wire().size() + text.size() + dns::txt_string_count(text);
}

std::string edited(std::string_view record, const Edits& edits) {
  std::string out;
  std::size_t at = 0;
  for (const auto& [column, term] : edits) {
    auto begin = std::clamp(column - 1, at, record.size());
    out += record.substr(at, begin - at);
    at = std::min(record.find(' ', begin), record.size());
    bool is_behind = column > record.size();
    if (term.empty() || is_behind) end_at_word(out);
    if (is_behind) out += ' ';
    out += term;
  }
  return out += record.substr(at);
}

}  // namespace mailtrust::spf
