#include "complaint/feedback.hpp"

#include <algorithm>
#include <utility>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/limits.hpp"
#include "complaint/feedback_parts.hpp"
#include "complaint/incident.hpp"
#include "message/address.hpp"
#include "message/date.hpp"
#include "received/peer.hpp"

namespace mailtrust::complaint {
namespace {

using message::Part;

constexpr int kMostForwards = 3;

bool is_message(const Part& part) {
  const auto& type = part.content_type.type;
  return type == "message/rfc822" || type == "message/global" || type == "text/rfc822" ||
         type == "message/feedback-original";
}

bool is_header_alone(const Part& part) {
  const auto& type = part.content_type.type;
  return type == "text/rfc822-headers" || type == "message/rfc822-headers" ||
         type == "message/global-headers" || type == "text/rfc822-header";
}

// RFC 5965 section 3, and what was meant by it.
bool is_report(const Part& part) {
  const auto& type = part.content_type.type;
  return type == "message/feedback-report" || type == "text/feedback-report" ||
         type == "text/x-feedback-report" || type == "application/feedback-report";
}

bool holds_report(std::string_view text) {
  return ascii::istarts_with(ascii::trim(text.substr(0, 4096)), "feedback-type:") ||
         ascii::to_lower(text.substr(0, 4096)).find("\nfeedback-type:") != std::string::npos;
}

class Reading {
 public:
  explicit Reading(std::string_view octets)
      : header_(header_within(octets)),
        structure_(message::read_structure(header_, octets.substr(body_offset(octets)))) {}

  Expected<Feedback> run(int forwards) {
    take_reporter();
    if (const auto* part = find_report()) return read_arf(*part);
    if (const auto* part = find_xarf()) return read_json(*part);
    if (header_.find("X-XARF") != nullptr || header_.find("X-ARF") != nullptr)
      return read_plain_xarf();
    if (const auto* part = first(is_message); part != nullptr && is_jmrp(*part))
      return read_jmrp(*part);
    if (header_.find("X-Apple-Unsubscribe") != nullptr) return read_unsubscribe();
    if (forwards < kMostForwards) {
      for (const auto& part : structure_.parts) {
        if (!is_message(part)) continue;
        auto inner = Reading(content_of(part)).run(forwards + 1);
        if (inner) return inner;
      }
    }
    return fail(Error::Kind::input, {},
                "no complaint: expected a feedback report (RFC 5965), XARF, or a junk mail report "
                "of a provider's feedback loop");
  }

 private:
  void take_reporter() {
    if (const auto* from = header_.find("From")) {
      auto list = message::parse_addresses(from->value);
      if (!list.addresses.empty()) {
        const auto& first = list.addresses.front();
        feedback_.reporter = first.local + '@' + first.domain;
        feedback_.reporter_name = message::decode_words(first.display_name);
      }
    }
    if (const auto* date = header_.find("Date"))
      if (auto read = message::read_date(date->value)) feedback_.reported = read->time;
  }

  template <typename Test>
  [[nodiscard]] const Part* first(Test test) const {
    auto found = std::ranges::find_if(structure_.parts, test);
    return found != structure_.parts.end() ? &*found : nullptr;
  }

  const Part* find_report() {
    if (const auto* part = first(is_report)) return part;
    const auto& type = structure_.parts.front().content_type;
    if (!ascii::iequals(type.parameter("report-type").value_or(""), "feedback-report"))
      return nullptr;
    // Some servers call it text/plain.
    return first([](const Part& part) {
      return part.content_type.type.starts_with("text/") &&
             holds_report(message::decode_content(part));
    });
  }

  [[nodiscard]] const Part* find_xarf() const {
    return first([](const Part& part) {
      if (part.content_type.type != "application/json" && part.content_type.type != "text/json" &&
          part.content_type.type != "application/xarf+json")
        return false;
      auto text = message::decode_content(part);
      return text.find("xarf_version") != std::string::npos ||
             text.find("\"ReporterInfo\"") != std::string::npos;
    });
  }

  // A part's octets, held until the end: most are views, encoded ones are made here.
  std::string_view content_of(const Part& part) {
    if (part.encoding == message::TransferEncoding::identity ||
        part.encoding == message::TransferEncoding::unknown)
      return part.content;
    held_ = message::decode_content(part);
    return held_;
  }

  Expected<Feedback> read_arf(const Part& report) {
    auto text = message::decode_content(report);
    read_report_fields(text, feedback_);
    if (feedback_.type == "xarf") {
      if (const auto* part = find_xarf()) return read_json(*part);
    }
    if (std::ranges::count_if(structure_.parts, is_report) > 1)
      tell(feedback_, Oddity::Kind::malformed,
           "several feedback reports in one mail; the first counts");
    take_attached(report);
    return std::move(feedback_);
  }

  // The message is behind the report; some put it before.
  void take_attached(const Part& report) {
    const Part* found = nullptr;
    for (const auto& part : structure_.parts) {
      if (!is_message(part) && !is_header_alone(part)) continue;
      if (found == nullptr || (found<&report&& & part> & report)) found = &part;
    }
    if (found == nullptr)
      return tell(feedback_, Oddity::Kind::no_original,
                  "the message is not attached, neither whole nor by its header");
    auto octets = content_of(*found);
    read_original(octets, is_message(*found) ? Original::whole : Original::header, feedback_);
    if (feedback_.original == Original::none) return;
    compare_with_original(octets, feedback_);
    if (feedback_.recipients.empty()) take_recipients(octets);
  }

