#include "cli/raw_output.hpp"

#include <string>
#include <utility>

#include "cli/render.hpp"

namespace mailtrust::cli {

void RawOutput::write(std::string_view octets) {
  if (run_.screen.terminal) run_.console.clear();
  run_.out.append(octets);
  if (run_.screen.terminal) run_.out.flush();
}

Verdict RawOutput::answer(const Report& report) {
  if (run_.screen.terminal) run_.console.clear();
  std::string text;
  std::vector<dns::Evidence> evidence;
  bool shows = run_.globals.verbose && inquiry_ != nullptr;
  if (shows) evidence = new_evidence();
  const auto* shown = shows ? &evidence : nullptr;
  if (run_.globals.json)
    append_json_line(text, report, shown);
  else if (!run_.globals.quiet)
    append_text(text, report, run_.screen, shown);
  run_.out.append(text);
  if (run_.screen.terminal) run_.out.flush();
  if (report.error()) complain(*report.error());
  return report.verdict();
}

void RawOutput::complain(const Error& error) {
  run_.out.flush();
  run_.console.complain(error);
}

void RawOutput::progress(std::size_t done, std::optional<double> fraction) {
  if (run_.console.shows_progress()) run_.console.show({done, fraction});
}

bool RawOutput::is_open() const {
  return run_.out.state() == Stdout::State::open;
}

// The look-ups since the answer before.
std::vector<dns::Evidence> RawOutput::new_evidence() {
  auto evidence = inquiry_->evidence();
  auto old = static_cast<std::ptrdiff_t>(std::exchange(shown_, evidence.size()));
  evidence.erase(evidence.begin(), evidence.begin() + old);
  return evidence;
}

}  // namespace mailtrust::cli
