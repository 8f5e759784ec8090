// zone_server ZONE...: answers DNS on a free port of 127.0.0.1 from master files, over UDP and TCP,
// faults included (`; !timeout` is silence). Prints the port; ends when its standard input does.
#include <cstdio>
#include <iostream>

#include "dns/scripted_server.hpp"
#include "dns/zone_resolver.hpp"

using namespace mailtrust;
using namespace mailtrust::dns::test;

namespace {

constexpr std::size_t kMostUdp = 1232;

unsigned rcode_of(const dns::Answer& answer) {
  if (answer.status == dns::Status::nxdomain) return 3;
  if (answer.status != dns::Status::failed) return 0;
  return answer.failure == dns::Failure::refused ? 5 : 2;
}

std::string wire(const dns::Record& record) {
  return dns::test::record(std::string(record.owner.wire()), record.type, record.data, record.ttl);
}

dns::test::Reply reply_to(dns::Resolver& zone, const Query& query) {
  auto answer = zone.query(query.question);
  if (answer->failure == dns::Failure::timeout) return {};
  auto message = query.reply();
  message.rcode(rcode_of(*answer));
  if (query.edns) message.add(opt());
  for (const auto& record : answer->aliases) message.answer(wire(record));
  for (const auto& record : answer->records) message.answer(wire(record));
  if (answer->records.empty() && answer->status != dns::Status::failed) message.authorize(soa("."));
  auto octets = message.octets(query.id);
  if (!query.tcp && octets.size() > kMostUdp) {
    auto cut = query.reply().set(0x0200);
    if (query.edns) cut.add(opt());
    octets = cut.octets(query.id);
  }
  return {{octets}};
}

}  // namespace

int main(int argc, char** argv) {
  std::vector<std::string> paths(argv + 1, argv + argc);
  auto zone = dns::ZoneResolver::load(paths);
  if (!zone) {
    for (const auto& error : zone.error())
      std::fprintf(stderr, "%s: %s\n", error.where.c_str(), error.message.c_str());
    return 2;
  }
  ScriptedServer server([&](const Query& query) { return reply_to(**zone, query); });
  std::printf("%d\n", server.server().port);
  std::fflush(stdout);
  for (std::string line; std::getline(std::cin, line);) continue;
  return 0;
}