  // Without Original-Rcpt-To: to whom the message says it went. Its sender knows the one address
  // of its To; where a mailbox behind it leads is the receiver's own affair.
  void take_recipients(std::string_view octets) {
    auto header = header_within(octets);
    const auto* to = header.find("To");
    bool is_personal = to != nullptr && message::parse_addresses(to->value).addresses.size() == 1;
    for (std::string_view name : {"X-HmXmrOriginalRecipient", is_personal ? "To" : "X-Original-To",
                                  "X-Original-To", "Delivered-To", "Envelope-To", "To"}) {
      for (const auto* field : header.all(name))
        for (const auto& one : message::parse_addresses(field->value).addresses) {
          auto mailbox = one.local + '@' + one.domain;
          feedback_.redacted = feedback_.redacted || looks_redacted(mailbox);
          add_value(feedback_.recipients, std::move(mailbox), feedback_);
        }
      if (!feedback_.recipients.empty()) return;
    }
    feedback_.redacted = true;
  }

  Expected<Feedback> read_json(const Part& part) {
    if (auto read = read_xarf(message::decode_content(part), feedback_); !read)
      return fail(read.error());
    if (feedback_.original == Original::none) {
      if (const auto* message = first(is_message))
        read_original(content_of(*message), Original::whole, feedback_);
    }
    return std::move(feedback_);
  }

  // X-ARF 0.2, "PLAIN": the second text holds the lines. "SECURE" and "BULK" wrap the same.
  Expected<Feedback> read_plain_xarf() {
    auto lines = [](const Part& part) {
      if (!part.content_type.type.starts_with("text/")) return false;
      auto text = ascii::to_lower(message::decode_content(part).substr(0, 65536));
      return text.find("report-type:") != std::string::npos &&
             text.find("source:") != std::string::npos;
    };
    const auto* part = first(lines);
    if (part == nullptr)
      return fail(Error::Kind::input, {}, "calls itself X-ARF and has no part with a Report-Type");
    read_xarf_lines(message::decode_content(*part), feedback_);
    if (const auto* message = first(is_message))
      read_original(content_of(*message), Original::whole, feedback_);
    return std::move(feedback_);
  }

  // Microsoft's junk mail reports as they were up to 2026: the message alone, with fields of
  // theirs.
  bool is_jmrp(const Part& part) {
    auto inner = header_within(content_of(part));
    if (inner.find("X-HmXmrOriginalRecipient") != nullptr) return true;
    const auto* subject = header_.find("Subject");
    return subject != nullptr &&
           message::on_one_line(subject->value).find("complaint about message from ") !=
               std::string::npos;
  }

  Expected<Feedback> read_jmrp(const Part& part) {
    feedback_.layout = Layout::jmrp;
    feedback_.type = "abuse";
    auto octets = content_of(part);
    take_subject_address();
    read_original(octets, Original::whole, feedback_);
    take_recipients(octets);
    auto inner = header_within(octets);
    if (const auto* results = inner.find("Authentication-Results"))
      feedback_.results.push_back(message::on_one_line(results->value));
    return std::move(feedback_);
  }

  // "complaint about message from 192.0.2.1"
  void take_subject_address() {
    const auto* field = header_.find("Subject");
    if (field == nullptr) return;
    auto subject = message::on_one_line(field->value);
    constexpr std::string_view kWords = "message from ";
    auto at = subject.rfind(kWords);
    if (at == std::string::npos) return;
    auto rest = std::string_view(subject).substr(at + kWords.size());
    feedback_.source = received::read_address(rest.substr(0, rest.find_first_of(" ,;")));
  }

  // "Apple Mail sent this email to unsubscribe": the mailbox that wrote it wants no more mail.
  Expected<Feedback> read_unsubscribe() {
    feedback_.layout = Layout::unsubscribe;
    feedback_.type = "opt-out";
    feedback_.recipients.push_back(feedback_.reporter);
    if (const auto* to = header_.find("To"))
      feedback_.identifiers.emplace_back("To", message::on_one_line(to->value));
    tell(feedback_, Oddity::Kind::no_original, "unsubscriptions do not attach the message");
    return std::move(feedback_);
  }

  message::Header header_;
  message::Structure structure_;
  std::string held_;
  Feedback feedback_;
};

}  // namespace

std::string_view to_string(Layout layout) {
  switch (layout) {
    case Layout::arf: return "arf";
    case Layout::jmrp: return "jmrp";
    case Layout::xarf_plain: return "x-arf";
    case Layout::xarf3: return "xarf-3";
    case Layout::xarf4: return "xarf-4";
    case Layout::unsubscribe: return "unsubscribe";
  }
  return "arf";
}

std::string_view to_string(Original original) {
  switch (original) {
    case Original::none: return "none";
    case Original::header: return "header";
    case Original::whole: return "whole";
  }
  return "none";
}

Expected<Feedback> read_feedback(std::string_view octets) {
  if (ascii::trim(octets.substr(0, 64)).starts_with('{')) {
    Feedback feedback;
    if (auto read = read_xarf(octets, feedback); !read) return fail(read.error());
    return feedback;
  }
  return Reading(octets).run(0);
}

}  // namespace mailtrust::complaint
