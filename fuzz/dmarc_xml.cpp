// DMARC aggregate reports (RFC 7489 appendix C, RFC 9990): read to the end, or to the first record.
#include <string>

#include "base/limits.hpp"
#include "fuzz/pieces.hpp"
#include "fuzz/target.hpp"
#include "report/aggregate.hpp"
#include "report/document_text.hpp"

using namespace mailtrust;

namespace {

struct Read {
  std::string records;
  std::size_t count = 0;
  std::vector<report::Fault> faults;
  bool is_sound = false;  ///< no Error
};

Read read(std::string_view document, std::size_t most = SIZE_MAX) {
  Read read;
  auto sink = [&](const report::Metadata& metadata, const report::Record& record) {
    read.records.append(metadata.org).append(record.source_ip).append(record.header_from);
    for (const auto& result : record.auth) read.records.append(result.kind).append(result.domain);
    read.records += std::to_string(record.count) + '\n';
    return ++read.count < most;
  };
  read.is_sound = report::read_aggregate(document, sink, read.faults).has_value();
  return read;
}

// The same octets as UTF-16, where they are ASCII.
std::string utf16(std::string_view document) {
  std::string wide = "\xfe\xff";
  for (char c : document) wide += std::string{'\0', c};
  return wide;
}

bool is_ascii(std::string_view document) {
  return std::ranges::all_of(document, [](char c) { return static_cast<signed char>(c) > 0; });
}

}  // namespace

MAILTRUST_FUZZ(dmarc_xml, octets) {
  auto whole = read(octets);
  require(whole.faults.size() <= limits::kMessagesPerInput + 1, "no more faults than are told");
  require(whole.count <= octets.size() / 8, "a record takes some octets");
  if (!fuzz::is_one_of(4, octets)) return;
  auto first = read(octets, 1);
  require(first.count == std::min<std::size_t>(whole.count, 1), "the first one is there");
  require(whole.records.starts_with(first.records), "and the same");
  if (!is_ascii(octets)) return;
  if (octets.find("encoding") != std::string_view::npos) return;
  require(read(utf16(octets)).records == whole.records, "UTF-16 tells the same");
}
