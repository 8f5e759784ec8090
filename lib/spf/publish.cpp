#include "spf/publish.hpp"

#include <algorithm>

#include "dns/txt_line.hpp"

namespace mailtrust::spf {
namespace {

// Header 12, question 4 beside its name, the record 12 beside its RDATA, OPT 11.
constexpr std::size_t kAroundRdata = 12 + 4 + 12 + 11;

struct Span {
  std::size_t begin = 0;
  std::size_t end = 0;
};

Span term_at(std::string_view record, std::size_t column) {
  auto begin = std::min(column - 1, record.size());
  auto end = std::min(record.find(' ', begin), record.size());
  return {begin, end};
}

}  // namespace

std::size_t answer_octets(const dns::Name& name, std::string_view text) {
  return kAroundRdata + name.wire().size() + text.size() + dns::txt_string_count(text);
}

std::string without_term(std::string_view record, std::size_t column) {
  auto [begin, end] = term_at(record, column);
  while (begin > 0 && record[begin - 1] == ' ') --begin;
  return std::string(record.substr(0, begin)) + std::string(record.substr(end));
}

std::string with_term(std::string_view record, std::size_t column, std::string_view replacement) {
  auto [begin, end] = term_at(record, column);
  return std::string(record.substr(0, begin)) + std::string(replacement) +
         std::string(record.substr(end));
}

}  // namespace mailtrust::spf
