#pragma once
// One message of a run of `abuse report`, and the complaint it is part of.

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/expected.hpp"
#include "cli/report.hpp"
#include "complaint/complaint.hpp"
#include "json/value.hpp"

namespace mailtrust::commands {

struct AbuseCase {
  std::string file;
  std::size_t index = 0;
  std::string name;            ///< for people
  std::optional<Error> error;  ///< could not be read; or
  std::unique_ptr<complaint::Incident> incident;
  std::vector<std::string> doubts;  ///< of redaction
};

/// The complaint about one address: written, or why there is none.
struct AbuseComplaint {
  std::vector<AbuseCase*> cases;  ///< in order
  std::vector<std::string> to;
  std::string from;
  std::string mail;              ///< empty: there is none, because of
  std::string reason;            ///< a definite one, or
  std::optional<Error> trouble;  ///< what could not be told, or done
  std::string written;           ///< the file it went to
  bool sent = false;
  complaint::Coverage coverage;
  std::vector<json::Value> xarf;  ///< for each case, where wanted
};

using AbuseComplaints = std::vector<std::unique_ptr<AbuseComplaint>>;

/// The trace of the message that came first.
const received::Trace& trace_of(const AbuseComplaint& complaint);

/// What is answered for one message. Its complaint's mail is told with the first of its messages.
cli::Report report_of(const AbuseCase& one, const AbuseComplaint* complaint);

}  // namespace mailtrust::commands
