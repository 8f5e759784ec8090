#include "dmarc/author.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "message/address.hpp"

namespace mailtrust::dmarc {
namespace {

constexpr std::string_view kExtraction = "RFC 9989 section 5.3.1";
constexpr std::string_view kFieldCount = "RFC 5322 section 3.6";

// "From" once the octets that a reader may overlook are gone: blanks, controls, a byte order mark.
bool reads_as_from(std::string_view line) {
  std::string name;
  for (char c : line.substr(0, line.find(':')))
    if (c > ' ' && c < '\x7f') name += c;
  return line.find(':') != std::string_view::npos && ascii::iequals(name, "From");
}

bool has_hidden_from(const message::Header& header) {
  if (header.oddities().no_field == 0) return false;
  return std::ranges::any_of(header.fields(), [](const message::Field& field) {
    return !field.is_field() && reads_as_from(field.raw);
  });
}

// Collects the domains of all From fields; the first fault is kept.
class Reader {
 public:
  void read(const message::Field& field) {
    auto list = message::parse_addresses(field.value);
    if (!list.faults.empty())
      tell("the From field cannot be relied on: " + list.faults.front().message);
    for (const auto& address : list.addresses)
      if (author_.domains.size() < limits::kAuthorDomains) add(address.domain);
  }

  void tell(std::string problem, std::string_view clause = kExtraction) {
    if (!author_.problem.empty()) return;
    author_.problem = std::move(problem);
    author_.clause = clause;
  }

  Author finish() {
    if (author_.domains.empty()) tell("the From field holds no address");
    if (author_.domains.size() > 1)
      tell("the From field holds addresses of several domains: " + quote(author_.domains[0], 40) +
           " and " + quote(author_.domains[1], 40));
    if (author_.problem.empty()) author_.domain = std::move(names_.front());
    return std::move(author_);
  }

 private:
  void add(const std::string& text) {
    auto name = name_of(text);
    auto known = [&](const std::string& other) { return ascii::iequals(text, other); };
    bool seen = name ? std::ranges::find(names_, *name) != names_.end()
                     : std::ranges::any_of(author_.domains, known);
    if (seen) return;
    author_.domains.push_back(text);
    if (name) names_.push_back(std::move(*name));
  }

  std::optional<dns::Name> name_of(const std::string& text) {
    if (text.starts_with('[')) {
      tell("the author's address is at " + quote(text, 40) + ", which is no domain");
      return std::nullopt;
    }
    auto name = dns::Name::parse_any(text);
    if (name && !name->is_root()) return std::move(*name);
    tell("the author's domain " + quote(text, 40) + " is none that DNS can hold");
    return std::nullopt;
  }

  Author author_;
  std::vector<dns::Name> names_;
};

}  // namespace

Author author_of(const message::Header& header) {
  Reader reader;
  auto fields = header.all("From");
  if (fields.empty()) reader.tell("there is no From field", kFieldCount);
  if (fields.size() > 1)
    reader.tell("there are " + std::to_string(fields.size()) + " From fields", kFieldCount);
  if (has_hidden_from(header))
    reader.tell("a malformed line of the header may be read as a From field", kFieldCount);
  for (const auto* field : fields) reader.read(*field);
  return reader.finish();
}

}  // namespace mailtrust::dmarc
