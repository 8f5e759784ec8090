#include "report/record_reader.hpp"

#include <utility>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "net/address.hpp"

namespace mailtrust::report {

const Record* RecordReader::read(Element element) {
  record_.source_ip = record_.disposition = record_.dkim = record_.spf = {};
  record_.header_from = record_.envelope_from = record_.envelope_to = {};
  record_.reasons.clear();
  record_.auth.clear();
  count_.reset();
  has_row_ = false;
  for (auto part = element.first(); part; part = part.next()) read_part(part);
  if (!has_row_) fault_("record", "no <row> in this record, which is left out");
  if (count_) record_.count = *count_;
  return count_ ? &record_ : nullptr;
}

// Also of a part that stands within the one before, for want of an end tag.
void RecordReader::read_part(Element part) {
  auto name = part.name();
  if (name == "row" && !has_row_) read_row(part);
  // Drafts before RFC 7489 say "identities".
  if (name == "identifiers" || name == "identities") read_identifiers(part);
  if (name == "auth_results") read_results(part);
}

void RecordReader::read_row(Element row) {
  has_row_ = true;
  Element count;
  for (auto part = row.first(); part; part = part.next()) {
    auto name = part.name();
    if (name == "source_ip") read_source(part);
    if (name == "count") count = part;
    if (name == "policy_evaluated") read_policy(part);
    read_part(part);
  }
  if (!count) return fault_("row", "no <count> in this record, which is left out");
  count_ = parse_number<std::uint64_t>(count.text());
  if (!count_) fault_("count", quote(count.text()) + " is no count; the record is left out");
}

// IPv4 in the one strict form is as to_string() would have it.
void RecordReader::read_source(Element source) {
  auto text = source.text();
  record_.source_ip = text;
  auto address = net::Address::read(text);
  if (!address) return fault_("source_ip", quote(text) + " is no address");
  if (address->is_v4()) return;
  address_ = net::to_string(address->unmapped());
  record_.source_ip = address_;
}

void RecordReader::read_policy(Element policy) {
  for (auto part = policy.first(); part; part = part.next()) {
    auto name = part.name();
    if (name == "disposition") record_.disposition = part.lower_text();
    if (name == "dkim") record_.dkim = part.lower_text();
    if (name == "spf") record_.spf = part.lower_text();
    if (name != "reason") continue;
    OverrideReason reason{part.child("type").lower_text(), part.child("comment").text()};
    if (!reason.type.empty() || !reason.comment.empty()) record_.reasons.push_back(reason);
  }
}

// Of several the first that says something.
void RecordReader::read_identifiers(Element identifiers) {
  auto take = [](std::string_view& value, Element element) {
    if (value.empty()) value = element.lower_text();
  };
  for (auto part = identifiers.first(); part; part = part.next()) {
    auto name = part.name();
    if (name == "header_from") take(record_.header_from, part);
    if (name == "envelope_from") take(record_.envelope_from, part);
    if (name == "envelope_to") take(record_.envelope_to, part);
    read_part(part);
  }
}

void RecordReader::read_results(Element results) {
  for (auto part = results.first(); part; part = part.next()) {
    bool is_dkim = part.name() == "dkim";
    if (!is_dkim && part.name() != "spf") continue;
    AuthResult result;
    result.kind = is_dkim ? "dkim" : "spf";
    for (auto value = part.first(); value; value = value.next()) {
      auto name = value.name();
      if (name == "domain") result.domain = value.lower_text();
      if (name == "selector") result.selector = value.lower_text();
      if (name == "scope") result.scope = value.lower_text();
      if (name == "result") result.result = value.lower_text();
    }
    record_.auth.push_back(result);
  }
}

}  // namespace mailtrust::report
