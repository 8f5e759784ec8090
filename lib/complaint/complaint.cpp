#include "complaint/complaint.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/digest.hpp"
#include "base/limits.hpp"
#include "complaint/attachment.hpp"
#include "complaint/moment.hpp"
#include "complaint/text.hpp"

namespace mailtrust::complaint {
namespace {

bool is_unfit(const Incident& incident) {
  return line_form(incident.octets).unfit;
}

class Writer {
 public:
  explicit Writer(const Complaint& complaint)
      : complaint_(complaint), coverage_(coverage_of(complaint)) {}

  std::string run() {
    add_sections();
    bool crlf = std::ranges::all_of(complaint_.incidents, [](const Incident* incident) {
      return line_form(incident->octets).crlf;
    });
    end_ = crlf ? "\r\n" : "\n";
    auto boundary = boundary_for(sections_);
    auto mail = header(boundary);
    for (const auto& section : sections_) add_part(mail, section, boundary);
    return mail.append("--").append(boundary).append("--").append(end_);
  }

 private:
  void add_sections() {
    sections_.push_back(text_section("text/plain", human_text(complaint_, coverage_)));
    Section report;
    report.fields = {"Content-Type: message/feedback-report", "Content-Transfer-Encoding: 7bit"};
    report.text = feedback_text(complaint_);
    sections_.push_back(std::move(report));
    auto attached = complaint_.incidents.size() - coverage_.left_out;
    for (std::size_t i = 0; i < attached; ++i) {
      const auto& octets = complaint_.incidents[i]->octets;
      sections_.push_back(original_section(octets, is_header_only(i)));
    }
    for (std::size_t i = 0; i < attached; ++i)
      if (!is_header_only(i) && is_unfit(*complaint_.incidents[i]))
        sections_.push_back(opaque_section(complaint_.incidents[i]->octets));
    for (const auto& json : complaint_.xarf) sections_.push_back(xarf_section(json));
  }

  [[nodiscard]] bool is_header_only(std::size_t place) const {
    const auto& list = coverage_.header_only;
    return std::ranges::find(list, place) != list.end();
  }

  static Section xarf_section(const std::string& json) {
    Section section;
    section.fields = {"Content-Type: application/json; name=\"xarf.json\"",
                      "Content-Disposition: attachment; filename=\"xarf.json\"",
                      "Content-Transfer-Encoding: base64"};
    section.text = base64_lines(json);
    return section;
  }

  // RFC 5965 section 2(f): the subject of the message, behind a prefix that forwarding gives.
  [[nodiscard]] std::string header(const std::string& boundary) const {
    const auto& first = *complaint_.incidents.front();
    bool eight_bit = std::ranges::any_of(sections_, &Section::eight_bit);
    std::string out;
    if (!complaint_.from.empty()) out.append("From: ").append(complaint_.from).append(end_);
    for (const auto& field :
         {list_field("To", complaint_.to, end_),
          unstructured_field("Subject", "FW: " + first.subject, end_),
          "Date: " + mail_date(complaint_.now), "Message-ID: <" + identifier() + '>',
          std::string("MIME-Version: 1.0"),
          std::string("Content-Type: multipart/report; report-type=feedback-report;")
              .append(end_)
              .append(" boundary=\"")
              .append(boundary)
              .append("\""),
          std::string("Content-Transfer-Encoding: ") + (eight_bit ? "8bit" : "7bit"),
          std::string("Content-Language: en"), std::string("Auto-Submitted: auto-generated")})
      out.append(field).append(end_);
    return out.append(end_);
  }

  // What sent twice is one mail to those who receive it.
  [[nodiscard]] std::string identifier() const {
    auto all = complaint_.from + '\n' + std::to_string(complaint_.now);
    for (const auto& to : complaint_.to) all += '\n' + to;
    for (const auto* incident : complaint_.incidents)
      all += '\n' + hash(Digest::sha256, incident->octets);
    auto digest = to_hex(hash(Digest::sha256, all).substr(0, 16));
    return digest + ".mailtrust@" +
           (complaint_.from.empty() ? "mailtrust.invalid"
                                    : std::string(domain_of(complaint_.from)));
  }

  // What stands elsewhere is put in as it is, what was made here with the line ends of the mail.
  void add_part(std::string& mail, const Section& section, const std::string& boundary) const {
    mail.append("--").append(boundary).append(end_);
    for (const auto& field : section.fields) mail.append(field).append(end_);
    mail.append(end_);
    if (!section.view.empty()) {
      mail.append(section.view);
    } else {
      for (char c : section.text) {
        if (c == '\n')
          mail.append(end_);
        else
          mail += c;
      }
    }
    mail.append(end_);
  }

  const Complaint& complaint_;
  Coverage coverage_;
  std::vector<Section> sections_;
  std::string_view end_;
};

}  // namespace

Coverage coverage_of(const Complaint& complaint) {
  Coverage coverage;
  const auto& incidents = complaint.incidents;
  if (incidents.size() > limits::kComplaintMessages)
    coverage.left_out = incidents.size() - limits::kComplaintMessages;
  std::size_t attached = 0;
  for (std::size_t i = 0; i + coverage.left_out < incidents.size(); ++i) {
    const auto& incident = *incidents[i];
    auto size = incident.octets.size();
    bool fits = size <= limits::kComplaintOctets && attached <= limits::kComplaintOctets - size;
    if (!fits) coverage.header_only.push_back(i);
    attached += fits ? size : 0;
  }
  return coverage;
}

std::string write(const Complaint& complaint) {
  return Writer(complaint).run();
}

}  // namespace mailtrust::complaint
