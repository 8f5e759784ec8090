#include "maillog/dialects.hpp"

#include <string>
#include <utility>

#include "json/value.hpp"
#include "maillog/exim.hpp"
#include "maillog/journal.hpp"
#include "maillog/kumomta.hpp"
#include "maillog/opensmtpd.hpp"
#include "maillog/postfix.hpp"
#include "maillog/sendmail.hpp"

namespace mailtrust::maillog {

Dialects::Dialects(const Options& options, Reader::Sink sink)
    : clock_(options), ledger_(std::move(sink)) {}

Outcome Dialects::read(std::string_view text) {
  if (text.starts_with('{')) return read_json(text);
  if (text.starts_with("type,") && PowerMta::is_header(text)) {
    powermta_.read_header(text);
    return Outcome::understood;
  }
  if (powermta_.is_record(text)) return powermta_.read(text, clock_, ledger_);
  bool is_structured = skip_priority(text);
  auto stamp = clock_.read(text);
  if (!stamp) return Outcome::foreign;
  text.remove_prefix(stamp->length);
  // docker logs -t puts a time of its own in front.
  if (auto again = clock_.read(text)) text.remove_prefix(again->length);
  if (!is_structured && is_exim(text)) return read_exim(text, stamp->time, ledger_);
  auto tagged = is_structured ? read_structured(text) : read_tagged(text);
  return tagged ? read_tagged_line(*tagged, stamp->time) : Outcome::foreign;
}

Outcome Dialects::read_json(std::string_view text) {
  auto record = json::parse(text);
  if (!record) return Outcome::damaged;
  if (auto entry = read_journal(*record))
    return read_tagged_line({entry->tag, entry->message}, entry->time);
  return read_kumomta(*record, ledger_);
}

Outcome Dialects::read_tagged_line(const Tagged& tagged, std::int64_t time) {
  auto [message, times] = read_repeated(tagged.message);
  auto outcome = read_message(tagged.tag, message, time);
  for (unsigned again = 1; again < times && outcome == Outcome::understood; ++again)
    read_message(tagged.tag, message, time);
  return outcome;
}

Outcome Dialects::read_message(std::string_view tag, std::string_view message, std::int64_t time) {
  if (auto service = postfix_service(tag); !service.empty())
    return read_postfix(service, message, time, ledger_);
  if (tag == "smtpd") return read_opensmtpd(message, time, ledger_);
  if (is_sendmail(tag)) return read_sendmail(message, time, ledger_);
  if (!tag.starts_with("exim")) return Outcome::foreign;
  auto stamp = clock_.read(message);
  if (!stamp) return read_exim(message, time, ledger_);
  return read_exim(message.substr(stamp->length), stamp->time, ledger_);
}

}  // namespace mailtrust::maillog
