#include "report/record_cutter.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "report/xml_text.hpp"

namespace mailtrust::report {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";
constexpr std::string_view kNamespace = "dmarc-2.0";

/// Elements that a report without <feedback> begins with.
constexpr std::array<std::string_view, 3> kInside = {"report_metadata", "policy_published",
                                                     "record"};

/// Elements that hold a text and nothing else, wherever they stand.
constexpr std::array<std::string_view, 24> kLeaves = {
    "adkim", "aspf",   "begin", "comment",     "count", "disposition",   "domain", "email",
    "end",   "error",  "fo",    "header_from", "np",    "envelope_from", "p",      "org_name",
    "pct",   "result", "scope", "selector",    "sp",    "source_ip",     "type",   "report_id"};

std::string_view local(std::string_view name) {
  return name.substr(name.rfind(':') + 1);
}

bool is_leaf(std::string_view name) {
  return std::ranges::find(kLeaves, local(name)) != kLeaves.end();
}

// A tag in a message.
std::string in_brackets(std::string_view name, std::string_view before = "<") {
  auto quoted = quote(name);
  return std::string(before) + quoted.substr(1, quoted.rfind('"') - 1) + '>';
}

std::string end_in_brackets(std::string_view name) {
  return in_brackets(local(name), "</");
}

std::string end_tag(std::string_view name) {
  return "</" + std::string(local(name)) + '>';
}

}  // namespace

RecordCutter::RecordCutter(DocumentText& document)
    : document_(document),
      text_(document.utf8()),
      writer_(text_, limits::kReportFragment),
      has_odd_octets_(has_odd_octets(text_)) {}

Expected<bool> RecordCutter::next(std::string& record) {
  record.clear();
  while (place_ != Place::behind && at_ < text_.size()) {
    auto taken = take_text(std::min(text_.find('<', at_), text_.size()));
    if (!taken) return fail(taken.error());
    if (at_ >= text_.size()) break;
    auto is_record = take_markup(record);
    if (!is_record || *is_record) return is_record;
  }
  auto finished = finish();
  if (!finished) return fail(finished.error());
  return false;
}

std::string RecordCutter::rest() const {
  auto rest = rest_;
  auto level = is_record_open() ? record_level_ - 1 : open_.size();
  for (; level > 0; --level)
    if (open_[level - 1].is_kept) rest += end_tag(open_[level - 1].name);
  return rest;
}

