// The list as a DNSxL (RFC 5782): a master file for nsd, bind and knot, or data for rbldnsd.
#include <algorithm>
#include <utility>
#include <vector>

#include "list/dnsxl.hpp"
#include "list/export_makers.hpp"
#include "list/export_roll.hpp"
#include "list/export_words.hpp"

namespace mailtrust::list {
namespace {

constexpr std::string_view kTimes = "3600 600 604800 300";  // refresh, retry, expire, negative
constexpr std::size_t kMostString = 255;

std::string code_text(const Heading& heading) {
  return to_string(net::Address::v4(heading.code));
}

// RFC 1035 section 5.1: what is not printable ASCII as \DDD.
std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (char c : text) {
    auto octet = static_cast<unsigned char>(c);
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (octet >= ' ' && octet <= '~') {
      out += c;
    } else {
      out += '\\';
      for (unsigned unit : {100U, 10U, 1U}) out += static_cast<char>('0' + octet / unit % 10);
    }
  }
  return out + '"';
}

class ZoneExporter : public Exporter {
 public:
  explicit ZoneExporter(Heading heading) : heading_(std::move(heading)) {}

  [[nodiscard]] std::string refuse(const Entry& entry) const override {
    return entry.has_block() ? "" : cannot_hold("a zone of addresses", entry.kind, {});
  }

  void add(const Stored& stored) override { roll_.add(stored.entry.block, stored.comment); }

 protected:
  Heading heading_;
  Roll roll_;
};

class MasterFileExporter : public ZoneExporter {
 public:
  using ZoneExporter::ZoneExporter;

  Expected<std::string> finish() override {
    std::vector<dnsxl::Source> sources;
    sources.reserve(roll_.items().size());
    for (const auto& item : roll_.items()) sources.push_back({item.block, roll_.comment(item)});
    auto listings = dnsxl::listings(sources);
    if (!listings) return fail(listings.error());
    auto out = heading_lines(heading_, "; ", roll_.added(), {}) + apex();
    auto address = " IN A " + code_text(heading_) + '\n';
    for (const auto& listing : *listings) {
      auto owner = to_string(listing.owner);
      out.append(owner).append(address);
      append_text(out, owner, listing.comment);
    }
    return out;
  }

 private:
  [[nodiscard]] std::string apex() const {
    auto server = heading_.name_server + '.';
    std::string out = "$TTL 300\n@ IN SOA " + server + " hostmaster." + server + " (\n  ";
    out += std::to_string(heading_.serial) + " ; serial\n  ";
    out.append(kTimes).append(" )\n@ IN NS ").append(server) += '\n';
    return out;
  }

  static void append_text(std::string& out, const std::string& owner, std::string_view comment) {
    auto strings = dnsxl::text_strings(comment);
    if (strings.empty()) return;
    out.append(owner).append(" IN TXT");
    for (const auto& string : strings) out.append(" ").append(quoted(string));
    out += '\n';
  }
};

class RbldnsdExporter : public ZoneExporter {
 public:
  using ZoneExporter::ZoneExporter;

  Expected<std::string> finish() override {
    roll_.make_first_match(false);
    auto out = heading_lines(heading_, "# ", roll_.added(), "rbldnsd ... ZONE:combined:FILE");
    const auto& server = heading_.name_server;
    out += "$SOA 300 " + server + " hostmaster." + server + " 0 3600 600 604800 300\n";
    out += "$NS 300 " + server + '\n';
    // RFC 5782 section 5: 127.0.0.2 is listed, 127.0.0.1 is not, in both families.
    append_set(out, net::Family::v4, "ip4trie", "127.0.0.1", "127.0.0.2");
    append_set(out, net::Family::v6, "ip6trie", "::ffff:7f00:1", "::ffff:7f00:2");
    return out;
  }

 private:
  void append_set(std::string& out, net::Family family, std::string_view type,
                  std::string_view never, std::string_view always) const {
    auto code = code_text(heading_);
    out.append("$DATASET ").append(type).append(" @\n:").append(code).append(":\n");
    bool has_test_entry = false;
    for (const auto& item : roll_.items()) {
      if (item.block.family != family) continue;
      auto block = to_string(item.block);
      if (block == never) continue;
      has_test_entry = has_test_entry || block == always;
      out += block;
      auto text = text_of(roll_.comment(item));
      if (!text.empty()) out.append(" :").append(code).append(":").append(text);
      out += '\n';
    }
    if (!has_test_entry)
      out.append(always).append(" :").append(code).append(":test entry (RFC 5782 section 5)\n");
    out.append("!").append(never) += '\n';
  }

  // `$` stands for the address, and `$$` for itself; a first `=` is taken away.
  static std::string text_of(std::string_view comment) {
    auto text = plain_comment(comment, kMostString);
    std::string out = text.starts_with('=') ? "=" : "";
    for (char c : text) {
      if (c == '$') out += '$';
      out += c;
    }
    return out;
  }
};

}  // namespace

std::unique_ptr<Exporter> make_dnsxl(const Heading& heading) {
  return std::make_unique<MasterFileExporter>(heading);
}

std::unique_ptr<Exporter> make_rbldnsd(const Heading& heading) {
  return std::make_unique<RbldnsdExporter>(heading);
}

}  // namespace mailtrust::list
