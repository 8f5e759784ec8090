#include "commands/dmarc_report_json.hpp"

#include <algorithm>
#include <utility>

#include "base/escape.hpp"
#include "commands/report_inputs.hpp"

namespace mailtrust::commands {
namespace {

void append_string(std::string& out, std::string_view text) {
  out += '"';
  if (is_plain(text))
    out += text;
  else
    append_json(out, text);
  out += '"';
}

cli::Value policy_value(const report::PublishedPolicy& policy) {
  return cli::Value::Object{
      {"domain", text_value(policy.domain)},   {"p", text_value(policy.p)},
      {"sp", text_value(policy.sp)},           {"np", text_value(policy.np)},
      {"adkim", text_value(policy.adkim)},     {"aspf", text_value(policy.aspf)},
      {"fo", text_value(policy.fo)},           {"pct", text_value(policy.pct)},
      {"testing", text_value(policy.testing)}, {"discovery", text_value(policy.discovery)}};
}

}  // namespace

// `key` with its quotes and colon, and what stands before it.
void RecordsJson::text(std::string_view key, std::string_view value) {
  out_ += key;
  append_string(out_, value);
}

void RecordsJson::text_or_null(std::string_view key, std::string_view value) {
  if (!value.empty()) return text(key, value);
  out_ += key;
  out_ += "null";
}

void RecordsJson::add(const report::Record& record, std::string_view reverse_name) {
  constexpr std::size_t kMost = 4U << 20;
  if (out_.size() > kMost) {
    if (!head_) head_ = std::make_shared<PackedText>();
    head_->add(out_);
    out_.clear();
  }
  out_ += out_.empty() && !head_ ? '[' : ',';
  text_or_null(R"({"source_ip":)", record.source_ip);
  raw(R"(,"count":)");
  constexpr auto kGreatest = static_cast<std::uint64_t>(INT64_MAX);
  raw(std::to_string(std::min(record.count, kGreatest)));
  text_or_null(R"(,"disposition":)", record.disposition);
  text_or_null(R"(,"dkim":)", record.dkim);
  text_or_null(R"(,"spf":)", record.spf);
  text_or_null(R"(,"header_from":)", record.header_from);
  text_or_null(R"(,"reverse_name":)", reverse_name);
  text_or_null(R"(,"envelope_from":)", record.envelope_from);
  text_or_null(R"(,"envelope_to":)", record.envelope_to);
  reasons(record);
  auth(record);
  raw("}");
}

void RecordsJson::reasons(const report::Record& record) {
  raw(R"(,"reasons":[)");
  for (const auto& reason : record.reasons) {
    if (&reason != record.reasons.data()) raw(",");
    text_or_null(R"({"type":)", reason.type);
    text_or_null(R"(,"comment":)", reason.comment);
    raw("}");
  }
  raw("]");
}

void RecordsJson::auth(const report::Record& record) {
  raw(R"(,"auth":[)");
  for (const auto& auth : record.auth) {
    if (&auth != record.auth.data()) raw(",");
    text(R"({"kind":)", auth.kind);
    text_or_null(R"(,"domain":)", auth.domain);
    text_or_null(auth.kind == "dkim" ? R"(,"selector":)" : R"(,"scope":)",
                 auth.kind == "dkim" ? auth.selector : auth.scope);
    text_or_null(R"(,"result":)", auth.result);
    raw("}");
  }
  raw("]");
}

cli::Value RecordsJson::take() {
  out_ += out_.empty() ? "[]" : "]";
  if (head_) head_->finish();
  return cli::Rendered{std::move(out_), std::move(head_)};
}

void add_metadata(cli::Report& report, const report::Metadata& metadata) {
  report.json("kind", "aggregate")
      .json("org", text_value(metadata.org))
      .json("email", text_value(metadata.email))
      .json("contact", text_value(metadata.contact))
      .json("report_id", text_value(metadata.report_id))
      .json("begin", moment_value(metadata.begin))
      .json("end", moment_value(metadata.end))
      .json("domain", text_value(metadata.policy.domain))
      .json("policy", policy_value(metadata.policy))
      .json("version", text_value(metadata.version))
      .json("generator", text_value(metadata.generator))
      .json("errors", cli::Value::list(metadata.errors));
}

}  // namespace mailtrust::commands
