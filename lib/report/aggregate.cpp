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
    return finish();
  }

 private:
  Expected<Metadata> finish() {
    auto rest = cutter_.rest();
    if (!has_metadata_ && rest.empty())
      return fail(Error::Kind::input, "", "no DMARC report: there is no <feedback> in it");
    if (!has_metadata_) take_metadata(fragment_.parse(rest), cutter_);
    return std::move(metadata_);
  }

  void add_fault(std::size_t near, std::string_view element, std::string message) {
    auto at = text_.utf8().find(element, near);
    text_.add_fault(at == std::string_view::npos ? near : at, std::move(message));
  }

  // Nearly always it stands before the records. What is wrong is said when it is met again.
  Expected<void> look_ahead() {
    auto rest = cutter_.rest();
    if (auto top = fragment_.parse(rest); has_metadata(top)) {
      take_metadata(top, cutter_);
      return {};
    }
    auto told = faults_.size();
    RecordCutter ahead(text_);
    std::string octets;
    auto more = ahead.next(octets);
    while (more && *more) more = ahead.next(octets);
    faults_.resize(told);
    if (!more) return fail(more.error());
    rest = ahead.rest();
    take_metadata(fragment_.parse(rest), ahead);
    return {};
  }

  void take_metadata(Element top, const RecordCutter& cutter) {
    auto fault = [this](std::string_view element, std::string message) {
      add_fault(0, element, std::move(message));
    };
    metadata_ = read_metadata(top, fault);
    metadata_.namespaced = cutter.is_namespaced();
    has_metadata_ = true;
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
