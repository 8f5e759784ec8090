#include "bounce/original.hpp"

#include <algorithm>
#include <utility>

#include "base/limits.hpp"
#include "bounce/mailbox_text.hpp"
#include "message/address.hpp"
#include "message/date.hpp"

namespace mailtrust::bounce {
namespace {

std::string value_of(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  return field != nullptr ? message::on_one_line(field->value) : std::string{};
}

std::string mailbox_in(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  if (field == nullptr) return {};
  auto list = message::parse_addresses(field->value);
  if (list.addresses.empty()) return mailbox_of(message::on_one_line(field->value));
  return list.addresses.front().local + '@' + list.addresses.front().domain;
}

void add_mailboxes(std::vector<std::string>& to, const message::Header& header,
                   std::string_view name) {
  for (const auto* field : header.all(name))
    for (const auto& one : message::parse_addresses(field->value).addresses)
      if (to.size() < limits::kBounceRecipients) to.push_back(one.local + '@' + one.domain);
}

std::string_view header_of(std::string_view message) {
  return message.substr(0, std::min(message.find("\n\n"), limits::kHeader));
}

}  // namespace

Original read_original(const Mail& mail) {
  Original original;
  add_mailboxes(original.recipients, mail.header, "X-Failed-Recipients");
  if (mail.returned.empty()) return original;
  auto header = message::Header::parse(header_of(mail.returned));
  auto& returned = original.returned;
  returned.message_id = value_of(header, "Message-ID");
  returned.from = mailbox_in(header, "From");
  returned.to = value_of(header, "To");
  returned.subject = message::decode_words(value_of(header, "Subject"));
  if (const auto* field = header.find("Date"))
    if (auto date = message::read_date(field->value)) returned.date = date->time;
  returned.list_id = value_of(header, "List-ID");
  original.sender = mailbox_of(value_of(header, "Return-Path"));
  if (original.sender.find('@') == std::string::npos) original.sender = returned.from;
  for (std::string_view name : {"X-Original-To", "Delivered-To", "Envelope-To", "To", "Cc"}) {
    if (original.recipients.empty() || name == "Cc")
      add_mailboxes(original.recipients, header, name);
  }
  return original;
}

}  // namespace mailtrust::bounce
