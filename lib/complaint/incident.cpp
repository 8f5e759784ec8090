#include "complaint/incident.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "authres/authres.hpp"
#include "base/ascii.hpp"
#include "complaint/text.hpp"
#include "dns/name.hpp"
#include "dns/public_suffix.hpp"
#include "message/address.hpp"
#include "message/mime.hpp"

namespace mailtrust::complaint {
namespace {

std::string value_of(const message::Header& header, std::string_view name) {
  const auto* field = header.find(name);
  return field != nullptr ? message::on_one_line(field->value) : std::string{};
}

std::string_view without_brackets(std::string_view text) {
  text = ascii::trim(text);
  if (text.starts_with('<') && text.ends_with('>')) text = text.substr(1, text.size() - 2);
  return text;
}

// An mbox "From " line is not of the message.
void drop_from_line(std::string& octets) {
  if (message::is_from_line(octets.substr(0, octets.find('\n'))))
    octets.erase(0, std::min(octets.find('\n'), octets.size() - 1) + 1);
}

// RFC 5965 section 3.2: when the message was received by the generator's own server. The hop that
// took it in from outside says so; the sender wrote those behind it.
std::optional<std::int64_t> arrival_of(const received::Trace& trace) {
  if (trace.handover_hop && trace.hops[*trace.handover_hop].time)
    return trace.hops[*trace.handover_hop].time;
  for (const auto& hop : trace.hops)
    if (hop.is_believed && hop.time) return hop.time;
  return std::nullopt;
}

class Reading {
 public:
  explicit Reading(Incident& incident) : incident_(incident), header_(incident.header) {}

  void run() {
    incident_.arrival = arrival_of(incident_.trace);
    incident_.subject = clean(message::decode_words(value_of(header_, "Subject")));
    incident_.message_id = clean(value_of(header_, "Message-ID"), 200);
    take_sender();
    take_recipients();
    take_results();
    take_uris();
  }

 private:
  // The final server writes Return-Path (RFC 5321 section 4.4); some note the envelope in Received.
  void take_sender() {
    const auto& fields = header_.fields();
    auto first_received = std::ranges::find_if(
        fields, [](const auto& field) { return ascii::iequals(field.name, "Received"); });
    for (auto field = fields.begin(); field != first_received; ++field)
      if (ascii::iequals(field->name, "Return-Path")) return set_sender(field->value);
    for (const auto& hop : incident_.trace.hops)
      if (hop.is_believed && hop.field.has_envelope_from)
        return set_sender(hop.field.envelope_from);
  }

  void set_sender(std::string_view text) {
    auto mailbox = without_brackets(text);
    if (mailbox.empty() || is_plain_mailbox(mailbox)) incident_.mail_from = std::string(mailbox);
  }

  void take_recipients() {
    constexpr std::string_view kDelivered[] = {"X-Original-To", "Envelope-To", "Delivered-To"};
    for (const auto& hop : incident_.trace.hops)
      if (hop.is_believed) add_recipient(hop.field.recipient);
    if (!incident_.recipients.empty()) return;
    for (const auto& field : header_.fields()) {
      // What is below was there before our servers had it.
      if (ascii::iequals(field.name, "Received")) return;
      for (auto name : kDelivered)
        if (ascii::iequals(field.name, name)) add_recipient(field.value);
    }
  }

  void add_recipient(std::string_view text) {
    std::string mailbox(without_brackets(text));
    auto& known = incident_.recipients;
    bool is_new = std::ranges::find(known, mailbox) == known.end();
    if (is_plain_mailbox(mailbox) && is_new) known.push_back(std::move(mailbox));
  }

  // RFC 8601 section 5: believed is what stands above the Received field of the server that took
  // the message in and names a server of the same organization; anybody could have sent the rest.
  void take_results() {
    const auto& trace = incident_.trace;
    if (trace.hops.empty()) return;
    auto own = organization_of(trace.hops.front().field.by);
    auto border = trace.handover_hop.value_or(0);
    std::size_t hop = 0;
    for (const auto& field : header_.fields()) {
      if (ascii::iequals(field.name, "Received") && hop++ == border) return;
      if (!ascii::iequals(field.name, "Authentication-Results")) continue;
      auto results = authres::parse(field.value);
      if (!results.problem.empty() || own.empty() || organization_of(results.authserv_id) != own)
        continue;
      incident_.results.push_back(clean(message::unfold(field.value), 900));
      note_author(results);
    }
  }

  static std::string organization_of(std::string_view host) {
    auto name = dns::Name::parse(host);
    if (!name) return {};
    auto registrable = dns::registrable_domain(*name);
    return ascii::to_lower(to_string(registrable));
  }

