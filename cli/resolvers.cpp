#include "cli/resolvers.hpp"

#include <string>
#include <utility>
#include <vector>

#include "dns/cache.hpp"
#include "dns/cares_resolver.hpp"
#include "dns/recorder.hpp"
#include "dns/server.hpp"
#include "dns/zone_resolver.hpp"

namespace mailtrust::cli {
namespace {

/// The resolvers to ask, and who names them.
struct Servers {
  std::vector<dns::Server> list;
  std::string_view origin;
};

Servers servers_of(const Globals& globals) {
  Servers servers{{}, "--resolver"};
  for (const auto& text : globals.resolvers)
    if (auto server = dns::parse_server(text)) servers.list.push_back(*server);
  if (globals.resolvers.empty()) servers = {globals.config.resolvers, "the configuration"};
  if (servers.list.empty()) servers = {dns::system_servers(), "/etc/resolv.conf"};
  return servers;
}

/// A cache and the network under it.
class NetworkResolver : public dns::Resolver {
 public:
  explicit NetworkResolver(const Globals& globals) : network_(options(globals)), cache_(network_) {}

  dns::AnswerPtr query(const dns::Question& question) override { return cache_.query(question); }

  dns::AnswerPtr query_until(const dns::Question& question, Deadline deadline) override {
    return cache_.query_until(question, deadline);
  }

  void prefetch(std::span<const dns::Question> questions) override { cache_.prefetch(questions); }

 private:
  static dns::CaresResolver::Options options(const Globals& globals) {
    dns::CaresResolver::Options options;
    options.timeout = globals.timeout;
    options.servers = servers_of(globals).list;
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
  auto errors = open();
  refused_ = !errors.empty();
  return errors;
}

std::vector<Error> Resolvers::open() {
  if (globals_.zones.empty()) return {};
  auto zone = dns::ZoneResolver::load(globals_.zones);
  if (!zone) return zone.error();
  source_ = std::move(*zone);
  return {};
}

dns::AnswerPtr Resolvers::query(const dns::Question& question) {
  return noted(top().query(question));
}

dns::AnswerPtr Resolvers::query_until(const dns::Question& question, Deadline deadline) {
  return noted(top().query_until(question, deadline));
}

void Resolvers::prefetch(std::span<const dns::Question> questions) {
  top().prefetch(questions);
}

void Resolvers::give_up(const dns::Question& question) {
  top().give_up(question);
}

std::optional<Error> Resolvers::finish() {
  // A run that could not begin must not empty the recording of another.
  if (globals_.record_zone.empty() || refused_) return std::nullopt;
  top();  // a run that asked nothing leaves an empty recording
  return recorder_->save(globals_.record_zone);
}

std::optional<Error> Resolvers::trouble() const {
  if (reached_ || !alone_) return std::nullopt;
  auto servers = servers_of(globals_);
  std::string names;
  for (const auto& server : servers.list) names += (names.empty() ? "" : ", ") + to_string(server);
  return Error{Error::Kind::temporary, "DNS",
               "no resolver was reached (" + names + ", of " + std::string(servers.origin) +
                   "); see that the network is up, or name another by --resolver"};
}

dns::AnswerPtr Resolvers::noted(dns::AnswerPtr answer) {
  bool is_alone = answer->failure == dns::Failure::unreachable;
  (is_alone ? alone_ : reached_) = true;
  return answer;
}

dns::Resolver& Resolvers::top() {
  once_.run([this] {
    if (!source_) source_ = std::make_unique<NetworkResolver>(globals_);
    if (!globals_.record_zone.empty()) recorder_ = std::make_unique<dns::Recorder>(*source_);
  });
  if (recorder_) return *recorder_;
  return *source_;
}

}  // namespace mailtrust::cli
