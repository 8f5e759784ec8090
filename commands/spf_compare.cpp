#include "commands/spf_compare.hpp"

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "commands/spf_words.hpp"
#include "dns/zone_resolver.hpp"
#include "spf/diff.hpp"

namespace mailtrust::commands {
namespace {

// A zone file in front of DNS: what it holds, and all below the domain it is about, is answered
// from it.
class ZoneInFront : public dns::Resolver {
 public:
  ZoneInFront(dns::Resolver& zone, dns::Resolver& below, dns::Name domain)
      : zone_(zone), below_(below), domain_(std::move(domain)) {}

  dns::AnswerPtr query(const dns::Question& question) override {
    auto answer = zone_.query(question);
    bool absent = answer->status == dns::Status::nxdomain;
    return absent && !question.name.is_within(domain_) ? below_.query(question) : answer;
  }

 private:
  dns::Resolver& zone_;
  dns::Resolver& below_;
  dns::Name domain_;
};

// One side of a comparison, surveyed.
struct Side {
  std::optional<dns::Name> domain;  // nothing: a record that is nobody's
  spf::Survey survey;
};

bool is_record(std::string_view text) {
  return ascii::istarts_with(text, "v=spf1");
}

bool is_file(const std::string& text) {
  std::error_code ignored;
  return text == "-" || std::filesystem::is_regular_file(text, ignored);
}

// The shortest name in the file that has an SPF record; the others are usually included by it.
Expected<dns::Name> domain_in(dns::ZoneResolver& zone, const std::string& file) {
  std::vector<dns::Name> owners;
  for (auto& name : zone.owners(dns::Type::txt))
    if (std::ranges::any_of(zone.txt(name).records, spf::is_spf)) owners.push_back(std::move(name));
  std::ranges::stable_sort(owners, {}, &dns::Name::label_count);
  if (owners.empty()) return fail(Error::Kind::input, file, "holds no SPF record");
  if (owners.size() > 1 && owners[0].label_count() == owners[1].label_count())
    return fail(Error::Kind::usage, file,
                "holds several SPF records, such as at " + to_string(owners[0]) + " and " +
                    to_string(owners[1]) + "; say which by --domain");
  return owners.front();
}

Expected<Side> side_of_zone(const std::string& file, dns::Resolver& resolver,
                            const std::optional<dns::Name>& wanted) {
  std::vector<std::string> paths = {file};
  auto zone = dns::ZoneResolver::load(paths);
  if (!zone) return fail(zone.error().front());
  auto domain = wanted ? Expected<dns::Name>(*wanted) : domain_in(**zone, file);
  if (!domain) return fail(domain.error());
  ZoneInFront both(**zone, resolver, *domain);
  return Side{*domain, spf::survey(both, *domain)};
}

Side side_of_record(const std::string& text, dns::Resolver& resolver,
                    const std::optional<dns::Name>& wanted) {
  // A record without a domain: nothing is at this name (RFC 6761 section 6.4), so that "a" and "mx"
  // match nobody.
  auto domain = wanted ? *wanted : *dns::Name::read("record.invalid");
  dns::OverlayResolver overlay(resolver);
  overlay.set_txt(domain, {text});
  return {wanted, spf::survey(overlay, domain)};
}

Expected<Side> side_of(const std::string& text, dns::Resolver& resolver,
                       const std::optional<dns::Name>& wanted) {
  if (is_record(text)) return side_of_record(text, resolver, wanted);
  if (is_file(text)) return side_of_zone(text, resolver, wanted);
  auto domain = dns::Name::parse(text);
  if (!domain || text.find('/') != std::string::npos)
    return fail(Error::Kind::input, text, "not a record, a zone file or a domain");
  return Side{*domain, spf::survey(resolver, *domain)};
}

// Whose records are compared, where --domain does not say: a record beside a domain or a zone is
// that domain's.
Expected<std::optional<dns::Name>> common_domain(const std::string& old_side,
                                                 const std::string& new_side,
                                                 dns::Resolver& resolver) {
  if (is_record(old_side) == is_record(new_side)) return std::optional<dns::Name>();
  auto named = side_of(is_record(old_side) ? new_side : old_side, resolver, {});
  if (!named) return fail(named.error());
  return std::move(named->domain);
}

cli::Value record_of(const spf::Survey& survey) {
  const auto& texts = survey.root().texts;
  return texts.size() == 1 ? cli::Value(texts.front()) : cli::Value();
}

}  // namespace

void publish(dns::OverlayResolver& overlay, dns::Resolver& resolver, const dns::Name& domain,
             const std::string& record) {
  std::vector<std::string> texts = {record};
  for (auto& text : resolver.txt(domain).records)
    if (!spf::is_spf(text)) texts.push_back(std::move(text));
  overlay.set_txt(domain, texts);
}

void add_change(cli::Report& report, const spf::Survey& before, const spf::Survey& after) {
  auto change = spf::difference(before, after);
  if (!change) {
    report.field("change", "could not tell: DNS did not answer for all that the records lead to");
    if (report.verdict() == cli::Verdict::good) report.judge(cli::Verdict::unknown);
    return;
  }
  report.field("change", sentence(*change))
      .json("lookups_change", change->lookups)
      .field("added", prefix_list(change->added), {.kind = cli::Style::Kind::items})
      .field("removed", prefix_list(change->removed), {.kind = cli::Style::Kind::items})
      .json("same_treatment", change->same_treatment);
}

// A side without a record has nothing to compare.
void add_missing(cli::Report& report, const Side& side, std::string_view which) {
  if (side.survey.root().status != spf::RecordStatus::missing) return;
  auto where = side.domain ? to_string(*side.domain) : std::string(which);
  report.finding(finding::make("spf.missing", where, std::string(which) + " has no SPF record"));
  report.judge(cli::Verdict::bad);
}

cli::Report compare(const cli::Input& input, cli::Context& context, const CompareOptions& options) {
  cli::Report report;
  auto domain = options.domain ? Expected<std::optional<dns::Name>>(options.domain)
                               : common_domain(*options.old_side, input.text, context.resolver);
  if (!domain) return report.json("domain", nullptr).error(domain.error());
  auto before = side_of(*options.old_side, context.resolver, *domain);
  auto after = side_of(input.text, context.resolver, *domain);
  if (!before) return report.json("domain", nullptr).error(before.error());
  if (!after) return report.json("domain", nullptr).error(after.error());
  report.json("domain", after->domain ? cli::Value(to_string(*after->domain)) : cli::Value())
      .field("old", record_of(before->survey), {.kind = cli::Style::Kind::paste})
      .field("new", record_of(after->survey), {.kind = cli::Style::Kind::paste})
      .findings({});
  add_change(report, before->survey, after->survey);
  auto change = spf::difference(before->survey, after->survey);
  // As diff(1): a difference is a definite answer of its own.
  if (change && !change->same_treatment) report.judge(cli::Verdict::bad);
  add_missing(report, *before, "the old side");
  add_missing(report, *after, "the new side");
  return report;
}

}  // namespace mailtrust::commands
