// mailtrust dkim check DOMAIN
// Are the domain's DKIM keys there and sound? Selectors are given, taken from a message, or tried.
#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/dkim_keys.hpp"
#include "dkim/candidates.hpp"
#include "dkim/lint.hpp"
#include "dkim/private_key.hpp"
#include "dkim/signature_names.hpp"
#include "message/reader.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

struct Message {
  std::string path;
  std::vector<dkim::SignatureName> signatures;
};

struct PrivateKey {
  std::string path;
  dkim::PublicKey public_half;
};

struct Options {
  std::vector<std::string> selectors;
  std::optional<Message> message;
  std::optional<PrivateKey> key;
};

// A selector to look up and the domain it belongs to: DOMAIN, or a subdomain that signed.
struct Named {
  std::string selector;
  dns::Name name;
};

bool readable_by_all(const std::string& path) {
  std::error_code failure;
  auto status = std::filesystem::status(path, failure);
  using std::filesystem::perms;
  return !failure && std::filesystem::is_regular_file(status) &&
         (status.permissions() & perms::others_read) != perms::none;
}

// The signatures of the message that DOMAIN or a subdomain of it made.
Expected<std::vector<Named>> named_by(const Message& message, const dns::Name& domain) {
  std::vector<Named> named;
  std::string others;
  for (const auto& signature : message.signatures) {
    auto signer = dns::Name::parse(signature.domain);
    if (!signer || !signer->is_within(domain)) {
      others += (others.empty() ? "" : ", ") + quote(signature.domain, 40);
      continue;
    }
    // A selector that is no name has no key to look for; the other signatures have.
    if (named.size() >= limits::kSignatures) continue;
    if (auto name = dkim::key_name(signature.selector, *signer))
      named.push_back({signature.selector, *name});
    else
      others += (others.empty() ? "" : ", ") + quote(signature.selector, 40);
  }
  if (!named.empty()) return named;
  return fail(Error::Kind::input, message.path,
              "no DKIM-Signature of " + to_string(domain) +
                  (others.empty() ? "" : "; there are those of " + others));
}

Expected<std::vector<Named>> named_selectors(const Options& options, const dns::Name& domain) {
  std::vector<Named> named;
  for (const auto& selector : options.selectors) {
    auto name = dkim::key_name(selector, domain);
    if (!name) return fail(Error::Kind::usage, "--selector", name.error().message);
    named.push_back({selector, *name});
  }
  if (!options.message) return named;
  auto signers = named_by(*options.message, domain);
  if (!signers) return fail(signers.error());
  for (auto& signer : *signers) {
    bool known = std::ranges::find(named, signer.name, &Named::name) != named.end();
    if (!known) named.push_back(std::move(signer));
  }
  return named;
}

// One run of the command for one domain.
class Check {
 public:
  Check(const Options& options, const dns::Name& domain, cli::Context& context)
      : options_(options), domain_(domain), resolver_(context.resolver) {}

  cli::Report named(const std::vector<Named>& selectors) {
    prefetch(selectors);
    for (const auto& selector : selectors)
      add(dkim::look_up(resolver_, selector.selector, selector.name), dkim::Sought::named);
    auto canary = dkim::look_up_canary(resolver_, domain_);
    tell(dkim::lint_wildcard(canary, domain_));
    return finish();
  }

  cli::Report discovered() {
    auto candidates = dkim::selector_candidates(resolver_, domain_);
    auto discovery = dkim::discover(resolver_, domain_, candidates);
    tell(dkim::lint(discovery, domain_));
    tried_ = discovery.tried;
    bool settled = discovery.found_any() || dkim::revokes(discovery.canary);
    if (!settled || discovery.untold > 0) worsen(cli::Verdict::unknown);
    for (auto& key : discovery.keys) add(std::move(key), dkim::Sought::tried);
    return finish();
  }

 private:
  void prefetch(const std::vector<Named>& selectors) {
    std::vector<dns::Question> questions;
    questions.reserve(selectors.size());
    for (const auto& selector : selectors) questions.push_back({selector.name, dns::Type::txt});
    resolver_.prefetch(questions);
  }

  void add(dkim::KeyLookup lookup, dkim::Sought sought) {
    if (lookup.presence == dkim::Presence::unknown) worsen(cli::Verdict::unknown);
    const auto* record = lookup.record();
    bool revoked = record != nullptr && record->revoked;
    if (revoked && sought == dkim::Sought::named) worsen(cli::Verdict::bad);
    tell(dkim::lint(lookup, sought));
    lookups_.push_back(std::move(lookup));
  }

  void tell(std::vector<finding::Finding> findings) {
    for (auto& finding : findings) {
      if (finding.severity == finding::Severity::error) worsen(cli::Verdict::bad);
      findings_.push_back(std::move(finding));
    }
  }

