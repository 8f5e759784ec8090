#pragma once
// One file or mail of reports: an answer for each document in it.

#include <cstddef>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

#include "cli/program.hpp"
#include "commands/report_inputs.hpp"
#include "report/envelope.hpp"

namespace mailtrust::commands {

/// The answers of `take`, in order, as one Report with others; an error where the file cannot be
/// read, or holds nothing.
cli::Report read_documents(mailbox::Item& item, const ReportInputs& inputs,
                           const std::function<cli::Report(const report::Document&)>& take);

/// The answer for a document that could not be read; a `where` of the error is a place in it.
cli::Report failed_document(const mailbox::Item& item, const report::Document& document,
                            Error error);

/// The same for what is no report; `expected`: "an SMTP TLS report".
cli::Report no_report(const mailbox::Item& item, const report::Document& document,
                      std::string_view expected);

/// "ticket": under it waits what is to be counted. 0: nothing does.
std::optional<std::int64_t> ticket_of(const cli::Report& report);

/// The page when there are none.
cli::Report nothing_wanted();

/// Answers the pages, parted by empty lines. The worst of their verdicts.
cli::Verdict answer_pages(const std::vector<cli::Report>& pages, bool quiet, cli::Output& output);

}  // namespace mailtrust::commands
