// Formats that are one mailbox or domain a line: Postfix's access(5), rspamd's sender maps, Exim's
// lsearch.
#include <algorithm>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "list/export_makers.hpp"
#include "list/export_words.hpp"
#include "list/mailbox.hpp"

namespace mailtrust::list {
namespace {

struct Dialect {
  std::string_view program = {};
  std::string_view use = {};
  std::string_view before_domain = {};  ///< before the domain of `@domain`
  std::string_view allow = {};
  std::string_view deny = {};
  std::string_view quote = {};  ///< around every key
  bool can_tell = false;
  bool rewrites = false;                ///< see is_rewritten()
  std::string_view blocks_format = {};  ///< where addresses go
};

constexpr Dialect kPostfixHash = {
    .program = "an access table for senders",
    .use =
        "postmap FILE, then check_sender_access hash:FILE; a domain stands for those below it "
        "too, unless parent_domain_matches_subdomains is without smtpd_access_maps",
    .allow = " OK",
    .deny = " REJECT",
    .can_tell = true,
    .blocks_format = "postfix",
};
constexpr Dialect kRspamdFrom = {
    .program = "a sender map",
    .use = "multimap: type = \"from\"; map = \"file://FILE\"; without a filter",
    .rewrites = true,
    .blocks_format = "rspamd",
};
constexpr Dialect kEximSenders = {
    .program = "an lsearch file for senders",
    .use = "senders = lsearch*@;FILE",
    .before_domain = "*@",
    .allow = ": allow",
    .deny = ": deny",
    .quote = "\"",
    .blocks_format = "exim",
};

constexpr std::size_t kMostAnswer = 200;

// Letters, digits and those signs of a local part that mean nothing to any of the programs.
bool is_plain(std::string_view mailbox) {
  return std::ranges::all_of(mailbox, [](char c) {
    return ascii::is_alnum(c) || static_cast<unsigned char>(c) > 127 ||
           std::string_view("!$%&'+-/=?^_`{|}~.@").find(c) != std::string_view::npos;
  });
}

// rspamd takes the tag off a sender, and for Google Mail the dots, before it looks him up.
bool is_rewritten(const Entry& entry) {
  auto at = find_at(entry.name);
  bool has_local_part = entry.kind == Kind::mailbox;
  auto local_part = std::string_view(entry.name).substr(0, has_local_part ? at : 0);
  auto domain = std::string_view(entry.name).substr(has_local_part ? at + 1 : 0);
  if (domain == "googlemail.com") return true;
  if (domain == "gmail.com" && local_part.find('.') != std::string_view::npos) return true;
  return local_part.find('+', 1) != std::string_view::npos && !local_part.starts_with('+');
}

class NameExporter : public Exporter {
 public:
  NameExporter(const Dialect& dialect, Heading heading)
      : dialect_(dialect), heading_(std::move(heading)) {}

  [[nodiscard]] std::string refuse(const Entry& entry) const override {
    if (entry.has_block()) return cannot_hold(dialect_.program, entry.kind, dialect_.blocks_format);
    if (dialect_.rewrites && is_rewritten(entry))
      return "rspamd drops tags, and the dots of Google Mail, before it looks a sender up";
    if (is_plain(entry.name)) return {};
    return std::string(dialect_.program) + " would misread this local part";
  }

  void add(const Stored& stored) override {
    auto key = stored.entry.name;
    if (stored.entry.kind == Kind::domain) key.insert(0, dialect_.before_domain);
    lines_.emplace_back(std::move(key), stored.comment);
  }

  Expected<std::string> finish() override {
    sort_names(lines_);
    auto out = heading_lines(heading_, "# ", lines_.size(), dialect_.use);
    for (const auto& [key, comment] : lines_) append(out, key, comment);
    return out;
  }

 private:
  void append(std::string& out, std::string_view key, std::string_view comment) const {
    bool allows = heading_.verdict == Verdict::allow;
    bool tells = heading_.tell && dialect_.can_tell && !allows && !comment.empty();
    if (!tells) append_comment_line(out, "# ", comment);
    out.append(dialect_.quote).append(key).append(dialect_.quote);
    out += allows ? dialect_.allow : dialect_.deny;
    if (tells) out += ' ' + ascii_comment(comment, kMostAnswer);
    out += '\n';
  }

  Dialect dialect_;
  Heading heading_;
  std::vector<NameLine> lines_;
};

}  // namespace

std::unique_ptr<Exporter> make_postfix_hash(const Heading& heading) {
  return std::make_unique<NameExporter>(kPostfixHash, heading);
}

std::unique_ptr<Exporter> make_rspamd_from(const Heading& heading) {
  return std::make_unique<NameExporter>(kRspamdFrom, heading);
}

std::unique_ptr<Exporter> make_exim_senders(const Heading& heading) {
  return std::make_unique<NameExporter>(kEximSenders, heading);
}

}  // namespace mailtrust::list
