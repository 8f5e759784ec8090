#include "spf/trace.hpp"

#include <algorithm>

#include "dns/record_text.hpp"

namespace mailtrust::spf {
namespace {

constexpr std::size_t kRecordsShown = 10;
constexpr std::size_t kOctetsShown = 80;  // of a text

std::string in_quotes(const std::string& text) {
  bool whole = text.size() <= kOctetsShown;
  return '"' + (whole ? text : text.substr(0, kOctetsShown - 3) + "...") + '"';
}

std::string short_text(const dns::Record& record) {
  auto text = dns::record_text(record);
  return record.type == dns::Type::txt ? in_quotes(text) : text;
}

std::string short_text(const dns::Answer& answer) {
  if (answer.status == dns::Status::failed) return std::string(to_string(answer.failure));
  if (answer.status != dns::Status::found) return std::string(to_string(answer.status));
  std::string out;
  auto shown = std::min(answer.records.size(), kRecordsShown);
  for (std::size_t i = 0; i < shown; ++i)
    out += (i > 0 ? ", " : "") + short_text(answer.records[i]);
  auto more = answer.records.size() - shown;
  return more == 0 ? out : out + " and " + std::to_string(more) + " more";
}

}  // namespace

void Tracer::open(std::string domain, std::string term) {
  if (!on_) return;
  auto& node = open_.emplace_back();
  node.domain = std::move(domain);
  node.term = std::move(term);
}

void Tracer::asked(const dns::Name& name, dns::Type type, const dns::Answer& answer) {
  if (on_) open_.back().questions.push_back({{name, type}, answer.status, short_text(answer)});
}

void Tracer::close(std::string_view ending, std::string_view clause, unsigned lookups,
                   unsigned void_lookups) {
  if (!on_) return;
  auto node = std::move(open_.back());
  open_.pop_back();
  node.ending = ending;
  node.clause = clause;
  node.lookups = lookups;
  node.void_lookups = void_lookups;
  (open_.empty() ? roots_ : open_.back().children).push_back(std::move(node));
}

}  // namespace mailtrust::spf
