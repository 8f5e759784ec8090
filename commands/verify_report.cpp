#include "commands/verify_report.hpp"

#include "commands/verify_values.hpp"
#include "message/address.hpp"
#include "verify/conclusion.hpp"
#include "verify/lint.hpp"

namespace mailtrust::commands {
namespace {

using cli::Style;
using cli::Value;
using Kind = cli::Style::Kind;

cli::Verdict verdict(verify::Standing standing) {
  switch (standing) {
    case verify::Standing::genuine: return cli::Verdict::good;
    case verify::Standing::unproven: return cli::Verdict::bad;
    case verify::Standing::unknown: return cli::Verdict::unknown;
  }
  return cli::Verdict::unknown;
}

// A field of the header as people read it; null when it is not there.
Value readable(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  if (field == nullptr) return {};
  return message::decode_words(message::on_one_line(field->value));
}

// On lines of its own as it is pasted into a header: LF, and none at the end.
std::string pasted(std::string field) {
  std::erase(field, '\r');
  while (field.ends_with('\n')) field.pop_back();
  return field;
}

std::string alignment_label(const dmarc::Evaluation& evaluation) {
  if (!evaluation.author_domain) return "alignment";
  return "alignment with " + to_string(*evaluation.author_domain);
}

void add_parts(cli::Report& report, const verify::Outcome& outcome) {
  report.field("from", readable(outcome.header, "From"))
      .field("subject", readable(outcome.header, "Subject"))
      .field("client", outcome.spf ? Value(outcome.spf->source) : Value())
      .field("spf", spf_value(outcome), {.kind = Kind::area, .label = "SPF"})
      .field("arc", arc_value(outcome.arc),
             {.kind = outcome.arc.result == arc::Result::none ? Kind::hidden : Kind::area,
              .label = "ARC"})
      .field("dmarc", dmarc_value(outcome.dmarc), {.kind = Kind::area, .label = "DMARC"})
      .field("dkim", signatures_value(outcome),
             {.kind = Kind::table,
              .label = "signatures",
              .columns = {"domain", "selector", "algorithm", "bits", "result", "reason"}})
      .field("identities", identities_value(outcome.dmarc),
             {.kind = Kind::table,
              .label = alignment_label(outcome.dmarc),
              .columns = {"method", "domain", "result", "mode", "alignment:aligned"}})
      .field("claims", claims_value(outcome.claims),
             {.kind = Kind::table,
              .label = "others' words, not believed",
              .columns = {"line", "field", "authserv_id:by", "text"}});
}

}  // namespace

void add_verification(cli::Report& report, const verify::Outcome& outcome, const std::string& name,
                      bool with_received_spf) {
  auto conclusion = verify::conclude(outcome);
  report.field("conclusion", conclusion.sentence,
               {.kind = Kind::title, .label = name + ": " + conclusion.sentence});
  add_parts(report, outcome);
  report.field("authentication_results", pasted(outcome.authentication_results),
               {.kind = Kind::paste, .label = "to insert"});
  report.field("received_spf",
               outcome.received_spf.empty() ? Value() : Value(pasted(outcome.received_spf)),
               {.kind = with_received_spf ? Kind::paste : Kind::hidden, .label = "Received-SPF"});
  report.findings(verify::lint(outcome, name)).judge(verdict(conclusion.standing));
}

}  // namespace mailtrust::commands
