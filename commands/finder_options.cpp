#include "commands/finder_options.hpp"

#include <utility>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "list/store.hpp"

namespace mailtrust::commands {
namespace {

bool is_clean(std::string_view url) {
  for (char c : url)
    if (c <= ' ' || c == '\x7f') return false;
  return true;
}

// http or https, a host, and neither a query nor anything else behind the path.
cli::Setter url_setter(std::string& target) {
  return [&target](std::string_view text) -> Expected<void> {
    std::string_view rest = text;
    for (std::string_view scheme : {"https://", "http://"})
      if (ascii::istarts_with(rest, scheme)) rest.remove_prefix(scheme.size());
    bool has_host = rest.size() < text.size() && !rest.empty() && !rest.starts_with('/');
    if (!has_host || !is_clean(text) || text.find_first_of("?#@") != std::string_view::npos)
      return fail(Error::Kind::usage, {},
                  quote(text) + " is no http or https URL such as https://rdap.example/");
    target = text;
    if (!target.ends_with('/')) target += '/';
    return {};
  };
}

}  // namespace

void FinderOptions::add_to(cli::Command& command) {
  auto server = [this](std::string_view text) -> Expected<void> {
    auto parsed = whois::parse_server(text);
    if (!parsed) return fail(parsed.error());
    whois_server_ = std::move(*parsed);
    whois_server_->typed = true;
    return {};
  };
  command
      .option("--rdap-base", "URL", "ask this RDAP server, instead of the registry of the address",
              url_setter(rdap_base_))
      .option("--rdap-bootstrap", "URL",
              "where the tables of RDAP servers are, ipv4.json and ipv6.json, instead of at IANA",
              url_setter(bootstrap_base_))
      .option("--whois-server", "HOST[:PORT]",
              "ask this whois server first, instead of the registry of the address", server)
      .flag("--no-cache", "ask anew, and keep no answer in the store", no_cache_);
}

abuse::Finder& FinderOptions::get(const cli::Context& context) {
  once_.run([&] {
    const auto& globals = context.globals;
    abuse::Options options;
    options.rdap_base = rdap_base_;
    options.bootstrap_base = bootstrap_base_;
    options.whois_server = whois_server_;
    if (!no_cache_) options.store = list::store_path(globals.store).value_or("");
    options.now = context.now;
    options.timeout = globals.timeout;
    options.offline = !globals.zones.empty();
    finder_ = std::make_unique<abuse::Finder>(std::move(options));
  });
  return *finder_;
}

cli::Verdict FinderOptions::finish(cli::Output& output) {
  if (!finder_) return cli::Verdict::good;
  auto kept = finder_->keep();
  if (!kept) {
    auto error = kept.error();
    error.message += "; the answers are not kept for the next run";
    output.complain(error);
  }
  return cli::Verdict::good;
}

abuse::Clock::time_point deadline_of(const cli::Context& context) {
  constexpr auto kBeforeTheLast = limits::kTimeoutsPerInput - 1;
  return abuse::Clock::now() + context.globals.timeout * kBeforeTheLast;
}

}  // namespace mailtrust::commands
