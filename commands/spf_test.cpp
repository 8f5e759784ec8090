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
#include "commands/reverse_path.hpp"
#include "commands/spf_trace.hpp"
#include "spf/check_host.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

struct Options {
  std::string domain;
  std::string ip;
  std::optional<std::string> sender;
  std::optional<std::string> helo;
  std::string receiver = "unknown";
  bool trace = false;
};

// One test as the options say it, or a line of --input.
struct Given {
  std::string ip;
  std::optional<std::string> sender;
  std::optional<std::string> helo;
};

cli::Verdict verdict(spf::Result result) {
  switch (result) {
    case spf::Result::pass: return cli::Verdict::good;
    case spf::Result::temperror: return cli::Verdict::unknown;
    default: return cli::Verdict::bad;
  }
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
  auto text = (request.domain.empty() ? "no domain" : request.domain) + ": " +
              std::string(to_string(outcome.result)) + " for " + to_string(request.ip);
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
      .json("mechanism", text_or_null(outcome.mechanism));
  if (outcome.explanation) report.field("explanation", *outcome.explanation);
  report.json("ip", to_string(request.ip))
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

cli::Report refuse(const Given& given, Error error) {
  auto or_null = [](const auto& text) { return text ? cli::Value(*text) : cli::Value(); };
  cli::Report report;
  report.json("ip", given.ip)
      .json("sender", or_null(given.sender))
      .json("helo", or_null(given.helo));
  return report.error(std::move(error));
}

// Names that were not given follow from those that were. RFC 7208 section 2.4: the sender's domain
// is checked, or where there is no sender the HELO name.
cli::Report test(const Given& given, const Options& options, const std::string& where,
                 cli::Context& context) {
  auto ip = net::Address::parse(given.ip);
  if (!ip) return refuse(given, {Error::Kind::input, where, ip.error().message});
  spf::Request request{*ip,
                       options.domain,
                       given.sender.value_or(""),
                       given.helo.value_or(""),
                       options.receiver,
                       context.now,
                       options.trace};
  if (request.domain.empty())
    request.domain = request.sender.empty() ? request.helo
                                            : request.sender.substr(request.sender.rfind('@') + 1);
  if (request.domain.empty() && !given.helo && !given.sender)
    return refuse(given, {Error::Kind::input, where,
                          "no domain to check; expected one, a sender or a HELO name"});
  if (!given.helo) request.helo = request.domain;
  if (!given.sender) request.sender = "postmaster@" + request.domain;
  return answer(request, context);
}

// ip, sender and HELO name, with tabs between; what a line leaves out comes from the options.
Expected<Given> read_line(std::string_view line, const Options& options) {
  auto fields = ascii::split(line, '\t');
  if (fields.size() > 3)
    return fail(Error::Kind::input, "", "more than 3 columns; expected ip, sender, helo");
  Given given{std::string(ascii::trim(fields[0])), options.sender, options.helo};
  if (fields.size() > 1) given.sender = without_brackets(ascii::trim(fields[1]));
  if (fields.size() > 2) given.helo = ascii::trim(fields[2]);
  return given;
}

cli::Report judge(const cli::Input& input, const Options& options, cli::Context& context) {
  if (input.where.empty()) {
    Given given{options.ip, options.sender, options.helo};
    if (!given.ip.empty()) return test(given, options, "DOMAIN", context);
    return refuse(given, {Error::Kind::usage, "--ip", "missing; expected the client's address"});
  }
  auto given = read_line(input.text, options);
  if (!given) return refuse({input.text, {}, {}}, given.error());
  return test(*given, options, input.where, context);
}

// Checked while it is read, so that a wrong one is told before anything is asked.
cli::Setter address_option(std::string& target) {
  return [&target](std::string_view text) -> Expected<void> {
    if (auto address = net::Address::parse(text); !address) return fail(address.error());
    target = text;
    return {};
  };
}

}  // namespace

void add_spf_test(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto sender = [options](std::string_view text) -> Expected<void> {
    options->sender = without_brackets(text);
    return {};
  };
  auto helo = [options](std::string_view text) -> Expected<void> {
    options->helo = text;
    return {};
  };
  auto domain = [options](std::string_view text) -> Expected<void> {
    options->domain = text;
    return {};
  };
  program.command("spf test", "Say whether a client may send mail for a domain")
      .argument("DOMAIN", "the domain to test (default: the sender's, else the HELO name)", domain)
      .option("--ip", "ADDRESS", "the client's address", address_option(options->ip))
      .option("--sender", "ADDRESS",
              "MAIL FROM; empty or <> for a bounce, which checks the HELO name", sender)
      .option("--helo", "NAME", "the name the client greets with", helo)
      .option("--receiver", "NAME", "the receiving host, for %{r} in explanations",
              options->receiver)
      .flag("--trace", "show every term, its questions, their answers and their cost",
            options->trace)
      .about(
          "Lines of --input hold the client's address, MAIL FROM and the HELO name, with tabs "
          "between them; what a line leaves out comes from the options.")
      .inputs("", "",
              [options](const cli::Input& input, cli::Context& context) {
                return judge(input, *options, context);
              },
              {.questions = limits::kSpfQuestions});
}

}  // namespace mailtrust::commands