Expected<void> RecordCutter::take_text(std::size_t end) {
  auto text = text_.substr(at_, end - at_);
  if (place_ == Place::before) {
    if (at_ == 0 && text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
    if (!is_blank(text) && open_.empty())
      document_.add_fault(at_, grouped(text.size()) + " octets in front of the XML");
  } else {
    if (text.size() > limits::kXmlText)
      return over(at_, "a text of more than " + grouped(limits::kXmlText) + " octets");
    has_text_ = is_after_start_ && !is_blank(text);
    if (has_odd_octets_) check_octets(end);
  }
  at_ = end;
  return {};
}

void RecordCutter::check_octets(std::size_t end) {
  for (auto at = at_; at < end; ++at) {
    auto what = odd_octet(text_.substr(at, end - at));
    if (what.empty()) continue;
    document_.add_fault(at, std::string(what));
    if (text_[at] == '\0') writer_.replace(at, at + 1, "\xef\xbf\xbd");
  }
}

Expected<bool> RecordCutter::take_markup(std::string& record) {
  auto rest = text_.substr(at_);
  if (rest.starts_with("<!")) return take_declaration();
  if (rest.starts_with("<?")) return take_section("?>", "an instruction (<?)");
  auto tag = read_tag(rest);
  if (!tag) {
    take_stray();
    return false;
  }
  if (tag->attribute_count > limits::kXmlAttributes)
    return over(at_, "more than " + grouped(limits::kXmlAttributes) + " attributes of one element");
  if (tag->longest_value > limits::kXmlText)
    return over(at_, "a value of more than " + grouped(limits::kXmlText) + " octets");
  return tag->is_end ? take_end(*tag) : take_start(*tag, record);
}

Expected<bool> RecordCutter::take_declaration() {
  auto rest = text_.substr(at_);
  if (rest.starts_with("<!--")) return take_section("-->", "a comment (<!--)");
  if (ascii::istarts_with(rest, "<!DOCTYPE"))
    return fail(Error::Kind::input, document_.where(at_),
                "a DOCTYPE: no report has one, and it could make the rest mean anything; refused");
  if (!rest.starts_with("<![CDATA[")) {
    take_stray();
    return false;
  }
  auto end = rest.find("]]>");
  if (end != std::string_view::npos && end > limits::kXmlText)
    return over(at_, "a text of more than " + grouped(limits::kXmlText) + " octets");
  if (end == std::string_view::npos) return take_section("]]>", "a text (<![CDATA[)");
  at_ += end + 3;
  return false;
}

Expected<bool> RecordCutter::take_section(std::string_view end, std::string_view what) {
  auto found = text_.find(end, at_);
  if (found == std::string_view::npos)
    document_.add_fault(at_, std::string(what) + " that does not end; the rest is left out");
  auto next = found == std::string_view::npos ? text_.size() : found + end.size();
  writer_.replace(at_, next, {});
  at_ = next;
  return false;
}

// What looks like the start of markup and is none is text, as the writer meant it.
void RecordCutter::take_stray() {
  bool is_cut = text_.find_first_of("<>", at_ + 1) == std::string_view::npos;
  document_.add_fault(
      at_, is_cut ? "the document ends inside a tag" : "\"<\" that begins no tag; read as text");
  writer_.replace(at_, at_ + 1, "&lt;");
  ++at_;
  has_text_ = is_after_start_;
}

Expected<bool> RecordCutter::take_start(const Tag& tag, std::string& record) {
  auto name = tag.local_name();
  if (place_ == Place::before) begin_report(tag);
  if (has_text_ && is_leaf(open_.back().name) && end_missing()) return true;
  if (is_record_open() && name == "record") {
    while (!end_missing()) {
    }
    return end_record();
  }
  if (open_.size() >= limits::kXmlDepth)
    return over(at_, "more than " + grouped(limits::kXmlDepth) + " elements within one another");
  bool begins_record = place_ == Place::inside && !is_record_open() && name == "record";
  if (begins_record) {
    auto begun = begin_record(record);
    if (!begun) return fail(begun.error());
  }
  write_start(tag);
  open_.push_back({tag.name, place_ == Place::inside});
  if (begins_record) record_level_ = open_.size();
  is_after_start_ = !tag.is_empty;
  has_text_ = false;
  at_ += tag.size;
  return tag.is_empty && end_top() && end_record();
}

void RecordCutter::begin_report(const Tag& tag) {
  auto name = tag.local_name();
  bool is_inside = std::ranges::find(kInside, name) != kInside.end();
  if (name != "feedback" && !is_inside) return;
  if (is_inside) document_.add_fault(at_, in_brackets(name) + " without <feedback> around it");
  place_ = Place::inside;
  has_rest_ = true;
  writer_.begin(&rest_, at_);
}

// White space between records would add up.
Expected<void> RecordCutter::begin_record(std::string& record) {
  if (has_rest_) writer_.copy_to(at_);
  if (writer_.take_over())
    return over(at_,
                "more than " + grouped(limits::kReportFragment) + " octets besides the records");
  has_rest_ = false;
  writer_.begin(&record, at_);
  record_at_ = at_;
  return {};
}

// Attributes say nothing that a report needs, but for the namespace; nor do prefixes.
void RecordCutter::write_start(const Tag& tag) {
  has_rest_ = has_rest_ || !is_record_open();
  auto name = tag.local_name();
  if (tag.attributes.empty() && name.size() == tag.name.size()) return;
  if (tag.attributes.find(kNamespace) != std::string_view::npos) is_namespaced_ = true;
  auto plain = '<' + std::string(name) + (tag.is_empty ? "/>" : ">");
  writer_.replace(at_, at_ + tag.size, plain);
}

Expected<bool> RecordCutter::take_end(const Tag& tag) {
  auto has_name = [&](const Open& open) { return open.name == tag.name; };
  auto found = std::find_if(open_.rbegin(), open_.rend(), has_name);
  if (found == open_.rend()) return take_unmatched_end(tag);
  auto level = static_cast<std::size_t>(open_.rend() - found);
  while (open_.size() > level)
    if (end_missing()) return end_record();
  at_ += tag.size;
  if (tag.size != tag.local_name().size() + 3)
    writer_.replace(at_ - tag.size, at_, end_tag(tag.name));
  return end_top() && end_record();
}

// Behind a text it is a slip of the name.
bool RecordCutter::take_unmatched_end(const Tag& tag) {
  bool is_slip = is_after_start_ && (has_text_ || is_leaf(open_.back().name));
  auto message = end_in_brackets(tag.name) +
                 (is_slip ? ", where " + end_in_brackets(open_.back().name) + " belongs"
                          : " that ends nothing; passed over");
  document_.add_fault(at_, message);
  writer_.replace(at_, at_ + tag.size, is_slip ? end_tag(open_.back().name) : "");
  at_ += tag.size;
  return is_slip && end_top() && end_record();
}

// True when that was the record.
bool RecordCutter::end_top() {
  bool is_record = open_.size() == record_level_;
  if (place_ == Place::inside && local(open_.back().name) == "feedback") place_ = Place::behind;
  open_.pop_back();
  is_after_start_ = has_text_ = false;
  return is_record;
}

bool RecordCutter::end_missing() {
  document_.add_fault(at_, "no end tag for " + in_brackets(open_.back().name) + " before this");
  writer_.replace(at_, at_, end_tag(open_.back().name));
  return end_top();
}

bool RecordCutter::end_record() {
  writer_.copy_to(at_);
  writer_.begin(&rest_, at_);
  record_level_ = 0;
  if (!writer_.take_over()) return true;
  document_.add_fault(record_at_, "a record of more than " + grouped(limits::kReportFragment) +
                                      " octets, which is the limit; it is left out");
  return false;
}

Expected<void> RecordCutter::finish() {
  if (is_record_open()) {
    document_.add_fault(record_at_, "the document ends inside this record, which is left out");
    open_.resize(record_level_ - 1);
    record_level_ = 0;
    writer_.begin(&rest_, text_.size());
  } else if (place_ == Place::inside && has_rest_) {
    writer_.copy_to(at_);
  }
  if (place_ == Place::behind) writer_.copy_to(at_);
  if (writer_.take_over())
    return over(at_,
                "more than " + grouped(limits::kReportFragment) + " octets besides the records");
  bool is_cut = place_ == Place::inside && !open_.empty();
  if (is_cut)
    document_.add_fault(at_, "the document ends before " + end_in_brackets(open_[0].name));
  auto behind = text_.substr(at_);
  if (open_.empty() && !is_blank(behind))
    document_.add_fault(at_, grouped(behind.size()) + " octets behind the report are left out");
  writer_.begin(nullptr, text_.size());
  place_ = Place::behind;
  at_ = text_.size();
  return {};
}

Unexpected RecordCutter::over(std::size_t at, const std::string& message) {
  return fail(Error::Kind::input, document_.where(at), message + ", which is the limit");
}

}  // namespace mailtrust::report
