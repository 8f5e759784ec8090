// check_host() (RFC 7208 section 4) with every answer of DNS taken from the input, in turn.
#include <utility>

#include "base/limits.hpp"
#include "fuzz/target.hpp"
#include "spf/check_host.hpp"

using namespace mailtrust;
using fuzz::require;

namespace {

constexpr unsigned kMostQuestions = 1 + 10 * (1 + 10) + 12;

// Lines of the input, one an answer: what is asked for decides how a line is read.
class Scripted final : public dns::Resolver {
 public:
  explicit Scripted(std::string_view script) : script_(script) {}

  dns::AnswerPtr query(const dns::Question& question) override {
    require(++asked_ <= kMostQuestions, "no more questions than promised");
    dns::Answer answer;
    answer.canonical = question.name;
    auto line = fuzz::take_until(script_, '\n');
    switch (line.empty() ? 'n' : line.front()) {
      case '!': return dns::could_not_tell(question, dns::Failure::timeout);
      case 'n': answer.status = dns::Status::nxdomain; break;
      case 'o': answer.status = dns::Status::no_data; break;
      default: fill(answer, question, line);
    }
    answer.failure = dns::Failure::none;
    return std::make_shared<const dns::Answer>(std::move(answer));
  }

 private:
  // Records are parted by "|"; of a TXT record the first string is all there is.
  static void fill(dns::Answer& answer, const dns::Question& question, std::string_view line) {
    answer.status = dns::Status::found;
    do {
      auto data = data_of(question.type, fuzz::take_until(line, '|'));
      answer.records.push_back({question.name, question.type, 60, std::move(data)});
    } while (!line.empty());
  }

  static std::string data_of(dns::Type type, std::string_view text) {
    if (type == dns::Type::txt) {
      text = text.substr(0, 255);
      return static_cast<char>(text.size()) + std::string(text);
    }
    if (type == dns::Type::a || type == dns::Type::aaaa) {
      auto address = net::Address::read(text);
      if (!address) return std::string(text);  // as wire form, mostly of the wrong shape
      return {address->octets().begin(), address->octets().end()};
    }
    auto name = dns::Name::read(text).value_or(dns::Name());
    return (type == dns::Type::mx ? std::string(2, '\1') : "") + std::string(name.wire());
  }

  std::string_view script_;
  unsigned asked_ = 0;
};

void require_sound(const spf::Outcome& outcome) {
  using spf::Result;
  bool is_error = outcome.result == Result::none || outcome.result == Result::temperror ||
                  outcome.result == Result::permerror;
  require(outcome.lookups <= limits::kSpfLookupTerms + 1, "no more lookups than one too many");
  require(outcome.void_lookups <= limits::kSpfVoidLookups + 1, "and no more void ones");
  require(outcome.lookups <= limits::kSpfLookupTerms || outcome.result == Result::permerror,
          "one too many is a permerror");
  require(outcome.void_lookups <= limits::kSpfVoidLookups || outcome.result == Result::permerror ||
              outcome.explanation || outcome.result == Result::fail,
          "one too many of the void ones, too");
  require(!outcome.explanation || outcome.result == Result::fail, "only a fail is explained");
  require(!outcome.explanation || outcome.explanation->size() <= limits::kMacroExplanation,
          "within its limit");
  require(is_error != outcome.problem.empty(), "errors are explained, and nothing else is");
  require(!outcome.clause.empty(), "every result names the clause that decided");
}

}  // namespace

MAILTRUST_FUZZ(spf_check_host, octets) {
  auto mode = fuzz::take(octets);
  spf::Request request;
  request.ip = *net::Address::read((mode & 1U) != 0 ? "2001:db8::1" : "192.0.2.1");
  request.domain = fuzz::take_until(octets, '\n');
  if ((mode & 2U) == 0 || request.domain.empty()) request.domain = "example.org";
  request.sender = fuzz::take_until(octets, '\n');
  request.helo = "mail.example.org";
  Scripted resolver(octets);
  auto outcome = spf::check_host(resolver, request);
  require_sound(outcome);
  require(outcome.trace.empty(), "no receipt unless it is asked for");
  if ((mode & 4U) == 0) return;
  request.trace = true;
  Scripted again(octets);
  auto traced = spf::check_host(again, request);
  require(traced.result == outcome.result && traced.lookups == outcome.lookups &&
              traced.void_lookups == outcome.void_lookups && traced.problem == outcome.problem,
          "a receipt changes nothing");
}
