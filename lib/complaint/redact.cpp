#include "complaint/redact.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/digest.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "complaint/attachment.hpp"
#include "complaint/incident.hpp"
#include "complaint/redact_search.hpp"
#include "complaint/text.hpp"
#include "message/address.hpp"
#include "message/mime.hpp"
#include "received/field.hpp"

namespace mailtrust::complaint {
namespace {

constexpr std::size_t kToken = 22;      // 132 of 256 bits
constexpr std::size_t kMostNested = 8;  // messages in messages; deeper ones are searched as text

constexpr std::array<std::string_view, 17> kRecipientFields = {"To",
                                                               "Cc",
                                                               "Bcc",
                                                               "Resent-To",
                                                               "Resent-Cc",
                                                               "Resent-Bcc",
                                                               "Delivered-To",
                                                               "X-Original-To",
                                                               "Envelope-To",
                                                               "X-Envelope-To",
                                                               "Apparently-To",
                                                               "X-Delivered-To",
                                                               "X-Rcpt-To",
                                                               "X-Forwarded-To",
                                                               "X-Forwarded-For",
                                                               "X-Apparently-To",
                                                               "X-HmXmrOriginalRecipient"};

bool is_for_recipients(std::string_view name) {
  return std::ranges::any_of(kRecipientFields,
                             [&](std::string_view one) { return ascii::iequals(one, name); });
}

// A header's octets come back in CRLF; the rest of the message keeps the line ends it had.
class Work {
 public:
  Work(const Redactor& redactor, AddressSearch search, std::string_view message)
      : redactor_(redactor),
        search_(std::move(search)),
        body_(message.substr(body_offset(message))),
        head_(message.substr(0, message.size() - body_.size())),
        header_(message::Header::parse(header_lines(message))),
        crlf_(head_.find("\r\n") != std::string_view::npos) {}

  Redacted run() {
    add_message();
    add_doubts();
    return std::move(out_);
  }

 private:
  void add_message() {
    collect();
    for (const auto& field : header_.fields()) add_field(field);
    out_.octets.append(head_.substr(header_lines(head_).size()));
    add_body();
  }

  void collect() {
    std::size_t known = 0;
    for (const auto& field : header_.fields()) {
      if (ascii::iequals(field.name, "Received")) {
        note(received::parse_field(field.value).recipient, known);
      } else if (is_for_recipients(field.name)) {
        for (const auto& one : message::parse_addresses(field.value).addresses)
          note(one.local + '@' + one.domain, known);
      }
    }
    if (known > kMaxRedacted)
      out_.doubts.push_back("only the first " + grouped(kMaxRedacted) +
                            " recipients were looked for outside of the fields that name them");
  }

  void note(const std::string& mailbox, std::size_t& known) {
    if (mailbox.find('@') == std::string::npos) return;
    if (++known <= kMaxRedacted) search_.add_mailbox(mailbox);
  }

  void add_field(const message::Field& field) {
    if (is_for_recipients(field.name)) return add_recipients(field);
    auto count = out_.replaced;
    auto text = search_.replace(field.raw, out_.replaced);
    if (count == out_.replaced && field.value.find("=?") != std::string_view::npos) {
      auto decoded = message::decode_words(message::on_one_line(field.value));
      auto replaced = search_.replace(decoded, out_.replaced);
      if (count != out_.replaced) text = unstructured_field(field.name, replaced, "\r\n") + "\r\n";
    }
    append_lines(text);
  }

  // Display names are of recipients too.
  void add_recipients(const message::Field& field) {
    std::vector<std::string> items;
    for (const auto& one : message::parse_addresses(field.value).addresses) {
      auto domain = clean(one.domain, 255);
      items.push_back(redactor_.token(one.local + '@' + one.domain) + '@' + domain);
      ++out_.replaced;
    }
    append_lines(list_field(field.name, items, "\r\n") + "\r\n");
  }

  void append_lines(std::string text) {
    if (!crlf_) {
      std::string bare;
      for (std::size_t i = 0; i < text.size(); ++i)
        if (text[i] != '\r' || i + 1 == text.size() || text[i + 1] != '\n') bare += text[i];
      text = std::move(bare);
    }
    out_.octets += text;
  }

