#include "commands/bounce_report_run.hpp"

#include <cerrno>
#include <utility>

#include <sys/stat.h>

#include "base/file.hpp"
#include "base/limits.hpp"
#include "bounce/notice.hpp"
#include "commands/list_words.hpp"
#include "commands/whole_message.hpp"
#include "delivery/reading.hpp"
#include "list/store.hpp"

namespace mailtrust::commands {
namespace {

Expected<std::optional<std::int64_t>> read_time(const std::string& text, const char* option,
                                                std::int64_t now) {
  if (text.empty()) return std::nullopt;
  auto time = parse_past(text, now);
  if (!time) return fail(Error::Kind::usage, option, time.error().message);
  return *time;
}

// What the file holds; nothing is there yet the first time.
Expected<std::string> read_present(const std::string& path) {
  struct stat status {};

  if (::stat(path.c_str(), &status) != 0 && errno == ENOENT) return std::string();
  return read_file(path, limits::kSuppressionFile);
}

}  // namespace

// Before anything is counted: what is remembered as read is not read again for a better FILE.
Expected<void> check_suppression(const std::string& path) {
  if (path.empty()) return {};
  auto present = read_present(path);
  if (!present) return fail(present.error());
  if (!delivery::is_list(*present))
    return fail(Error::Kind::input, path,
                "is no list of addresses, and is left as it is: --suppression takes a list or a "
                "new file");
  return {};
}

Expected<std::optional<BounceReportResult>> BounceReportRun::run() {
  if (auto read = read_period(); !read) return fail(read.error());
  if (auto sound = check_suppression(options_.suppression); !sound) return fail(sound.error());
  // What is remembered is all that is read; only what is shown is cut to the period.
  ledger_.emplace(options_.remember ? delivery::Period{} : period_, context_.now);
  if (auto opened = open_state(); !opened) return fail(opened.error());
  read_inputs();
  if (!output_.is_open()) return std::nullopt;
  if (auto kept = keep(); !kept) return fail(kept.error());
  if (auto written = suppress(); !written) return fail(written.error());
  count_hard_addresses();
  return std::move(result_);
}

Expected<void> BounceReportRun::read_period() {
  auto since = read_time(options_.since, "--since", context_.now);
  if (!since) return fail(since.error());
  auto until = read_time(options_.until, "--until", context_.now);
  if (!until) return fail(until.error());
  period_ = {*since, *until};
  if (*since && *until && **since >= **until)
    return fail(Error::Kind::usage, "--until", "is not behind --since");
  return {};
}

Expected<void> BounceReportRun::open_state() {
  if (!options_.remember) return {};
  auto path = list::store_path(context_.globals.store);
  if (!path) return fail(path.error());
  auto state = delivery::State::open(*path);
  if (!state) return fail(state.error());
  state_.emplace(std::move(*state));
  return state_->load(*ledger_);
}

void BounceReportRun::read_inputs() {
  maillog::Options options;
  options.now = context_.now;
  delivery::InputEvents events{
      .mail = [this](const delivery::MailInput& input) { read_mails(input); },
      .complain = [this](const Error& error) { complain(error); }};
  auto known = state_ ? state_->places() : std::vector<maillog::Place>{};
  auto inputs = delivery::find_inputs(options_.words, known, options, events);
  result_.logs = inputs.logs.size();
  result_.mail_files = inputs.mails;
  result_.empty_files = inputs.empty;
  read_logs(inputs.logs);
}

void BounceReportRun::read_mails(const delivery::MailInput& input) {
  mailbox::Walk walk(input.path, options_.messages.quoting);
  while (output_.is_open()) {
    auto item = walk.next();
    if (!item) {
      auto error = item.error();
      if (error.where == input.path) error.where = input.name;
      complain(error);
      continue;
    }
    if (!*item) return;
    (*item)->file = input.name;
    read_mail(**item, name_of(**item));
  }
}

void BounceReportRun::read_mail(mailbox::Item& item, const std::string& name) {
  auto octets = read_whole(item, options_.messages.max_size);
  if (!octets) return complain(octets.error());
  output_.progress(++mails_read_, {});
  if (!ledger_->is_new(*octets)) return;
  auto notice = bounce::read_notice(*octets);
  if (!notice)
    return complain({notice.error().kind, name,
                     notice.error().message + "; expected mail or a log of a mail server"});
  ledger_->add(*notice);
}

void BounceReportRun::read_logs(std::vector<delivery::LogInput>& logs) {
  using Rest = maillog::Reader::Rest;
  maillog::Options options;
  options.now = context_.now;
  delivery::LogReading reading(*ledger_, options, options_.remember ? Rest::drop : Rest::read);
  if (state_) reading.restore(state_->places(), state_->queue());
  reading.read(logs, {.complain = [this](const Error& error) { complain(error); },
                      .progress =
                          [this](std::size_t done, std::optional<double> fraction) {
                            output_.progress(done, fraction);
                          },
                      .goes_on = [this] { return output_.is_open(); }});
  result_.lines = reading.counts();
  read_logs_ = reading.logs();
  if (state_) queue_ = reading.queue();
}

// From here on what was counted is counted, or nothing is.
Expected<void> BounceReportRun::keep() {
  result_.mails = ledger_->mails;
  result_.paired = ledger_->paired;
  result_.nameless = ledger_->evidence.dropped();
  if (!state_) {
    result_.summary = summarize(ledger_->tally, options_.by, period_, context_.now);
    return {};
  }
  if (auto added = state_->add(*ledger_, read_logs_, queue_, context_.now); !added) return added;
  delivery::Tally all;
  if (auto read = state_->read_counts(all); !read) return read;
  result_.summary = summarize(all, options_.by, period_, context_.now);
  return {};
}

Expected<void> BounceReportRun::suppress() {
  if (options_.suppression.empty()) return {};
  auto present = read_present(options_.suppression);
  if (!present) return fail(present.error());
  auto list = delivery::suppress(*present, ledger_->evidence, options_.promote_after);
  if (list.octets != *present)
    if (auto error = write_file_atomically(options_.suppression, list.octets, FileAccess::kept))
      return fail(*error);
  list.octets.clear();
  result_.suppression = std::move(list);
  return {};
}

void BounceReportRun::count_hard_addresses() {
  for (const auto& [address, evidence] : ledger_->evidence.all())
    if (standing_of(evidence, options_.promote_after) == delivery::Standing::hard)
      ++result_.hard_addresses;
}

void BounceReportRun::complain(const Error& error) {
  if (++result_.unreadable > limits::kMessagesPerInput) return;
  result_.errors.push_back(error);
  output_.complain(error);
}

}  // namespace mailtrust::commands
