#include "dmarc/record.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dmarc/report_uri.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::dmarc {
namespace {

using tag_list::Tag;

std::string_view skip_blanks(std::string_view text) {
  while (!text.empty() && (text[0] == ' ' || text[0] == '\t')) text.remove_prefix(1);
  return text;
}

// dmarc-fo: "0" and "1" exclude each other, nothing twice.
bool is_failure_options(std::string_view value) {
  std::string seen;
  for (auto option : ascii::split(value, ':')) {
    auto text = ascii::to_lower(ascii::trim(option));
    if (text.size() != 1 || std::string_view("01ds").find(text) == std::string_view::npos)
      return false;
    if (seen.find(text) != std::string::npos) return false;
    seen += text;
  }
  return seen.find('0') == std::string::npos || seen.find('1') == std::string::npos;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : tags_(tag_list::parse(text)) {
    parsed_.record.text = text;
  }

  Parsed parse() {
    for (const auto& fault : tags_.faults) parsed_.faults.push_back({fault.column, fault.message});
    for (const auto& tag : tags_.tags)
      if (tags_.find(tag.name) == &tag) read(tag);  // of repeated tags the first
    if (parsed_.invalid_policy) record().p = record().sp = record().np = std::nullopt;
    std::ranges::stable_sort(parsed_.faults, {}, &Fault::column);
    return std::move(parsed_);
  }

 private:
  void read(const Tag& tag) {
    if (tag.name == "v") return;
    if (tag.name == "p") return policy(tag, record().p);
    if (tag.name == "sp") return policy(tag, record().sp);
    if (tag.name == "np") return policy(tag, record().np);
    if (tag.name == "rua") return uris(tag, record().rua);
    if (tag.name == "ruf") return uris(tag, record().ruf);
    if (tag.name == "adkim") return alignment(tag, record().adkim);
    if (tag.name == "aspf") return alignment(tag, record().aspf);
    if (tag.name == "t") return testing(tag);
    if (tag.name == "psd") return psd(tag);
    if (tag.name == "fo") return failure_options(tag);
    constexpr std::array<std::string_view, 3> kHistoric = {"pct", "rf", "ri"};
    bool historic = std::ranges::find(kHistoric, tag.name) != kHistoric.end();
    (historic ? record().historic_tags : record().unknown_tags).push_back(tag.name);
  }

  void policy(const Tag& tag, std::optional<Policy>& policy) {
    policy = policy_from_string(tag.value);
    if (policy) return;
    parsed_.invalid_policy = true;
    bad_value(tag, "none, quarantine or reject");
  }

  void alignment(const Tag& tag, Alignment& alignment) {
    if (ascii::iequals(tag.value, "s")) {
      alignment = Alignment::strict;
    } else if (!ascii::iequals(tag.value, "r")) {
      bad_value(tag, "r or s");
    }
  }

  void testing(const Tag& tag) {
    record().testing = ascii::iequals(tag.value, "y");
    if (!record().testing && !ascii::iequals(tag.value, "n")) bad_value(tag, "y or n");
  }

  void psd(const Tag& tag) {
    if (ascii::iequals(tag.value, "y")) {
      record().psd = Psd::yes;
    } else if (ascii::iequals(tag.value, "n")) {
      record().psd = Psd::no;
    } else if (!ascii::iequals(tag.value, "u")) {
      bad_value(tag, "y, n or u");
    }
  }

  void failure_options(const Tag& tag) {
    if (!is_failure_options(tag.value)) return bad_value(tag, "0 or 1, with d or s after a colon");
    record().fo = tag.value;
  }

  void uris(const Tag& tag, std::vector<std::string>& uris) {
    auto column = tag.value_column;
    for (auto part : ascii::split(tag.value, ',')) {
      auto text = ascii::trim(part);
      auto start = column + static_cast<std::size_t>(text.data() - part.data());
      column += part.size() + 1;
      auto uri = parse_report_uri(text);
      if (uri.fault.empty()) {
        uris.emplace_back(uri.text);
      } else {
        parsed_.faults.push_back(
            {start, tag.name + "= holds " + quote(text, 40) + ", which " + std::string(uri.fault)});
      }
    }
  }

  void bad_value(const Tag& tag, std::string_view expected) {
    parsed_.faults.push_back({tag.value_column, tag.name + '=' + quote(tag.value, 40) +
                                                    "; expected " + std::string(expected)});
  }

  Record& record() { return parsed_.record; }

  tag_list::Parsed tags_;
  Parsed parsed_;
};

}  // namespace

std::string_view to_string(Policy policy) {
  switch (policy) {
    case Policy::none: return "none";
    case Policy::quarantine: return "quarantine";
    case Policy::reject: return "reject";
  }
  return "none";
}

std::optional<Policy> policy_from_string(std::string_view text) {
  for (auto policy : {Policy::none, Policy::quarantine, Policy::reject})
    if (ascii::iequals(text, to_string(policy))) return policy;
  return std::nullopt;
}

std::string_view to_string(Alignment alignment) {
  return alignment == Alignment::strict ? "strict" : "relaxed";
}

Policy Record::for_domain() const {
  return p.value_or(Policy::none);
}

Policy Record::for_subdomains() const {
  return sp.value_or(for_domain());
}

Policy Record::for_nonexistent() const {
  return np.value_or(for_subdomains());
}

bool is_dmarc(std::string_view text) {
  if (!text.starts_with('v')) return false;
  text = skip_blanks(text.substr(1));
  if (!text.starts_with('=')) return false;
  text = skip_blanks(text.substr(1));
  if (!text.starts_with("DMARC1")) return false;
  text = skip_blanks(text.substr(6));
  return text.empty() || text[0] == ';';
}

Parsed parse_record(std::string_view text) {
  return Parser(text).parse();
}

Policy weakened(Policy policy) {
  return policy == Policy::reject ? Policy::quarantine : Policy::none;
}

}  // namespace mailtrust::dmarc
