#include "cli/resolvers.hpp"

#include <utility>

#include "dns/cache.hpp"
#include "dns/cares_resolver.hpp"
#include "dns/recorder.hpp"
#include "dns/server.hpp"
#include "dns/zone_resolver.hpp"

namespace mailtrust::cli {
namespace {

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
    for (const auto& text : globals.resolvers)
      if (auto server = dns::parse_server(text)) options.servers.push_back(*server);
    if (globals.resolvers.empty()) options.servers = globals.config.resolvers;
    if (options.servers.empty()) options.servers = dns::system_servers();
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
  return top().query(question);
}

dns::AnswerPtr Resolvers::query_until(const dns::Question& question, Deadline deadline) {
  return top().query_until(question, deadline);
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

dns::Resolver& Resolvers::top() {
  std::call_once(once_, [this] {
    if (!source_) source_ = std::make_unique<NetworkResolver>(globals_);
    if (!globals_.record_zone.empty()) recorder_ = std::make_unique<dns::Recorder>(*source_);
  });
  if (recorder_) return *recorder_;
  return *source_;
}

}  // namespace mailtrust::cli
