#include "report/aggregate.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "report/document_text.hpp"
#include "report/metadata.hpp"
#include "report/record_cutter.hpp"
#include "report/record_reader.hpp"
#include "report/xml.hpp"

namespace mailtrust::report {
namespace {

class Reading {
 public:
  Reading(std::string_view document, const RecordSink& sink, std::vector<Fault>& faults)
      : faults_(faults),
        text_(document, faults),
        cutter_(text_),
        sink_(sink),
        reader_([this](std::string_view element, std::string message) {
          add_fault(cutter_.record_at(), element, std::move(message));
        }) {}

  Expected<Metadata> read() {
    std::string octets;
    while (true) {
      auto more = cutter_.next(octets);
      if (!more) return fail(more.error());
      if (!*more) break;
      if (!has_metadata_) {
        auto found = look_ahead();
        if (!found) return fail(found.error());
      }
      if (!hand_on(octets)) return std::move(metadata_);
    }
    if (!has_metadata_) take_metadata(cutter_);
    if (!is_report_)
      return fail(Error::Kind::input, "", "no DMARC report: there is no <feedback> in it");
    return std::move(metadata_);
  }

 private:
  void add_fault(std::size_t near, std::string_view element, std::string message) {
    auto at = text_.utf8().find(element, near);
    text_.add_fault(at == std::string_view::npos ? near : at, std::move(message));
  }

  // Nearly always it stands before the records. What is wrong is said when it is met again.
  Expected<void> look_ahead() {
    auto rest = cutter_.rest();
    if (has_metadata(fragment_.parse(rest))) {
      take_metadata(cutter_);
      return {};
    }
    auto told = faults_.size();
    RecordCutter ahead(text_);
    std::string octets;
    auto more = ahead.next(octets);
    while (more && *more) more = ahead.next(octets);
    faults_.resize(told);
    if (!more) return fail(more.error());
    take_metadata(ahead);
    return {};
  }

  void take_metadata(const RecordCutter& cutter) {
    auto rest = cutter.rest();
    is_report_ = !rest.empty();
    has_metadata_ = true;
    if (!is_report_) return;
    auto fault = [this](std::string_view element, std::string message) {
      add_fault(0, element, std::move(message));
    };
    metadata_ = read_metadata(fragment_.parse(rest), fault);
    metadata_.namespaced = cutter.is_namespaced();
  }

  bool hand_on(std::string& octets) {
    auto element = fragment_.parse(octets).first();
    if (!element) add_fault(cutter_.record_at(), "record", "this record cannot be read");
    const auto* record = element ? reader_.read(element) : nullptr;
    return record == nullptr || sink_(metadata_, *record);
  }

  std::vector<Fault>& faults_;
  DocumentText text_;
  RecordCutter cutter_;
  const RecordSink& sink_;
  RecordReader reader_;
  Fragment fragment_;
  Metadata metadata_;
  bool has_metadata_ = false;
  bool is_report_ = true;
};

bool looks_like_one(std::string_view octets) {
  std::vector<Fault> ignored;
  DocumentText head(octets, ignored);
  auto text = head.utf8();
  auto has = [&](std::string_view what) { return text.find(what) != std::string_view::npos; };
  // What declares entities is refused by read_aggregate(), which says why. A web page is none.
  auto begin = text.substr(std::min(text.find('<'), text.size()));
  bool is_declared = begin.starts_with("<?xml") && has("<!DOCTYPE") && !has("<!DOCTYPE html");
  return has("<feedback") || has(":feedback") || has("<report_metadata") ||
         has("<policy_published") || is_declared;
}

}  // namespace

Expected<Metadata> read_aggregate(std::string_view document, const RecordSink& sink,
                                  std::vector<Fault>& faults) {
  return Reading(document, sink, faults).read();
}

bool is_aggregate(std::string_view document) {
  // Nearly all say so at once.
  constexpr std::size_t kNear = 1U << 10;
  constexpr std::size_t kFar = 64U << 10;
  return looks_like_one(document.substr(0, kNear)) ||
         (document.size() > kNear && looks_like_one(document.substr(0, kFar)));
}

}  // namespace mailtrust::report