  void add_body() {
    auto structure = message::read_structure(header_, body_);
    std::size_t done = 0;
    for (const auto& part : structure.parts) {
      bool encoded = part.encoding == message::TransferEncoding::base64 ||
                     part.encoding == message::TransferEncoding::quoted_printable;
      bool nested = !encoded && depth_ < kMostNested && part.content_type.type == "message/rfc822";
      bool as_it_is = !encoded && !nested;
      if (as_it_is || part.content_type.is_multipart() || part.content.empty()) continue;
      auto at = static_cast<std::size_t>(part.content.data() - body_.data());
      if (at < done) continue;
      out_.octets += search_.replace(body_.substr(done, at - done), out_.replaced);
      nested ? add_nested(part) : add_encoded(part);
      done = at + part.content.size();
    }
    out_.octets += search_.replace(body_.substr(done), out_.replaced);
  }

  void add_nested(const message::Part& part) {
    Work inner(redactor_, search_, part.content);
    inner.depth_ = depth_ + 1;
    inner.add_message();
    out_.octets += inner.out_.octets;
    out_.replaced += inner.out_.replaced;
    attachments_ += inner.attachments_;
  }

  void add_encoded(const message::Part& part) {
    if (!part.content_type.type.starts_with("text/")) ++attachments_;
    auto count = out_.replaced;
    auto replaced = search_.replace(message::decode_content(part), out_.replaced);
    if (count == out_.replaced) {
      out_.octets += part.content;
      return;
    }
    bool base64 = part.encoding == message::TransferEncoding::base64;
    auto text = base64 ? base64_lines(replaced) : quoted_printable(replaced);
    if (text.ends_with('\n') && !part.content.ends_with('\n')) text.pop_back();
    std::string lines;
    for (char c : text) lines.append(c == '\n' && crlf_ ? "\r\n" : std::string(1, c));
    out_.octets += lines;
  }

  void add_doubts() {
    if (attachments_ > 0)
      out_.doubts.push_back(grouped(attachments_) +
                            (attachments_ == 1 ? " attachment was" : " attachments were") +
                            " searched for addresses as plain octets only");
    if (out_.replaced == 0) out_.doubts.emplace_back("no recipient was found to replace");
    out_.doubts.emplace_back(
        "names, and tokens in links that the sender can tie to a recipient, stay");
  }

  const Redactor& redactor_;
  AddressSearch search_;
  std::string_view body_;
  std::string_view head_;
  message::Header header_;
  bool crlf_;
  std::size_t attachments_ = 0;
  std::size_t depth_ = 0;  // messages around this one
  Redacted out_;
};

}  // namespace

Expected<void> Redactor::add(std::string_view text) {
  auto at = text.find('@');
  bool domain_only = at == 0 || at == std::string_view::npos;
  auto domain = domain_only ? text.substr(at == 0 ? 1 : 0) : std::string_view{};
  if (domain_only && is_plain_mailbox("a@" + std::string(domain)))
    domains_.insert(ascii::to_lower(domain));
  else if (!domain_only && is_plain_mailbox(text))
    addresses_.insert(ascii::to_lower(text));
  else
    return fail(Error::Kind::usage, {}, quote(text) + ": expected a mail address or a domain");
  return {};
}

std::string Redactor::token(std::string_view mailbox) const {
  auto mac = keyed_hash(Digest::sha256, key_, ascii::to_lower(mailbox));
  auto text = encode_base64(mac).substr(0, kToken);
  std::ranges::replace(text, '+', '-');
  std::ranges::replace(text, '/', '_');
  return text;
}

Redacted Redactor::redact(std::string_view message) const {
  AddressSearch search([this](std::string_view mailbox) { return token(mailbox); });
  for (const auto& address : addresses_) search.add_mailbox(address);
  for (const auto& domain : domains_) search.add_domain(domain);
  return Work(*this, std::move(search), message).run();
}

}  // namespace mailtrust::complaint
