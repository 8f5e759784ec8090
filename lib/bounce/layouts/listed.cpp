// The shapes that most systems share: addresses with their replies, replies with their addresses.

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

/// Reads the lines behind the mark, one after the other.
class ListReader {
 public:
  explicit ListReader(const Scene& scene) : scene_(scene), accounts_(scene) {}

  std::vector<Failure> read() {
    auto mark = scene_.mail.lines[scene_.line];
    append_words(intro_, without_rule(mark));
    if (auto entry = entry_of(mark); entry && accounts_.empty()) open(mark, *entry);
    for (auto at = scene_.line + 1; at < scene_.mail.lines.size(); ++at)
      if (!take(scene_.mail.lines[at])) break;
    return accounts_.finish(intro_);
  }

  /// The address in the mark's own line, with what follows it there.
  void begin_with(const Found& found) {
    accounts_.open(found.address);
    auto rest = found.after.find(": ");
    if (rest != string_view::npos) accounts_.say(found.after.substr(rest + 2));
  }

 private:
  // False at the end of the notice.
  bool take(string_view line) {
    if (line.empty() || is_rule(line)) {
      told_ = accounts_.has_reply() && !titled_;
      return true;
    }
    if (is_end(line)) return false;
    auto entry = entry_of(line);
    if (entry && is_new(line, *entry)) {
      open(line, *entry);
    } else if (accounts_.empty()) {
      append_words(intro_, line);
    } else if (!told_) {
      // "The error was:" and such: the reply may stand behind a blank line.
      titled_ = line.ends_with(':');
      accounts_.say(without_title(line));
    }
    return true;
  }

  // An address further in than the first one, or the same again, belongs to a reply.
  [[nodiscard]] bool is_new(string_view line, const Entry& entry) const {
    if (accounts_.empty()) return true;
    return indent_of(line) <= indent_ && !accounts_.is_open(entry.address) &&
           !(is_helper(entry.address) && accounts_.has_reply());
  }

  void open(string_view line, const Entry& entry) {
    if (accounts_.empty()) indent_ = indent_of(line);
    accounts_.open(entry.address, entry.original);
    auto rest = entry.rest;
    // "a@example.com, b@example.com"
    for (auto last = entry; is_before_comma(line, last.address);) {
      auto next = entry_of(rest);
      if (!next) break;
      accounts_.open(next->address, next->original);
      rest = next->rest;
      last = *next;
    }
    accounts_.say(rest);
    told_ = titled_ = false;
  }

  static bool is_before_comma(string_view line, string_view address) {
    auto end = static_cast<std::size_t>(address.data() - line.data()) + address.size();
    if (end > line.size()) return false;
    auto comma = line.substr(end).find_first_not_of(">\"' \t");
    return comma != string_view::npos && (line[end + comma] == ',' || line[end + comma] == ';');
  }

  // "Reason: ...", "Diagnostic code: smtp; ...": titles of the table, not words of the reply.
  static string_view without_title(string_view line) {
    auto words = without_rule(line);
    if (words.starts_with("<<< ")) words.remove_prefix(4);
    constexpr string_view kTitles[] = {
        "reason:", "diagnostic code:", "error:", "because:", "server message"};
    for (auto title : kTitles)
      if (ascii::istarts_with(words, title)) return words.substr(title.size());
    return words;
  }

  const Scene& scene_;
  Collector accounts_;
  std::string intro_;
  std::size_t indent_ = 0;
  bool told_ = false;    // the reply has ended with a blank line
  bool titled_ = false;  // its last line announces more
};

std::vector<Failure> read_before_addresses(const Scene& scene, std::size_t first) {
  constexpr std::size_t kMostWords = 2048;  // of a reply that many share
  Collector accounts(scene);
  std::string reply;
  for (auto at = first; at < scene.mail.lines.size(); ++at) {
    auto line = scene.mail.lines[at];
    if (auto entry = entry_of(line)) {
      accounts.open(entry->address, entry->original);
      if (!entry->rest.empty()) accounts.say(reply);
      accounts.say(entry->rest);
      continue;
    }
    if (!accounts.empty() && (line.empty() || is_end(line))) break;
    if (accounts.empty() && !is_rule(line) && reply.size() < kMostWords) append_words(reply, line);
  }
  return accounts.finish(reply);
}

}  // namespace

std::vector<Failure> read_listed(const Scene& scene) {
  return ListReader(scene).read();
}

std::vector<Failure> read_names(const Scene& scene) {
  auto failures = read_listed(scene);
  if (!failures.empty()) return failures;
  // "ann (user not found)": without a domain the returned message tells whom.
  Collector accounts(scene);
  for (auto at = scene.line + 1; at < scene.mail.lines.size(); ++at) {
    auto line = scene.mail.lines[at];
    if (is_end(line) || (line.empty() && !accounts.empty())) break;
    if (line.empty()) continue;
    if (accounts.empty()) accounts.open({});
    accounts.say(line);
  }
  return accounts.finish();
}

std::vector<Failure> read_nothing(const Scene& /*scene*/) {
  return {};
}

std::vector<Failure> read_sentence(const Scene& scene) {
  ListReader reader(scene);
  if (auto found = find_address(scene.mail.lines[scene.line])) reader.begin_with(*found);
  return reader.read();
}

std::vector<Failure> read_reply_first(const Scene& scene) {
  return read_before_addresses(scene, scene.line + 1);
}

std::vector<Failure> read_above(const Scene& scene) {
  return read_before_addresses(scene, 0);
}

std::vector<Failure> read_reason_first(const Scene& scene) {
  Collector accounts(scene);
  for (auto at = scene.line; at < scene.mail.lines.size(); ++at) {
    auto line = scene.mail.lines[at];
    if (is_end(line)) break;
    auto colon = line.rfind(": ");
    auto entry = colon == string_view::npos ? std::nullopt : entry_of(line.substr(colon + 1));
    if (entry) accounts.open(entry->address);
    if (!accounts.empty()) accounts.say(entry ? line.substr(0, colon) : line);
  }
  return accounts.finish();
}

std::vector<Failure> read_paragraphs(const Scene& scene) {
  Collector accounts(scene);
  bool inside = false;
  bool after_blank = true;
  for (auto at = scene.line + 1; at < scene.mail.lines.size(); ++at) {
    auto line = scene.mail.lines[at];
    bool opens = after_blank && line.starts_with('<') && line.ends_with(":");
    after_blank = line.empty();
    if (line.empty()) inside = false;
    if (opens) {
      auto found = find_address(line);
      accounts.flush();
      accounts.open(found ? found->address : line.substr(1, line.find('>') - 1));
      inside = true;
    } else if (inside) {
      accounts.say(line);
    } else if (line.starts_with('-') || is_end(line)) {
      break;  // the break paragraph
    }
  }
  return accounts.finish();
}

}  // namespace mailtrust::bounce::layouts