  void note_author(const authres::Results& results) {
    const auto* from = header_.find("From");
    if (from == nullptr || header_.count("From") != 1) return;
    auto authors = message::parse_addresses(from->value);
    if (!authors.faults.empty() || authors.addresses.size() != 1) return;
    auto domain = ascii::to_lower(authors.addresses.front().domain);
    if (!is_plain_mailbox("a@" + domain)) return;
    for (const auto& statement : results.statements)
      if (statement.result == "pass" && vouches(statement, domain))
        incident_.author_domain = domain;
  }

  static bool vouches(const authres::Statement& statement, std::string_view domain) {
    return std::ranges::any_of(statement.properties, [&](const auto& property) {
      bool names = (statement.method == "dmarc" && property.first == "header.from") ||
                   (statement.method == "dkim" && property.first == "header.d");
      return names && ascii::iequals(property.second, domain);
    });
  }

  void take_uris() {
    constexpr std::size_t kRead = 1U << 20;  // octets of a part that are looked through
    auto body = std::string_view(incident_.octets).substr(incident_.header_size);
    auto structure = message::read_structure(header_, body);
    for (const auto& part : structure.parts) {
      bool text = part.content_type.type == "text/plain" || part.content_type.type == "text/html";
      if (!text || incident_.uris.size() >= kMaxUris) continue;
      auto looked = part;
      looked.content = part.content.substr(0, kRead);
      collect_uris(message::decode_content(looked), kMaxUris, incident_.uris);
    }
  }

  Incident& incident_;
  const message::Header& header_;
};

bool may_stand_in_uri(char c) {
  constexpr std::string_view kMarks = "-._~:/?#[]@!$&'()*+,;=%";
  return ascii::is_alnum(c) || kMarks.find(c) != std::string_view::npos;
}

}  // namespace

std::size_t body_offset(std::string_view octets) {
  std::size_t line = 0;
  while (line < octets.size()) {
    auto end = octets.find('\n', line);
    if (end == std::string_view::npos) return octets.size();
    auto text = octets.substr(line, end + 1 - line);
    if (text == "\n" || text == "\r\n") return end + 1;
    line = end + 1;
  }
  return octets.size();
}

std::string_view header_lines(std::string_view octets) {
  auto header = octets.substr(0, body_offset(octets));
  for (std::string_view empty : {"\r\n", "\n"}) {
    if (!header.ends_with(empty)) continue;
    auto lines = header.substr(0, header.size() - empty.size());
    if (lines.empty() || lines.ends_with('\n')) return lines;
  }
  return header;
}

// RFC 3986; what ends a sentence or a tag is no part of it.
void collect_uris(std::string_view text, std::size_t most, std::vector<std::string>& uris) {
  constexpr std::size_t kLongest = 900;  // a field is one line of at most 998 octets
  std::set<std::string, std::less<>> known(uris.begin(), uris.end());
  for (auto colon = text.find("://"); colon != std::string_view::npos && uris.size() < most;
       colon = text.find("://", colon + 3)) {
    auto before = text.substr(0, colon);
    std::size_t scheme = ascii::iends_with(before, "https")  ? 5
                         : ascii::iends_with(before, "http") ? 4
                                                             : 0;
    if (scheme == 0) continue;
    auto rest = text.substr(colon - scheme);
    auto end =
        static_cast<std::size_t>(std::ranges::find_if_not(rest, may_stand_in_uri) - rest.begin());
    auto uri = rest.substr(0, end);
    while (!uri.empty() && std::string_view(".,;:!?')]*").find(uri.back()) != std::string::npos)
      uri.remove_suffix(1);
    if (uri.size() <= scheme + 3 || uri.size() > kLongest) continue;
    if (known.emplace(uri).second) uris.emplace_back(uri);
  }
}

std::string reason_of(const Incident& incident) {
  constexpr std::string_view kYours = "(yours)";
  auto text = incident.trace.origin.why;
  for (auto at = text.find(kYours); at != std::string::npos; at = text.find(kYours, at))
    text.replace(at, kYours.size(), "(ours)");
  return text;
}

Incident read_incident(std::string file, std::string octets, const received::Trusted& trusted) {
  Incident incident;
  incident.file = std::move(file);
  incident.octets = std::move(octets);
  drop_from_line(incident.octets);
  incident.header_size = body_offset(incident.octets);
  incident.header = message::Header::parse(header_lines(incident.octets));
  incident.trace = received::read_trace(incident.header, trusted);
  Reading(incident).run();
  return incident;
}

}  // namespace mailtrust::complaint
