#include "abuse/bootstrap_source.hpp"

#include <utility>

#include "json/value.hpp"
#include "store/file.hpp"

namespace mailtrust::abuse {
namespace {

constexpr std::string_view kKind = "rdap-bootstrap";
constexpr auto kIana = "https://data.iana.org/rdap/";
constexpr long kOk = 200;
constexpr long kNotModified = 304;

/// A table as it came, and its entity tag.
struct Copy {
  std::string body;
  std::string etag;
  std::int64_t fetched = 0;
};

std::optional<Copy> read_copy(const Options& options, const std::string& key) {
  auto presence = options.store.empty()
                      ? store::Presence::missing
                      : store::look_for(options.store).value_or(store::Presence::missing);
  if (presence == store::Presence::missing) return std::nullopt;
  auto cache = store::Cache::open(options.store, store::Access::read);
  auto row = cache ? cache->get(kKind, key) : fail(cache.error());
  if (!row || !*row || (*row)->fetched > options.now) return std::nullopt;
  auto value = json::parse((*row)->value);
  if (!value || (*value)["body"].text().empty()) return std::nullopt;
  return Copy{std::string((*value)["body"].text()), std::string((*value)["etag"].text()),
              (*row)->fetched};
}

// A store that cannot be written is told of by the network cache.
void write_copy(const Options& options, const std::string& key, const Copy& copy) {
  if (options.store.empty()) return;
  auto cache = store::Cache::open(options.store, store::Access::write);
  if (!cache) return;
  json::Members value{{"etag", copy.etag}, {"body", copy.body}};
  static_cast<void>(cache->put(
      kKind, {{key, copy.fetched, copy.fetched + kBootstrapSeconds, json::to_text(value)}}));
}

}  // namespace

BootstrapSource::Choice BootstrapSource::find(const Subject& subject, Clock::time_point deadline) {
  bool v4 = subject.address.is_v4();
  auto& family = families_.at(v4 ? 0 : 1);
  Choice choice;
  std::lock_guard lock(family.mutex);
  if (!std::exchange(family.ready, true))
    prepare(family, v4 ? "ipv4.json" : "ipv6.json", subject, deadline, choice.steps);
  const auto& table = family.table ? *family.table : rdap::Bootstrap::built_in();
  const auto* service = table.find(subject.address);
  if (service != nullptr) choice.base = service->base;
  choice.published = table.published();
  choice.old = family.old;
  return choice;
}

Expected<http::Response> BootstrapSource::fetch(const std::string& url, const std::string& etag,
                                                const Subject& subject,
                                                Clock::time_point deadline) {
  http::Request request{.url = url, .accept = "application/json", .if_none_match = etag};
  request.typed = !servers_.options.bootstrap_base.empty();
  auto turn = servers_.pace.enter(host_of(url), kPublicPace, deadline);
  if (!turn) return fail(turn.error());
  auto until = end_of_one(servers_.options, deadline);
  auto response = servers_.client.get(request, subject.resolver, until);
  if (response && asks_for_a_pause(*response))
    servers_.pace.close(host_of(url), std::string(kComeLater));
  return response;
}

void BootstrapSource::prepare(Family& family, const std::string& name, const Subject& subject,
                              Clock::time_point deadline, std::vector<Step>& steps) {
  const auto& options = servers_.options;
  auto url = (options.bootstrap_base.empty() ? kIana : options.bootstrap_base) + name;
  auto copy = read_copy(options, url);
  auto read = [&](const Copy& from) {
    auto table = rdap::Bootstrap::parse(from.body);
    if (table) family.table = std::move(*table);
    return table.has_value();
  };
  bool usable = copy && read(*copy);
  family.old = !usable || options.now - copy->fetched >= kBootstrapSeconds;
  if (!family.old) return;
  auto response = fetch(url, usable ? copy->etag : std::string(), subject, deadline);
  if (!response) {
    steps.push_back({"GET " + url, response.error().message, true});
    return;
  }
  auto outcome = std::to_string(response->status);
  bool same = usable && response->status == kNotModified;
  Copy fresh{same ? copy->body : response->body, same ? copy->etag : response->etag, options.now};
  bool good = same || (response->status == kOk && read(fresh));
  steps.push_back({"GET " + url, good ? outcome : outcome + ", but no table of servers", !good});
  if (!good) return;
  family.old = false;
  write_copy(options, url, fresh);
}

}  // namespace mailtrust::abuse
