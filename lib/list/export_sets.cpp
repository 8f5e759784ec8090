// Sets of the packet filter: nft(8) and ipset(8) scripts that replace what a set holds at once.
#include <array>
#include <utility>

#include "base/number.hpp"
#include "list/export_makers.hpp"
#include "list/export_roll.hpp"
#include "list/export_words.hpp"

namespace mailtrust::list {
namespace {

constexpr std::array kFamilies = {net::Family::v4, net::Family::v6};

std::string_view suffix(net::Family family) {
  return family == net::Family::v4 ? "_v4" : "_v6";
}

class SetExporter : public Exporter {
 public:
  explicit SetExporter(Heading heading) : heading_(std::move(heading)) {}

  [[nodiscard]] std::string refuse(const Entry& entry) const override {
    return entry.has_block() ? "" : cannot_hold("a set of addresses", entry.kind, {});
  }

  void add(const Stored& stored) override { roll_.add(stored.entry.block, stored.comment); }

 protected:
  [[nodiscard]] std::string set_name(net::Family family) const {
    return heading_.set_name + std::string(suffix(family));
  }

  Heading heading_;
  Roll roll_;
};

class NftablesExporter : public SetExporter {
 public:
  using SetExporter::SetExporter;

  Expected<std::string> finish() override {
    roll_.make_disjoint();
    auto out = heading_lines(heading_, "# ", roll_.added(),
                             "nft -f FILE, then ip saddr @" + set_name(net::Family::v4) +
                                 " and ip6 saddr @" + set_name(net::Family::v6) +
                                 " in table inet mailtrust");
    out += "add table inet mailtrust\n";
    for (auto family : kFamilies) append_set(out, family);
    return out;
  }

 private:
  static constexpr std::size_t kMostComment = 127;  // NFTNL_UDATA_COMMENT_MAXLEN, less its NUL

  void append_set(std::string& out, net::Family family) const {
    auto name = "set inet mailtrust " + set_name(family);
    std::string_view type = family == net::Family::v4 ? "ipv4_addr" : "ipv6_addr";
    out += "add " + name + " { type " + std::string(type) + "; flags interval; }\n";
    out += "flush " + name + '\n';
    bool opened = false;
    for (const auto& item : roll_.items()) {
      if (item.block.family != family) continue;
      out += opened ? ",\n  " : "add element" + name.substr(3) + " {\n  ";
      opened = true;
      out += to_string(item.block);
      auto comment = quotable_comment(roll_.comment(item), kMostComment);
      if (!comment.empty()) out += " comment \"" + comment + '"';
    }
    if (opened) out += "\n}\n";
  }
};

class IpsetExporter : public SetExporter {
 public:
  using SetExporter::SetExporter;

  Expected<std::string> finish() override {
    if (heading_.set_name.size() > kMostName)
      return fail(Error::Kind::usage, "--name",
                  "an ipset is called by at most " + std::to_string(kMostName) +
                      " characters here; give a shorter name");
    roll_.make_disjoint();
    roll_.split_ranges();
    auto out = heading_lines(
        heading_, "# ", roll_.added(),
        "ipset restore -file FILE, then -m set --match-set " + set_name(net::Family::v4) + " src");
    for (auto family : kFamilies) append_set(out, family);
    return out;
  }

 private:
  static constexpr std::size_t kMostComment = 255;  // IPSET_MAX_COMMENT_SIZE
  static constexpr std::size_t kMostName = 24;      // IPSET_MAXNAMELEN, less "_v4_new" and its NUL

  // The limit belongs to the type: sets of two limits cannot be swapped by name, so it is always
  // the same. It takes no memory.
  static constexpr std::string_view kOptions = " maxelem 16777216 comment -exist\n";

  void append_set(std::string& out, net::Family family) const {
    auto name = set_name(family);
    auto fresh = name + "_new";
    auto type = family == net::Family::v4 ? " hash:net family inet" : " hash:net family inet6";
    for (const auto& each : {name, fresh})
      out.append("create ").append(each).append(type).append(kOptions);
    out += "flush " + fresh + '\n';
    for (const auto& item : roll_.items())
      if (item.block.family == family) append_element(out, fresh, item);
    out += "swap " + fresh + ' ' + name + "\ndestroy " + fresh + '\n';
  }

  void append_element(std::string& out, const std::string& set, const Roll::Item& item) const {
    auto comment = quotable_comment(roll_.comment(item), kMostComment - 1);
    // Quoted or not, "-exist" and its like are options there.
    if (comment.starts_with('-')) comment.insert(0, 1, ' ');
    auto line = [&](const Block& block) {
      out += "add " + set + ' ' + to_string(block);
      if (!comment.empty()) out += " comment \"" + comment + '"';
      out += '\n';
    };
    if (item.block.prefix_length() != 0) return line(item.block);
    // hash:net has no /0, but both of its halves.
    auto middle = item.block.last >> 1;
    line({item.block.family, 0, middle});
    line({item.block.family, middle + 1, item.block.last});
  }
};

}  // namespace

std::unique_ptr<Exporter> make_nftables(const Heading& heading) {
  return std::make_unique<NftablesExporter>(heading);
}

std::unique_ptr<Exporter> make_ipset(const Heading& heading) {
  return std::make_unique<IpsetExporter>(heading);
}

}  // namespace mailtrust::list
