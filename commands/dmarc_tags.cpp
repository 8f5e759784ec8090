#include "commands/dmarc_tags.hpp"

#include <string>

#include "tag_list/tag_list.hpp"

namespace mailtrust::commands {
namespace {

using dmarc::Policy;

std::string treatment(Policy policy) {
  switch (policy) {
    case Policy::none: return "is delivered as usual";
    case Policy::quarantine: return "goes to the spam folder";
    case Policy::reject: return "is refused";
  }
  return {};
}

std::string meaning_of_failure_options(const std::string& options) {
  std::string text = "failure reports ";
  text += options.find('1') != std::string::npos ? "when SPF or DKIM fails to pass aligned"
                                                 : "when neither SPF nor DKIM passes aligned";
  if (options.find('d') != std::string::npos) text += ", and for every signature that fails";
  if (options.find('s') != std::string::npos) text += ", and for every SPF failure";
  return text;
}

std::string meaning_of_psd(dmarc::Psd psd) {
  switch (psd) {
    case dmarc::Psd::no: return "this domain is an organizational domain";
    case dmarc::Psd::yes: return "a registry: others have the domains below";
    case dmarc::Psd::unspecified: break;
  }
  return "the tree walk finds the organizational domain";
}

// The rows of the table.
class Table {
 public:
  explicit Table(const dmarc::Parsed& parsed)
      : record_(parsed.record), tags_(tag_list::parse(parsed.record.text)), parsed_(parsed) {}

  cli::Value value() {
    policies();
    alignments();
    reports();
    others();
    return std::move(rows_);
  }

 private:
  void policies() {
    auto below = record_.for_subdomains();
    auto absent = record_.for_nonexistent();
    add("p", to_string(record_.for_domain()),
        parsed_.invalid_policy ? "p=, sp= or np= is invalid: none is taken for all"
                               : "mail that fails " + treatment(record_.for_domain()));
    add("sp", to_string(below), "that of subdomains " + treatment(below));
    add("np", to_string(absent), "that of invented names " + treatment(absent));
    add("t", record_.testing ? "y" : "n",
        record_.testing ? "test mode: the next weaker policy is applied" : "the policy is meant");
    add("psd", psd(), meaning_of_psd(record_.psd));
  }

  void alignments() {
    bool dkim_strict = record_.adkim == dmarc::Alignment::strict;
    add("adkim", dkim_strict ? "s" : "r",
        dkim_strict ? "only the domain in From may sign"
                    : "any domain of the organization may sign");
    bool spf_strict = record_.aspf == dmarc::Alignment::strict;
    add("aspf", spf_strict ? "s" : "r",
        spf_strict ? "only SPF of the domain in From counts"
                   : "SPF of any domain of the organization counts");
  }

  void reports() {
    addresses("rua", record_.rua, "aggregate reports");
    addresses("ruf", record_.ruf, "failure reports");
    add("fo", record_.fo,
        record_.ruf.empty() ? "nothing without ruf=" : meaning_of_failure_options(record_.fo));
  }

  void others() {
    for (const auto& name : record_.historic_tags)
      add(name, written(name), "of RFC 7489: no longer used");
    for (const auto& name : record_.unknown_tags) add(name, written(name), "has no meaning");
  }

  void addresses(const std::string& name, const std::vector<std::string>& uris,
                 const std::string& what) {
    if (uris.empty()) return add(name, "", "no " + what);
    auto count = std::to_string(uris.size()) + (uris.size() == 1 ? " address" : " addresses");
    add(name, joined(uris), what + " go there", count);
  }

  // `shown` is what fits a column, where the value does not.
  void add(const std::string& name, std::string_view value, std::string meaning,
           std::string_view shown = {}) {
    const auto* given = tags_.find(name);
    rows_.push_back(cli::Value::Object{{"tag", name},
                                       {"value", value},
                                       {"shown", shown.empty() ? value : shown},
                                       {"given", given != nullptr},
                                       {"source", given != nullptr ? "given" : "default"},
                                       {"meaning", std::move(meaning)}});
  }

  [[nodiscard]] std::string written(const std::string& name) const {
    const auto* tag = tags_.find(name);
    return tag == nullptr ? std::string{} : tag->value;
  }

  [[nodiscard]] std::string_view psd() const {
    if (record_.psd == dmarc::Psd::unspecified) return "u";
    return record_.psd == dmarc::Psd::yes ? "y" : "n";
  }

  static std::string joined(const std::vector<std::string>& uris) {
    std::string text;
    for (const auto& uri : uris) text += (text.empty() ? "" : ", ") + uri;
    return text;
  }

  const dmarc::Record& record_;
  tag_list::Parsed tags_;
  const dmarc::Parsed& parsed_;
  cli::Value::Array rows_;
};

}  // namespace

cli::Value tags_value(const dmarc::Parsed& parsed) {
  return Table(parsed).value();
}

cli::Style tags_style() {
  return {.kind = cli::Style::Kind::table,
          .label = "tag by tag",
          .columns = {"tag", "shown:value", "source", "meaning"}};
}

}  // namespace mailtrust::commands
