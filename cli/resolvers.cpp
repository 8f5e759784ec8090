#include "cli/resolvers.hpp"

#include <utility>

#include "dns/cache.hpp"
#include "dns/cares_resolver.hpp"
#include "dns/server.hpp"
#include "dns/zone_resolver.hpp"

namespace mailtrust::cli {
namespace {

/// A cache and the network under it.
class NetworkResolver : public dns::Resolver {
 public:
  explicit NetworkResolver(const Globals& globals) : network_(options(globals)), cache_(network_) {}

  dns::AnswerPtr query(const dns::Question& question) override { return cache_.query(question); }

  void prefetch(std::span<const dns::Question> questions) override { cache_.prefetch(questions); }

 private:
  static dns::CaresResolver::Options options(const Globals& globals) {
    dns::CaresResolver::Options options;
    options.timeout = globals.timeout;
    for (const auto& text : globals.resolvers)
      if (auto server = dns::parse_server(text)) options.servers.push_back(*server);
    if (globals.resolvers.empty()) options.servers = dns::system_servers();
    return options;
  }

  dns::CaresResolver network_;
  dns::Cache cache_;
};

}  // namespace

Expected<void> check_server(std::string_view text) {
  auto server = dns::parse_server(text);
  if (!server) return fail(server.error());
  return {};
}

Resolvers::Resolvers(const Globals& globals) : globals_(globals) {}

Resolvers::~Resolvers() = default;

std::vector<Error> Resolvers::prepare() {
  if (globals_.zones.empty()) return {};
  auto zone = dns::ZoneResolver::load(globals_.zones);
  if (!zone) return zone.error();
  source_ = std::move(*zone);
  return {};
}

dns::AnswerPtr Resolvers::query(const dns::Question& question) {
  return source().query(question);
}

void Resolvers::prefetch(std::span<const dns::Question> questions) {
  source().prefetch(questions);
}

Expected<void> Resolvers::finish() {
  return {};
}

dns::Resolver& Resolvers::source() {
  std::call_once(once_, [this] {
    if (!source_) source_ = std::make_unique<NetworkResolver>(globals_);
  });
  return *source_;
}

}  // namespace mailtrust::cli
