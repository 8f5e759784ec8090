#include "bounce/mail.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/html.hpp"
#include "bounce/line_ends.hpp"
#include "bounce/returned.hpp"
#include "message/address.hpp"
#include "message/charset.hpp"

namespace mailtrust::bounce {
namespace {

using message::Part;

// More than the small buffer of a std::string, so that views stay good when the Mail is moved.
constexpr std::size_t kUnmovable = 64;

// Where the header ends and where the body begins, past the empty line.
std::pair<std::size_t, std::size_t> header_end(std::string_view octets) {
  std::size_t line = 0;
  while (line < octets.size()) {
    auto end = octets.find('\n', line);
    auto text = octets.substr(line, end - line);
    if (text.empty() || text == "\r")
      return {line, end == std::string_view::npos ? octets.size() : end + 1};
    if (end == std::string_view::npos) break;
    line = end + 1;
  }
  return {octets.size(), octets.size()};
}

bool needs_conversion(const Part& part, std::string_view text) {
  if (part.charset.starts_with("utf-7") || part.charset.starts_with("utf-16") ||
      part.charset.ends_with("utf-7"))
    return true;
  return std::ranges::any_of(
      text, [](char c) { return static_cast<unsigned char>(c) > 126 || c == '\x1b'; });
}

std::string lower_field(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  if (field == nullptr) return {};
  return ascii::to_lower(message::decode_words(message::on_one_line(field->value)));
}

bool is_text(const Part& part) {
  const auto& type = part.content_type.type;
  return type.starts_with("text/") && type != "text/rfc822-headers" &&
         type != "text/rfc822-header" && type != "text/rfc822" && type != "text/calendar";
}

// Of a large part only as much is decoded as can become `most` octets.
std::string decoded(const Part& part, std::size_t most) {
  constexpr std::size_t kEncoded = 3;  // octets for one, in quoted-printable
  if (part.content.size() <= most * kEncoded) {
    auto content = message::decode_content(part);
    content.resize(std::min(content.size(), most));
    return content;
  }
  auto first = part;
  first.content = part.content.substr(0, most * kEncoded);
  return decoded(first, most);
}

class Taking {
 public:
  explicit Taking(Mail& mail) : mail_(mail) {}

  void run() {
    mail_.text.reserve(kUnmovable);
    for (const auto& part : mail_.structure.parts) take(part);
    if (is_blank(mail_.text) && !html_.empty()) mail_.text = text_of_html(html_);
    if (is_blank(mail_.text) && !unread_.empty()) mail_.text = unread_;
    mail_.text.resize(std::min(mail_.text.size(), limits::kBounceText));
    mail_.text.reserve(kUnmovable);
    part_returned();
  }

 private:
  static bool is_blank(std::string_view text) { return ascii::trim(text).empty(); }

  // What stands behind the returned message is what lists and filters add.
  void take(const Part& part) {
    if (is_attached_message(part)) {
      if (mail_.returned.empty()) take_returned(part);
    } else if (part.content_type.is_multipart()) {
      bool opened = part.limit == message::MimeLimit::none && mail_.structure.parts.size() > 1;
      if (!opened && unread_.empty())
        unread_ = with_lf(part.content.substr(0, limits::kBounceText));
    } else if (is_text(part) && (mail_.returned.empty() || mail_.text.empty())) {
      take_text(part);
    }
  }

  void take_text(const Part& part) {
    if (mail_.text.size() >= limits::kBounceText || html_.size() >= limits::kBounceText) return;
    if (part.content_type.type == "text/html") {
      html_ += text_of(part);
      html_ += '\n';
      return;
    }
    auto text = with_lf(text_of(part));
    mail_.text += text;
    if (!text.ends_with('\n')) mail_.text += '\n';
  }

  void take_returned(const Part& part) {
    mail_.returned = with_lf(decoded(part, limits::kBounceReturned));
  }

  void part_returned() {
    mail_.lines = lines_of(mail_.text);
    auto found = find_returned(mail_.lines);
    auto all = mail_.lines.size();
    if (found.text_end == all) return;
    if (mail_.returned.empty() && found.begin < all) {
      auto at = static_cast<std::size_t>(mail_.lines[found.begin].data() - mail_.text.data());
      mail_.returned = mail_.text.substr(at);
    }
    auto end = static_cast<std::size_t>(mail_.lines[found.text_end].data() - mail_.text.data());
    mail_.text.resize(end);
    mail_.lines.resize(found.text_end);
  }

  Mail& mail_;
  std::string html_;
  std::string unread_;  ///< a multipart without parts
};

}  // namespace

Mail take_apart(std::string_view octets) {
  Mail mail;
  octets.remove_prefix(std::min(octets.find_first_not_of("\r\n"), octets.size()));
  if (has_lone_cr(octets)) {
    mail.repaired = std::make_shared<const std::string>(with_lf(octets));
    octets = *mail.repaired;
  }
  mail.octets = octets;
  auto [end, body] = header_end(octets);
  mail.header = message::Header::parse(octets.substr(0, std::min(end, limits::kHeader)));
  mail.structure = message::read_structure(mail.header, octets.substr(body));
  mail.subject = lower_field(mail.header, "Subject");
  mail.from = lower_field(mail.header, "From");
  Taking(mail).run();
  return mail;
}

std::string text_of(const Part& part, std::size_t most) {
  auto text = decoded(part, most);
  if (!needs_conversion(part, text)) return text;
  if (message::has_iso_2022_jp(text))
    return message::to_utf8("iso-2022-jp", text).value_or(std::move(text));
  return message::to_utf8(part.charset, text).value_or(std::move(text));
}

bool is_attached_message(const Part& part) {
  constexpr auto kTypes = std::to_array<std::string_view>(
      {"message/rfc822", "text/rfc822-headers", "message/rfc822-headers", "message/global",
       "message/global-headers", "message/partial", "text/rfc822", "text/rfc822-header",
       "message/feedback-original", "message/news"});
  return std::ranges::find(kTypes, part.content_type.type) != kTypes.end();
}

}  // namespace mailtrust::bounce
