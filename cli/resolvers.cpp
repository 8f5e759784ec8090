#include "cli/resolvers.hpp"

#include <mutex>
#include <utility>

#include "base/escape.hpp"
#include "base/number.hpp"
#include "dns/zone_resolver.hpp"
#include "net/address.hpp"

namespace mailtrust::cli {
namespace {

bool is_port(std::string_view text) {
  return parse_number<std::uint16_t>(text).value_or(0) != 0;
}

// ADDR, ADDR:PORT or [ADDR]:PORT; an IPv6 address needs the brackets to have a port.
bool is_server(std::string_view text) {
  if (net::Address::read(text)) return true;
  auto colon = text.rfind(':');
  if (text.starts_with('[')) {
    auto end = text.find(']');
    if (end == std::string_view::npos) return false;
    auto address = net::Address::read(text.substr(1, end - 1));
    auto rest = text.substr(end + 1);
    return address && !address->is_v4() &&
           (rest.empty() || (rest[0] == ':' && is_port(rest.substr(1))));
  }
  if (colon == std::string_view::npos) return false;
  auto address = net::Address::read(text.substr(0, colon));
  return address && address->is_v4() && is_port(text.substr(colon + 1));
}

}  // namespace

Expected<void> check_server(std::string_view text) {
  if (is_server(text)) return {};
  return fail(Error::Kind::usage, "",
              quote(text) + ": expected an address, with a port such as 192.0.2.1:53 or [::1]:53");
}

class Resolvers::Stack {
 public:
  explicit Stack(std::unique_ptr<dns::Resolver> source) : source_(std::move(source)) {}

  dns::Resolver& top() { return *source_; }

 private:
  std::unique_ptr<dns::Resolver> source_;
};

Resolvers::Resolvers(const Globals& globals) : globals_(globals) {}

Resolvers::~Resolvers() = default;

std::vector<Error> Resolvers::prepare() {
  if (globals_.zones.empty()) return {};
  auto zone = dns::ZoneResolver::load(globals_.zones);
  if (!zone) return zone.error();
  stack_ = std::make_unique<Stack>(std::move(*zone));
  return {};
}

dns::AnswerPtr Resolvers::query(const dns::Question& question) {
  if (stack_) return stack_->top().query(question);
  dns::Answer answer;
  answer.failure = dns::Failure::unreachable;
  answer.canonical = question.name;
  return std::make_shared<const dns::Answer>(std::move(answer));
}

void Resolvers::prefetch(std::span<const dns::Question> questions) {
  if (stack_) stack_->top().prefetch(questions);
}

Expected<void> Resolvers::finish() {
  return {};
}

}  // namespace mailtrust::cli
