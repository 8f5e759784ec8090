#include "commands/abuse_report_delivery.hpp"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/digest.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "commands/sendmail.hpp"
#include "complaint/moment.hpp"

namespace mailtrust::commands {
namespace {

// Of the address and what the mail holds: the same complaint has the same name.
std::string file_name(const AbuseComplaint& one) {
  auto name = to_string(*trace_of(one).origin.ip);
  std::ranges::replace(name, ':', '-');
  return name + '_' + to_hex(hash(Digest::sha256, one.mail).substr(0, 6)) + ".eml";
}

}  // namespace

void ComplaintDelivery::deliver(const AbuseComplaints& complaints, bool last) {
  auto written =
      std::ranges::count_if(complaints, [](const auto& one) { return !one->mail.empty(); });
  mailbox_ = mailbox_ || written > 1 || !last;
  for (const auto& one : complaints) {
    if (one->mail.empty() || !output_.is_open()) continue;
    if (options_.send)
      send(*one);
    else if (!options_.output.empty())
      save(*one);
    else if (!context_.globals.json)
      print(one->mail);
  }
}

void ComplaintDelivery::send(AbuseComplaint& one) {
  auto bound = context_.globals.timeout * limits::kTimeoutsPerInput;
  one.trouble = hand_to_sendmail(options_.sendmail, one.mail, bound);
  one.sent = !one.trouble;
  if (one.sent && !options_.output.empty()) save(one);
}

void ComplaintDelivery::save(AbuseComplaint& one) {
  auto path = options_.output + '/' + file_name(one);
  if (auto error = create_file(path, one.mail))
    one.trouble = std::move(error);
  else
    one.written = path;
}

// Several mails in one stream are an mbox (RFC 4155), quoted as mboxrd.
void ComplaintDelivery::print(const std::string& mail) {
  if (!mailbox_) return output_.write(mail);
  output_.write("From mailtrust " + complaint::mailbox_date(context_.now) + '\n');
  std::string_view rest = mail;
  while (!rest.empty()) {
    auto size = std::min(rest.find('\n'), rest.size() - 1) + 1;
    auto line = rest.substr(0, size);
    auto quoted = line.substr(std::min(line.find_first_not_of('>'), line.size()));
    output_.write(quoted.starts_with("From ") ? '>' + std::string(line) : std::string(line));
    rest.remove_prefix(size);
  }
  output_.write("\n");
}

}  // namespace mailtrust::commands
