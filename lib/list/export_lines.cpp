// Formats that are one address or prefix a line: Postfix and postscreen (cidr_table(5)), rspamd IP
// maps, Exim's iplsearch, HAProxy, nginx.
#include "list/export_makers.hpp"
#include "list/export_roll.hpp"
#include "list/export_words.hpp"

namespace mailtrust::list {
namespace {

// What stands around the prefix.
struct Dialect {
  std::string_view program = {};
  std::string_view use = {};  ///< one line for the head of the file
  std::string_view before_allow = {};
  std::string_view before_deny = {};
  std::string_view allow = {};  ///< behind the prefix
  std::string_view deny = {};
  bool quotes_v6 = false;              ///< the colon ends a key
  bool says_both = false;              ///< one file may allow and deny
  bool can_tell = false;               ///< text behind `deny` goes to the sender
  std::string_view names_format = {};  ///< where mailboxes and domains go
};

constexpr Dialect kPostfix = {
    .program = "a cidr table",
    .use = "smtpd_client_restrictions = check_client_access cidr:FILE",
    .allow = " OK",
    .deny = " REJECT",
    .says_both = true,
    .can_tell = true,
    .names_format = "postfix-hash",
};
constexpr Dialect kPostscreen = {
    .program = "a cidr table",
    .use = "postscreen_access_list = permit_mynetworks, cidr:FILE",
    .allow = " permit",
    .deny = " reject",
    .says_both = true,
};
constexpr Dialect kRspamd = {
    .program = "an IP map",
    .use = "multimap: type = \"ip\"; map = \"file://FILE\";",
    .names_format = "rspamd-from",
};
constexpr Dialect kExim = {
    .program = "an iplsearch file",
    .use = "hosts = net-iplsearch;FILE, or ${lookup{$sender_host_address}iplsearch{FILE}}",
    .allow = ": allow",
    .deny = ": deny",
    .quotes_v6 = true,
    .names_format = "exim-senders",
};
constexpr Dialect kHaproxy = {
    .program = "a file of addresses",
    .use = "acl listed src -f FILE",
};
constexpr Dialect kNginx = {
    .program = "an access list",
    .use = "include FILE; in http, server or location",
    .before_allow = "allow ",
    .before_deny = "deny ",
    .allow = ";",
    .deny = ";",
    .says_both = true,
};

constexpr std::size_t kMostAnswer = 200;  // a reply line is 512 octets at most, RFC 5321 4.5.3.1.5

class LineExporter : public Exporter {
 public:
  LineExporter(const Dialect& dialect, Heading heading)
      : dialect_(dialect), heading_(std::move(heading)) {}

  [[nodiscard]] std::string refuse(const Entry& entry) const override {
    if (entry.has_block()) return {};
    return cannot_hold(dialect_.program, entry.kind, dialect_.names_format);
  }

  void add(const Stored& stored) override { roll_.add(stored.entry.block, stored.comment); }

  Expected<std::string> finish() override {
    roll_.make_first_match(true);
    auto out = heading_lines(heading_, "# ", roll_.added(), dialect_.use);
    const Roll::Item* before = nullptr;
    for (const auto& item : roll_.items()) {
      append(out, item, before != nullptr && before->offset == item.offset);
      before = &item;
    }
    if (heading_.exclusive && dialect_.says_both && !roll_.items().empty()) append_others(out);
    return out;
  }

 private:
  // The parts of a range share its comment, which is said once.
  void append(std::string& out, const Roll::Item& item, bool is_said) const {
    auto comment = roll_.comment(item);
    bool allows = heading_.verdict == Verdict::allow;
    bool tells = heading_.tell && dialect_.can_tell && !allows && !comment.empty();
    if (!tells && !is_said) append_comment_line(out, "# ", comment);
    append_block(out, item.block, allows);
    if (tells) out += ' ' + ascii_comment(comment, kMostAnswer);
    out += '\n';
  }

  void append_block(std::string& out, const Block& block, bool allows) const {
    bool quoted = dialect_.quotes_v6 && block.family == net::Family::v6;
    out += allows ? dialect_.before_allow : dialect_.before_deny;
    if (quoted) out += '"';
    out += to_string(block);
    if (quoted) out += '"';
    out += allows ? dialect_.allow : dialect_.deny;
  }

  // Who is not in an exclusive list is denied.
  void append_others(std::string& out) const {
    append_comment_line(out, "# ", "all others");
    for (auto family : {net::Family::v4, net::Family::v6}) {
      append_block(out, block_of(net::Prefix{net::address_of(family, 0), 0}), false);
      out += '\n';
    }
  }

  Dialect dialect_;
  Heading heading_;
  Roll roll_;
};

}  // namespace

std::unique_ptr<Exporter> make_postfix(const Heading& heading) {
  return std::make_unique<LineExporter>(kPostfix, heading);
}

std::unique_ptr<Exporter> make_postscreen(const Heading& heading) {
  return std::make_unique<LineExporter>(kPostscreen, heading);
}

std::unique_ptr<Exporter> make_rspamd(const Heading& heading) {
  return std::make_unique<LineExporter>(kRspamd, heading);
}

std::unique_ptr<Exporter> make_exim(const Heading& heading) {
  return std::make_unique<LineExporter>(kExim, heading);
}

std::unique_ptr<Exporter> make_haproxy(const Heading& heading) {
  return std::make_unique<LineExporter>(kHaproxy, heading);
}

std::unique_ptr<Exporter> make_nginx(const Heading& heading) {
  return std::make_unique<LineExporter>(kNginx, heading);
}

}  // namespace mailtrust::list
