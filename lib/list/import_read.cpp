#include "list/import_read.hpp"

#include <utility>

#include "base/limits.hpp"
#include "list/lines.hpp"
#include "list/row.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kLinesBetweenSigns = 16384;

class FileReader {
 public:
  FileReader(std::size_t number, const ImportEvents& events, ImportSorter& sorter,
             ImportOutcome& outcome)
      : number_(number),
        events_(events),
        sorter_(sorter),
        outcome_(outcome),
        file_(outcome.files[number]) {}

  Expected<void> run() {
    auto lines = Lines::open(file_.file);
    if (!lines) {
      file_.failure = lines.error();
      return {};
    }
    while (auto octets = lines->next()) {
      if (auto done = take(*lines, *octets); !done) return done;
      if (lines->number() % kLinesBetweenSigns == 0) tell(*lines);
    }
    file_.failure = lines->failure();
    return {};
  }

 private:
  Expected<void> take(const Lines& lines, std::string_view octets) {
    auto line = lines.too_long() ? Line{.content = Line::Content::fault} : read_line(octets);
    if (line.content == Line::Content::nothing) return {};
    if (line.content == Line::Content::fault) {
      reject(lines, octets);
      return {};
    }
    key_.clear();
    append_key(key_, line);
    ++file_.lines;
    ++outcome_.lines;
    return sorter_.add({key_, number_, lines.number(), line.comment});
  }

  void reject(const Lines& lines, std::string_view octets) {
    ++file_.rejected;
    ++outcome_.rejected;
    bool told = outcome_.rejected <= limits::kMessagesPerInput;
    if (!told && !events_.rejected) return;
    Rejected rejected{lines.number(), fault_of(lines, octets), std::string(octets)};
    if (events_.rejected) events_.rejected(number_, rejected);
    if (told) file_.faults.push_back(std::move(rejected));
  }

  static Fault fault_of(const Lines& lines, std::string_view octets) {
    if (!lines.too_long()) return diagnose(octets);
    return {Code::too_long, limits::kListLine + 1,
            "the line is longer than " + std::to_string(limits::kListLine) + " octets"};
  }

  void tell(const Lines& lines) const {
    if (!events_.progress) return;
    auto fraction = lines.fraction();
    // Reading is the first half of the work.
    if (fraction)
      fraction = (static_cast<double>(number_) + *fraction) /
                 static_cast<double>(outcome_.files.size()) / 2;
    events_.progress(outcome_.lines, fraction);
  }

  std::size_t number_;
  const ImportEvents& events_;
  ImportSorter& sorter_;
  ImportOutcome& outcome_;
  ImportedFile& file_;
  std::string key_;
};

}  // namespace

Expected<void> read_files(const ImportOptions& options, const ImportEvents& events,
                          ImportSorter& sorter, ImportOutcome& outcome) {
  for (const auto& file : options.files) outcome.files.push_back({.file = file});
  for (std::size_t i = 0; i < outcome.files.size(); ++i)
    if (auto done = FileReader(i, events, sorter, outcome).run(); !done) return done;
  return sorter.finish();
}

}  // namespace mailtrust::list