  void worsen(cli::Verdict verdict) {
    if (verdict_ != cli::Verdict::bad) verdict_ = verdict;
  }

  // Is the private key one of the published ones? Nothing was compared: could not tell.
  void compare() {
    const auto& key = *options_.key;
    if (readable_by_all(key.path))
      tell({finding::make("dkim.private-key-readable", key.path,
                          "every user of this machine can read the private key",
                          "take the permission away:\nchmod o= " + key.path)});
    bool compared = false;
    for (const auto& lookup : lookups_) {
      auto same = matches(lookup, key.public_half);
      if (same == true) return;
      compared = compared || same.has_value();
    }
    if (!compared) return worsen(cli::Verdict::unknown);
    tell({finding::make(
        "dkim.key-mismatch", key.path, "the private key belongs to none of the keys found",
        "publish its public half under a new selector:\n" + published_text(key.public_half))});
  }

  cli::Report finish() {
    if (options_.key) compare();
    auto half = options_.key ? &options_.key->public_half : nullptr;
    cli::Report report;
    report.field("domain", to_string(domain_), {.kind = Kind::title, .label = headline()})
        .field("keys", keys_value(lookups_, half), keys_style(half != nullptr));
    if (tried_) report.field("tried", *tried_, {.label = "selectors tried"});
    finding::sort_by_harm(findings_);
    return report.findings(std::move(findings_)).judge(verdict_);
  }

  [[nodiscard]] std::string headline() const {
    auto usable = std::ranges::count_if(lookups_, dkim::is_usable);
    auto text = to_string(domain_) + ": ";
    if (usable == 0) return text + "no DKIM key in use is known";
    return text + std::to_string(usable) + (usable == 1 ? " DKIM key" : " DKIM keys") + " in use";
  }

  const Options& options_;
  const dns::Name& domain_;
  dns::Resolver& resolver_;
  std::vector<dkim::KeyLookup> lookups_;
  std::vector<finding::Finding> findings_;
  std::optional<std::size_t> tried_;
  cli::Verdict verdict_ = cli::Verdict::good;
};

cli::Report judge(const dns::Name& domain, const Options& options, cli::Context& context) {
  auto named = named_selectors(options, domain);
  if (!named) {
    cli::Report report;
    report.json("domain", to_string(domain));
    return report.error(named.error());
  }
  Check check(options, domain, context);
  return named->empty() ? check.discovered() : check.named(*named);
}

Expected<Message> read_message(std::string_view path) {
  auto content = read_file(std::string(path), limits::kMessage);
  if (!content) return fail(content.error());
  message::HeldOctets octets(std::move(*content));
  auto header = message::Reader(octets, std::string(path)).header();
  if (!header) return fail(header.error());
  auto signatures = dkim::signature_names(*header);
  if (signatures.empty())
    return fail(Error::Kind::input, path, "no DKIM-Signature field in the header");
  return Message{std::string(path), std::move(signatures)};
}

Expected<PrivateKey> read_key(std::string_view path) {
  auto content = read_file(std::string(path), limits::kPrivateKey);
  if (!content) return fail(content.error());
  auto key = dkim::PrivateKey::parse(*content, path);
  std::ranges::fill(*content, '\0');
  if (!key) return fail(key.error());
  return PrivateKey{std::string(path), key->public_half()};
}

}  // namespace

void add_dkim_check(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto selector = [options](std::string_view text) -> Expected<void> {
    options->selectors.emplace_back(text);
    return {};
  };
  auto message = [options](std::string_view path) -> Expected<void> {
    auto read = read_message(path);
    if (!read) return fail(read.error());
    options->message = std::move(*read);
    return {};
  };
  auto key = [options](std::string_view path) -> Expected<void> {
    auto read = read_key(path);
    if (!read) return fail(read.error());
    options->key = std::move(*read);
    return {};
  };
  program.command("dkim check", "Are the domain's DKIM keys there and sound?")
      .option("-s,--selector", "SELECTOR", "look at this selector", selector, {.repeatable = true})
      .option("--message", "FILE", "look at the selectors that signed this message", message,
              {.completes = cli::Completes::file})
      .option("--key", "FILE", "is this private key (PEM or DER) a published one?", key,
              {.completes = cli::Completes::file})
      .about(
          "DNS cannot list selectors. Without --selector and --message those are tried that known "
          "providers use, first the providers that the domain's SPF record and MX hosts speak of; "
          "when none answers, that does not mean that the domain has no key.")
      .inputs("DOMAIN", "the domain that signs",
              cli::judge_each<dns::Name>(dns::Name::parse, "domain",
                                         [options](const dns::Name& domain, cli::Context& context) {
                                           return judge(domain, *options, context);
                                         }));
}

}  // namespace mailtrust::commands
