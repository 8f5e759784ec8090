// mailtrust spf test DOMAIN --ip IP
// Would a receiver take this client for a sender of the domain? check_host() of RFC 7208.
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/spf_trace.hpp"
#include "spf/check_host.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

struct Options {
  std::optional<net::Address> ip;
  std::optional<std::string> sender;
  std::optional<std::string> helo;
  std::string receiver = "unknown";
  bool trace = false;
};

cli::Verdict verdict(spf::Result result) {
  switch (result) {
    case spf::Result::pass: return cli::Verdict::good;
    case spf::Result::temperror: return cli::Verdict::unknown;
    default: return cli::Verdict::bad;
  }
}

// MAIL FROM as people and logs write it: in brackets or not.
std::string_view without_brackets(std::string_view path) {
  if (path.size() > 1 && path.starts_with('<') && path.ends_with('>'))
    return path.substr(1, path.size() - 2);
  return path;
}

// RFC 7208 section 2.4: without a sender the HELO name is the identity.
std::string identity(const std::string& sender, const std::string& helo) {
  if (sender.empty()) return helo;
  return sender.substr(sender.rfind('@') + 1);
}

std::optional<finding::Finding> finding_of(const spf::Outcome& outcome, const std::string& domain) {
  auto make = [&](finding::Id id, std::string hint) {
    auto finding = finding::make(id, domain, outcome.problem, std::move(hint));
    finding.reference = outcome.clause;
    return finding;
  };
  switch (outcome.result) {
    case spf::Result::none:
      if (outcome.clause == "RFC 7208 section 4.3") return make("spf.not-a-domain", {});
      return make("spf.missing", {});
    case spf::Result::permerror: return make("spf.permerror", "mailtrust spf check " + domain);
    case spf::Result::temperror: return make("spf.temperror", "try again later");
    default: return std::nullopt;
  }
}

// "example.org: pass for 192.0.2.1 by mx (RFC 7208 section 5.4)"
std::string headline(const spf::Outcome& outcome, const spf::Request& request) {
  auto text = request.domain + ": " + std::string(to_string(outcome.result)) + " for " +
              to_string(request.ip);
  if (!outcome.mechanism.empty()) text += " by " + outcome.mechanism;
  return text.append(" (").append(outcome.clause) + ')';
}

cli::Value text_or_null(const std::string& text) {
  return text.empty() ? cli::Value() : cli::Value(text);
}

cli::Report answer(const spf::Request& request, cli::Context& context) {
  auto outcome = spf::check_host(context.resolver, request);
  auto line = headline(outcome, request);
  cli::Report report;
  report.json("domain", request.domain)
      .field("result", to_string(outcome.result), {.kind = Kind::title, .label = line})
      .json("mechanism", text_or_null(outcome.mechanism))
      .field("explanation", outcome.explanation ? cli::Value(*outcome.explanation) : cli::Value())
      .json("ip", to_string(request.ip))
      .field("sender", request.sender, {.kind = Kind::verbose})
      .field("helo", request.helo, {.kind = Kind::verbose})
      .field("lookups", outcome.lookups, {.kind = Kind::verbose})
      .field("void_lookups", outcome.void_lookups, {.kind = Kind::verbose})
      .findings({})
      .judge(verdict(outcome.result));
  if (request.trace) report.field("trace", trace_value(outcome.trace), trace_style());
  if (auto finding = finding_of(outcome, request.domain)) report.finding(std::move(*finding));
  return report;
}

cli::Report refuse(const cli::Input& input, Error error) {
  if (error.where.empty()) error.where = input.where;
  cli::Report report;
  report.json("domain", input.text);
  return report.error(std::move(error));
}

class Test {
 public:
  explicit Test(const Options& options) : options_(options) {}

  cli::Report operator()(const cli::Input& input, cli::Context& context) const {
    return input.where.empty() ? one(input, context) : row(input, context);
  }

 private:
  // DOMAIN of the command line, the rest from the options.
  cli::Report one(const cli::Input& input, cli::Context& context) const {
    if (!options_.ip)
      return refuse(input, {Error::Kind::usage, "--ip",
                            "missing; expected the address of the client to test"});
    auto sender = options_.sender.value_or("postmaster@" + input.text);
    auto helo = options_.helo.value_or(input.text);
    return answer(request(*options_.ip, input.text, std::move(sender), std::move(helo), context),
                  context);
  }

  // ip, sender and HELO name in a line; what it leaves out comes from the options.
  cli::Report row(const cli::Input& input, cli::Context& context) const {
    auto fields = ascii::split(input.text, '\t');
    if (fields.size() > 3)
      return refuse(input,
                    {Error::Kind::input, {}, "more than three columns; expected ip, sender, helo"});
    auto ip = net::Address::parse(ascii::trim(fields[0]));
    if (!ip) return refuse(input, ip.error());
    auto column = [&](std::size_t i, const std::optional<std::string>& option) {
      return i < fields.size() ? std::string(ascii::trim(fields[i])) : option.value_or("");
    };
    std::string sender(without_brackets(column(1, options_.sender)));
    auto helo = column(2, options_.helo);
    auto domain = identity(sender, helo);
    if (domain.empty())
      return refuse(input, {Error::Kind::input,
                            {},
                            "neither sender nor HELO name; expected "
                            "ip, sender, helo with tabs between"});
    return answer(request(*ip, std::move(domain), std::move(sender), std::move(helo), context),
                  context);
  }

  [[nodiscard]] spf::Request request(const net::Address& ip, std::string domain, std::string sender,
                                     std::string helo, const cli::Context& context) const {
    return {ip,          std::move(domain), std::move(sender), std::move(helo), options_.receiver,
            context.now, options_.trace};
  }

  const Options& options_;
};

}  // namespace

void add_spf_test(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto ip = [options](std::string_view text) -> Expected<void> {
    auto address = net::Address::parse(text);
    if (!address) return fail(address.error());
    options->ip = *address;
    return {};
  };
  auto sender = [options](std::string_view text) -> Expected<void> {
    options->sender = without_brackets(text);
    return {};
  };
  auto helo = [options](std::string_view text) -> Expected<void> {
    options->helo = text;
    return {};
  };
  program.command("spf test", "Would a receiver let this client send for the domain?")
      .option("--ip", "ADDRESS", "the client's address", ip)
      .option("--sender", "ADDRESS",
              "MAIL FROM; empty or <> for bounces, which checks the HELO name", sender)
      .option("--helo", "NAME", "the name the client greets with (default: DOMAIN)", helo)
      .option("--receiver", "NAME", "the receiving host, for %{r} in explanations",
              options->receiver)
      .flag("--trace", "show every term, its questions, their answers and their cost",
            options->trace)
      .about(
          "Lines of --input hold the client's address, MAIL FROM and the HELO name, with tabs "
          "between them; the domain is the sender's, or the HELO name where that is empty.")
      .inputs("DOMAIN", "the domain whose record is asked",
              [options](const cli::Input& input, cli::Context& context) {
                return Test(*options)(input, context);
              },
              {.questions = limits::kSpfQuestions});
}

}  // namespace mailtrust::commands
