// Configuration of SpamAssassin 4: senders by welcomelist_from and blocklist_from, allowed
// addresses by welcomelist_from_rcvd. For denied addresses it has no setting; IPv4 is told by rules
// over the relay that handed the message to us.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "list/export_makers.hpp"
#include "list/export_roll.hpp"
#include "list/export_words.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kMostRuleName = 30;
constexpr std::size_t kAddressesPerRule = 500;

// `192\.0\.2\.(?:1|2|3)`, of the octets that a prefix leaves alone and what the others may be.
std::string pattern_of(const Block& block) {
  std::string out;
  for (unsigned shift = 32; shift > 0;) {
    shift -= 8;
    auto low = static_cast<unsigned>(block.first >> shift) & 255;
    auto high = static_cast<unsigned>(block.last >> shift) & 255;
    if (!out.empty()) out += "\\.";
    if (low == high) {
      out += std::to_string(low);
    } else if (low == 0 && high == 255) {
      out += "\\d+";
    } else {
      out += "(?:" + std::to_string(low);
      for (auto octet = low + 1; octet <= high; ++octet) out += '|' + std::to_string(octet);
      out += ')';
    }
  }
  return out;
}

class SpamassassinExporter : public Exporter {
 public:
  explicit SpamassassinExporter(Heading heading) : heading_(std::move(heading)) {}

  [[nodiscard]] std::string refuse(const Entry& entry) const override {
    if (!entry.has_block()) return refuse_name(entry);
    if (allows() || entry.block.family == net::Family::v4) return {};
    return "SpamAssassin cannot deny IPv6 addresses by itself; use --format dnsxl and check_rbl";
  }

  void add(const Stored& stored) override {
    if (stored.entry.has_block()) return blocks_.add(stored.entry.block, stored.comment);
    auto name = stored.entry.kind == Kind::domain ? "*@" + stored.entry.name : stored.entry.name;
    names_.emplace_back(std::move(name), stored.comment);
  }

  Expected<std::string> finish() override {
    sort_names(names_);
    blocks_.make_disjoint();
    blocks_.split_ranges();
    auto out = heading_lines(heading_, "# ", names_.size() + blocks_.added(),
                             "a .cf file beside local.cf; addresses are those that hand mail to "
                             "internal_networks");
    for (const auto& [name, comment] : names_) append_name(out, name, comment);
    if (allows()) {
      append_welcome(out);
    } else {
      append_rules(out);
    }
    return out;
  }

 private:
  [[nodiscard]] bool allows() const { return heading_.verdict == Verdict::allow; }

  // `*` and `?` are patterns there, and blanks part addresses.
  static std::string refuse_name(const Entry& entry) {
    bool is_plain = std::ranges::all_of(entry.name, [](char c) {
      return ascii::is_alnum(c) || static_cast<unsigned char>(c) > 127 ||
             std::string_view("!$%&'+-/=^_`{|}~.@").find(c) != std::string_view::npos;
    });
    return is_plain ? "" : "SpamAssassin would misread this local part";
  }

  void append_name(std::string& out, std::string_view name, std::string_view comment) const {
    append_comment_line(out, "# ", comment);
    out.append(allows() ? "welcomelist_from " : "blocklist_from ").append(name) += '\n';
  }

  void append_welcome(std::string& out) const {
    for (const auto& item : blocks_.items()) {
      append_comment_line(out, "# ", blocks_.comment(item));
      out += "welcomelist_from_rcvd * [" + to_string(item.block) + "]\n";
    }
  }

  // One rule for many addresses: thousands of rules would each cost time for every message.
  void append_rules(std::string& out) const {
    auto items = std::span(blocks_.items());
    if (items.empty()) return;
    auto name = rule_name();
    std::string parts;
    for (std::size_t at = 0; at < items.size(); at += kAddressesPerRule) {
      auto part = "__" + name + '_' + std::to_string(at / kAddressesPerRule + 1);
      parts += (parts.empty() ? "" : " || ") + part;
      append_rule(out, part, items.subspan(at, std::min(kAddressesPerRule, items.size() - at)));
    }
    out += "meta " + name + " (" + parts + ")\n";
    out += "describe " + name + " Handed over by an address in a deny list\n";
    out += "score " + name + " 100\n";
  }

  void append_rule(std::string& out, const std::string& name,
                   std::span<const Roll::Item> items) const {
    for (const auto& item : items) {
      auto comment = blocks_.comment(item);
      if (!comment.empty())
        append_comment_line(out, "# ", to_string(item.block) + ": " + std::string(comment));
    }
    out += "header " + name + " X-Spam-Relays-External =~ /^\\[ ip=(?:";
    for (const auto& item : items) {
      if (!out.ends_with(':')) out += '|';
      out += pattern_of(item.block);
    }
    out += ") /\n";
  }

  [[nodiscard]] std::string rule_name() const {
    auto name = "MAILTRUST_" + heading_.set_name.substr(0, kMostRuleName);
    for (char& c : name) c = c == '-' ? '_' : c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    return name;
  }

  Heading heading_;
  Roll blocks_;
  std::vector<NameLine> names_;
};

}  // namespace

std::unique_ptr<Exporter> make_spamassassin(const Heading& heading) {
  return std::make_unique<SpamassassinExporter>(heading);
}

}  // namespace mailtrust::list
