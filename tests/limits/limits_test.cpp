// Every limit that a function of its own holds, at it, one below and one above; those of mail are
// in mail_limits_test.cpp. Limits of whole runs are in tests/system/limits_test.py; those that
// other tests cover are named in tests/limits_in_manual.py.
#include "base/limits.hpp"

#include <cstdlib>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include <catch2/catch.hpp>

#include "dns/inquiry.hpp"
#include "dns/transfer.hpp"
#include "dns/wire_writer.hpp"
#include "dns/zone_resolver.hpp"
#include "http/curl_url.hpp"
#include "json/value.hpp"
#include "limits/limit.hpp"
#include "maillog/queue.hpp"
#include "message/address.hpp"
#include "message/header.hpp"
#include "received/tokens.hpp"
#include "received/trace.hpp"
#include "spf/macro.hpp"
#include "spf/survey.hpp"
#include "store/cache.hpp"

using namespace mailtrust;

namespace {

spf::MacroString literal(std::string text) {
  spf::MacroString macro;
  macro.parts.emplace_back(std::move(text));
  return macro;
}

// Three labels of 63 octets behind one that makes it `size` octets.
bool is_whole_name(std::size_t size) {
  std::string name;
  for (int i = 0; i < 3; ++i) name += '.' + std::string(63, 'b');
  name = std::string(size - name.size(), 'a') + name;
  auto expanded = spf::expand_name(literal(name), {});
  return expanded && to_string(*expanded).size() == size;
}

bool is_whole_explanation(std::size_t size) {
  auto text = spf::expand(literal(std::string(size, 'x')), {}, limits::kMacroExplanation);
  return text.size() == size;
}

bool is_sound_address(std::size_t depth) {
  auto comment = std::string(depth, '(') + std::string(depth, ')');
  return message::parse_addresses(comment + " a@example.org").faults.empty();
}

bool are_all_hops(std::size_t count) {
  std::string text;
  for (std::size_t i = 0; i < count; ++i)
    text += "Received: from a.example (a.example [10.0.0.5]) by b.example with ESMTP; x\r\n";
  auto header = message::Header::parse(text);
  return received::read_trace(header, {}).hops.size() == count;
}

bool is_whole_field(std::size_t size) {
  return received::tokens(std::string(size, 'a')).at(0).text.size() == size;
}

// Is the last of so many questions still asked?
std::function<bool(std::size_t)> budget_of(std::size_t most) {
  return [most](std::size_t count) {
    auto zone = dns::ZoneResolver::from_text("$ORIGIN example.org.\n@ 60 IN A 192.0.2.1\n", "zone");
    REQUIRE(zone);
    dns::Inquiry inquiry(**zone, most, dns::Inquiry::Clock::time_point::max());
    auto failure = dns::Failure::none;
    for (std::size_t i = 0; i < count; ++i) {
      auto name = dns::Name::parse("n" + std::to_string(i) + ".example.org");
      failure = inquiry.query({*name, dns::Type::a})->failure;
    }
    return failure != dns::Failure::too_many;
  };
}

dns::Name transferred_zone() {
  return *dns::Name::parse("bl.example");
}

std::string transfer_message(dns::Type type, std::size_t data) {
  dns::wire::Writer writer(1, 0x8400);
  writer.record(dns::wire::Section::answer, transferred_zone(), type, 1, 0,
                std::string(data, '\0'));
  return writer.message();
}

// All but the last message of a transfer, and how many octets they are.
std::pair<dns::Transfer, std::size_t> nearly_whole_transfer() {
  dns::Transfer transfer(transferred_zone(),
                         [](const dns::wire::RawRecord&) { return Expected<void>(); });
  auto message = transfer_message(dns::Type::soa, 22);
  std::size_t size = 0;
  while (size + 65'000 < limits::kZoneTransfer) {
    REQUIRE(transfer.take(message));
    size += message.size();
    message = transfer_message(dns::Type::txt, 60'000);
  }
  return {std::move(transfer), size};
}

bool is_whole_transfer(std::size_t size) {
  static const auto begun = nearly_whole_transfer();
  auto transfer = begun.first;
  auto left = size - begun.second;
  auto overhead = transfer_message(dns::Type::txt, 0).size();
  auto last = transfer_message(dns::Type::txt, left - overhead);
  REQUIRE(last.size() == left);
  return transfer.take(last).has_value();
}

// A record and all that it includes.
bool is_read_record_tree(std::size_t records) {
  std::string root = "@ TXT (\"v=spf1\"";
  std::string leaves;
  for (std::size_t i = 1; i < records; ++i) {
    auto leaf = "n" + std::to_string(i);
    root += " \" include:" + leaf + ".example.org\"";
    leaves += leaf + " TXT \"v=spf1 -all\"\n";
  }
  auto zone = dns::ZoneResolver::from_text(
      "$ORIGIN example.org.\n$TTL 60\n" + root + " \" -all\")\n" + leaves, "zone");
  REQUIRE(zone);
  auto survey = spf::survey(**zone, *dns::Name::parse("example.org"));
  REQUIRE(survey.nodes.size() == records);
  return !survey.undetermined();
}

bool is_url(std::size_t size) {
  std::string url = "https://a.example/";
  return http::read_url(url + std::string(size - url.size(), 'x')).has_value();
}

// Of how many recipients does the queue know that they were put off?
bool are_held_as_put_off(std::size_t count) {
  constexpr std::size_t kOfOne = 50;
  maillog::Queue queue;
  for (std::size_t i = 0; i < count; ++i) {
    auto id = std::to_string(i / kOfOne);
    auto* message = queue.find(id);
    maillog::Pending pending;
    pending.recipient = std::to_string(i);
    queue.put_off(message == nullptr ? queue.add(id) : *message, pending);
  }
  std::size_t held = 0;
  queue.each([&](const maillog::Message& message) {
    held += message.pending ? message.pending->size() : 0;
    return true;
  });
  return held == count;
}

bool is_kept(std::size_t size) {
  std::string folder = "/tmp/mailtrust.limits.XXXXXX";
  REQUIRE(::mkdtemp(folder.data()) != nullptr);
  bool kept = false;
  if (auto cache = store::Cache::open(folder + "/store.db", store::Access::write))
    kept = cache->put("limits", {{"a", 1, 2, std::string(size, 'x')}}).has_value();
  std::filesystem::remove_all(folder);
  return kept;
}

bool is_json_of_depth(std::size_t depth) {
  return json::parse(std::string(depth, '[') + std::string(depth, ']')).has_value();
}

bool is_json_string(std::size_t size) {
  return json::parse('"' + std::string(size, 'x') + '"').has_value();
}

std::vector<test::Limit> all_limits() {
  return {{"kMacroName", limits::kMacroName, is_whole_name},
          {"kMacroExplanation", limits::kMacroExplanation, is_whole_explanation},
          {"kAddressDepth", limits::kAddressDepth, is_sound_address},
          {"kReceivedHops", limits::kReceivedHops, are_all_hops},
          {"kReceivedField", limits::kReceivedField, is_whole_field},
          {"kSpfQuestions", limits::kSpfQuestions, budget_of(limits::kSpfQuestions)},
          {"kVerifyQuestions", limits::kVerifyQuestions, budget_of(limits::kVerifyQuestions)},
          {"kCheckQuestions", limits::kCheckQuestions, budget_of(limits::kCheckQuestions)},
          {"kIpQuestions", limits::kIpQuestions, budget_of(limits::kIpQuestions)},
          {"kProviderQuestions", limits::kProviderQuestions, budget_of(limits::kProviderQuestions)},
          {"kReportQuestions", limits::kReportQuestions, budget_of(limits::kReportQuestions)},
          {"kStoreValue", limits::kStoreValue, is_kept},
          {"kJsonDepth", limits::kJsonDepth, is_json_of_depth},
          {"kZoneTransfer", limits::kZoneTransfer, is_whole_transfer},
          {"kSpfRecords", limits::kSpfRecords, is_read_record_tree},
          {"kHttpUrl", limits::kHttpUrl, is_url},
          {"kLogPending", limits::kLogPending, are_held_as_put_off},
          {"kJsonString", limits::kJsonString, is_json_string}};
}

}  // namespace

TEST_CASE("what a limit allows is taken, and no more") {
  test::check(all_limits());
}
