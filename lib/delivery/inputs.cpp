#include "delivery/inputs.hpp"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <utility>

#include "base/octet_stream.hpp"
#include "delivery/spool.hpp"
#include "mailbox/tree.hpp"
#include "maillog/rotation.hpp"

namespace mailtrust::delivery {
namespace {

// So many octets tell what a file is.
constexpr std::size_t kStart = 64U << 10;

// From a Log or an OctetStream. What is sound before a damaged place tells enough: whoever reads on
// comes to that place as well.
template <typename Source>
Expected<std::string> read_start(Source& source) {
  std::string start(kStart, '\0');
  std::size_t filled = 0;
  while (filled < start.size()) {
    auto got = source.read(std::span(start).subspan(filled));
    if (!got && filled == 0) return fail(got.error());
    if (!got || *got == 0) break;
    filled += *got;
  }
  start.resize(filled);
  return start;
}

// What systemd keeps and exports holds a log, in forms that only journalctl(1) prints as lines.
bool is_journal(std::string_view start) {
  return start.starts_with("LPKSHHRH") || start.starts_with("__CURSOR=") ||
         start.starts_with("__REALTIME_TIMESTAMP=");
}

// NUL is soon in most files of other kinds; in a mail it stands behind its first field, if at all.
bool may_be_mail(std::string_view start) {
  if (is_journal(start)) return false;
  constexpr std::size_t kLooked = 4096;
  auto nul = start.substr(0, kLooked).find('\0');
  return nul == std::string_view::npos || start.substr(0, nul).find(": ") < start.find('\n');
}

Unexpected is_neither(const std::string& name, std::string_view start) {
  if (is_journal(start))
    return fail(Error::Kind::input, name,
                "a journal of systemd: expected it as journalctl -o json prints it");
  return fail(Error::Kind::input, name, "neither mail nor a log of a mail server");
}

class Finder {
 public:
  Finder(std::span<const maillog::Place> known, const InputEvents& events)
      : known_(known), events_(events) {}

  void find(const std::string& word) {
    std::error_code unreadable;
    auto type = std::filesystem::status(word, unreadable).type();
    using Type = std::filesystem::file_type;
    bool is_pipe =
        word == "-" || type == Type::fifo || type == Type::socket || type == Type::character;
    if (is_pipe) return tell(look_into_pipe(word));
    mailbox::Tree tree(word);
    for (;;) {
      auto path = tree.next();
      if (!path) {
        events_.complain(path.error());
        continue;
      }
      if (!*path) return;
      tell(look_into(**path));
    }
  }

  Inputs take(const maillog::Options& options) {
    sort_logs(options);
    return std::move(inputs_);
  }

 private:
  void tell(const Expected<void>& done) {
    if (!done) events_.complain(done.error());
  }

  Expected<void> look_into(const std::string& path) {
    auto stream = OctetStream::open(path);
    if (!stream) return fail(stream.error());
    auto start = read_start(*stream);
    if (!start) return fail(start.error());
    if (start->empty())
      ++inputs_.empty;
    else if (maillog::is_log(*start))
      inputs_.logs.push_back({path});
    else if (may_be_mail(*start))
      tell_of_mail(path, path);
    else
      return is_neither(path, *start);
    return {};
  }

  // An earlier run may have read all that comes.
  Expected<void> look_into_pipe(const std::string& word) {
    auto log = maillog::Log::open(word, known_);
    if (!log) return fail(log.error());
    auto start = read_start(*log);
    if (!start) return fail(start.error());
    if (start->empty() && log->skipped() == 0) {
      ++inputs_.empty;
      return {};
    }
    if (log->skipped() > 0 || maillog::is_log(*start)) {
      piped_.push_back({word, std::move(*log), std::move(*start)});
      return {};
    }
    if (!may_be_mail(*start)) return is_neither(word, *start);
    return spool(word, *log, std::move(*start));
  }

  Expected<void> spool(const std::string& word, maillog::Log& source, std::string octets) {
    Spool spool(word);
    while (!octets.empty()) {
      if (auto added = spool.add(octets); !added) return added;
      auto more = read_start(source);
      if (!more) return fail(more.error());
      octets = std::move(*more);
    }
    tell_of_mail(word, spool.path());
    return {};
  }

  void tell_of_mail(const std::string& name, const std::string& path) {
    ++inputs_.mails;
    events_.mail({name, path});
  }

  void sort_logs(const maillog::Options& options) {
    std::vector<std::string> paths;
    for (const auto& log : inputs_.logs) paths.push_back(log.name);
    if (auto ordered = maillog::in_order(paths, options)) {
      inputs_.logs.clear();
      for (auto& file : *ordered) inputs_.logs.push_back({file.path});
    }
    std::ranges::move(piped_, std::back_inserter(inputs_.logs));
  }

  std::span<const maillog::Place> known_;
  const InputEvents& events_;
  Inputs inputs_;
  std::vector<LogInput> piped_;
};

}  // namespace

Inputs find_inputs(std::span<const std::string> words, std::span<const maillog::Place> known,
                   const maillog::Options& options, const InputEvents& events) {
  Finder finder(known, events);
  for (const auto& word : words) finder.find(word);
  return finder.take(options);
}

}  // namespace mailtrust::delivery
