#include "commands/report_documents.hpp"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

namespace mailtrust::commands {

using cli::Report;
using report::Document;

Report read_documents(mailbox::Item& item, const ReportInputs& inputs,
                      const std::function<Report(const Document&)>& take) {
  auto octets = read_octets(item, inputs.max_size);
  if (!octets) return std::move(report_about(item, {}).error(octets.error()));
  std::vector<Report> answers;
  auto opened = report::open_envelope(*octets, [&](const Document& document) {
    auto answer = take(document);
    auto others = answer.take_others();
    answers.push_back(std::move(answer));
    std::ranges::move(others, std::back_inserter(answers));
    return true;
  });
  if (!opened) answers.push_back(failed_document(item, {}, opened.error()));
  if (answers.empty())
    answers.push_back(failed_document(item, {}, {Error::Kind::input, {}, "holds no report"}));
  auto first = std::move(answers.front());
  for (std::size_t i = 1; i < answers.size(); ++i) first.also(std::move(answers[i]));
  return first;
}

Report failed_document(const mailbox::Item& item, const Document& document, Error error) {
  auto place = std::exchange(error.where, name_of(item) + document.name);
  if (!place.empty()) error.where += ':' + place;
  return std::move(report_about(item, document.name).error(std::move(error)));
}

Report no_report(const mailbox::Item& item, const Document& document, std::string_view expected) {
  auto message = document.fault.empty()
                     ? "no report: expected " + std::string(expected) + ", also packed or in a mail"
                     : document.fault;
  return failed_document(item, document, {Error::Kind::input, {}, std::move(message)});
}

std::optional<std::int64_t> ticket_of(const Report& report) {
  auto field = std::ranges::find(report.fields(), "ticket", &Report::Field::key);
  if (field == report.fields().end() || field->value.integer() == nullptr) return std::nullopt;
  return *field->value.integer();
}

Report nothing_wanted() {
  Report page;
  page.field("headline", "no report is about that domain and time",
             {.kind = cli::Style::Kind::title})
      .judge(cli::Verdict::good);
  return page;
}

cli::Verdict answer_pages(const std::vector<Report>& pages, bool quiet, cli::Output& output) {
  auto verdict = cli::Verdict::good;
  for (const auto& page : pages) {
    if (&page != pages.data() && !quiet) output.write("\n");
    auto one = output.answer(page);
    if (one == cli::Verdict::bad || verdict == cli::Verdict::good) verdict = one;
  }
  return verdict;
}

}  // namespace mailtrust::commands
