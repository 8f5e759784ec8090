// mailtrust dkim keygen [DOMAIN]
// A new key pair: the private half for the mail server, the public half as a record to publish.
#include <array>
#include <cstdio>
#include <ctime>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/dkim_keys.hpp"
#include "dkim/key_lookup.hpp"
#include "dkim/private_key.hpp"
#include "dkim/sign.hpp"
#include "dns/txt_line.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;

constexpr unsigned kUsualBits = 2048;
constexpr unsigned kMostBits =
    4096;  // all that verifiers must be able to use, RFC 8301 section 3.2
constexpr std::string_view kEd25519Suffix = "-ed25519";  // of the second key's selector and file

struct Options {
  std::optional<dns::Name> domain;
  std::optional<dns::Name> selector;
  std::string type = "rsa";
  std::optional<unsigned> bits;
  std::string output;

  [[nodiscard]] bool keeps() const { return !output.empty() && output != "-"; }
};

// A key to be made, or made.
struct Pair {
  dkim::KeyType type;
  dns::Name selector;
  std::string path;    // empty: standard output
  std::string owner;   // of the record
  std::string record;  // the text
  std::string pem;
};

std::string selector_of_month(std::int64_t now) {
  std::time_t seconds = now;
  std::tm parts{};
  std::array<char, 16> text{};
  if (::gmtime_r(&seconds, &parts) == nullptr) return "s1";
  return {text.data(), std::strftime(text.data(), text.size(), "s%Y%m", &parts)};
}

// "dkim.pem" is "dkim-ed25519.pem" for the second of two keys.
std::string second_path(const std::string& path) {
  auto folder = path.rfind('/') + 1;
  auto dot = path.rfind('.');
  bool has_suffix = dot != std::string::npos && dot > folder;
  auto stem = path.substr(0, has_suffix ? dot : path.size());
  return stem + std::string(kEd25519Suffix) + path.substr(stem.size());
}

std::vector<std::string> rotation(const Pair& pair, const Options& options) {
  auto selector = to_string(pair.selector);
  auto check = options.domain ? "mailtrust dkim check " + to_string(*options.domain) +
                                    " --selector " + selector + " shows it"
                              : std::string("mailtrust dkim check shows it");
  return {
      "1. Publish the record. The records of keys in use stay as they are.",
      "2. Wait until " + check + ", and a TTL more: an hour, or a day where the zone says so.",
      "3. Let the mail server sign as " + selector +
          " with the new private key. Verify a message that it signed.",
      "4. Leave the old record for a week: mail signed with the old key is still on its way.",
      std::string("5. Revoke the old key: publish \"v=DKIM1; p=\" in place of its record, ") +
          "and destroy its private half.",
  };
}

class Keygen {
 public:
  Keygen(const Options& options, cli::Context& context, cli::Output& output)
      : options_(options), context_(context), output_(output) {}

  cli::Verdict run() {
    if (auto sound = check(); !sound) return tell(sound.error());
    if (auto planned = plan(); !planned) return tell(planned.error());
    for (auto& pair : pairs_)
      if (auto made = make(pair); !made) return tell(made.error());
    if (auto kept = keep(); !kept) return tell(kept.error());
    for (const auto& pair : pairs_) output_.answer(report(pair));
    return cli::Verdict::good;
  }

 private:
  [[nodiscard]] Expected<void> check() const {
    if (options_.bits && options_.type == "ed25519")
      return fail(Error::Kind::usage, "--bits", "Ed25519 keys have one size");
    if (context_.globals.quiet && !options_.keeps())
      return fail(Error::Kind::usage, "-q", "the private key would be lost; add --output FILE");
    return {};
  }

  Expected<void> plan() {
    auto first = options_.selector ? *options_.selector
                                   : dkim::name_for_tag(selector_of_month(context_.now)).value();
    auto path = options_.keeps() ? options_.output : std::string();
    if (options_.type != "both") {
      auto type = options_.type == "rsa" ? dkim::KeyType::rsa : dkim::KeyType::ed25519;
      return add(type, first, path);
    }
    if (auto added = add(dkim::KeyType::rsa, first, path); !added) return added;
    auto second = dkim::name_for_tag(to_string(first) + std::string(kEd25519Suffix));
    if (!second) return fail(Error::Kind::usage, "--selector", "too long for two keys");
    return add(dkim::KeyType::ed25519, *second, path.empty() ? path : second_path(path));
  }

  Expected<void> add(dkim::KeyType type, const dns::Name& selector, std::string path) {
    std::string owner = to_string(selector) + "._domainkey";
    if (options_.domain) {
      auto name = dkim::key_name(to_string(selector), *options_.domain);
      if (!name) return fail(Error::Kind::usage, "--selector", name.error().message);
      owner = to_absolute_string(*name);
    }
    pairs_.push_back({type, selector, std::move(path), std::move(owner), {}, {}});
    return {};
  }

  [[nodiscard]] Expected<void> make(Pair& pair) const {
    auto key = dkim::PrivateKey::generate(pair.type, options_.bits.value_or(kUsualBits));
    if (!key) return fail(key.error());
    pair.record = published_text(key->public_half());
    pair.pem = key->pem();
    return {};
  }

  // All files or none.
  Expected<void> keep() {
    for (const auto& pair : pairs_) {
      auto error = pair.path.empty() ? std::nullopt : create_file(pair.path, pair.pem);
      if (!error) continue;
      for (const auto& earlier : pairs_) {
        if (&earlier == &pair) break;
        std::remove(earlier.path.c_str());
      }
      if (error->kind == Error::Kind::input)
        error->message = "is there already; a key is never written over another one";
      return fail(*error);
    }
    return {};
  }

  [[nodiscard]] cli::Report report(const Pair& pair) const {
    auto type = std::string(to_string(pair.type));
    auto bits = pair.type == dkim::KeyType::rsa ? options_.bits.value_or(kUsualBits) : 256;
    bool last = &pair == &pairs_.back();
    auto name =
        pair.owner.ends_with('.') ? pair.owner.substr(0, pair.owner.size() - 1) : pair.owner;
    cli::Report report;
    report.json("selector", to_string(pair.selector))
        .field("name", name, {.kind = Kind::title, .label = name + ": a new " + words(pair)})
        .json("type", type)
        .json("bits", bits)
        .json("txt", pair.record)
        .field("zone", dns::txt_line(pair.owner, pair.record), {.kind = Kind::verbatim});
    if (pair.path.empty())
      report.field("private_key", ascii::trim(pair.pem), {.kind = Kind::verbatim});
    else
      report.field("output", pair.path, {.label = "private key, mode 0600"});
    report.field("rotation", cli::Value::list(rotation(pair, options_)),
                 {.kind = last ? Kind::items : Kind::hidden, .label = "to put it into use"});
    if (pair.type == dkim::KeyType::rsa && bits < kUsualBits)
      report.finding(
          finding::make("dkim.short-key", name,
                        "the RSA key has " + std::to_string(bits) + " bits; 2048 are advised"));
    return report;
  }

  [[nodiscard]] std::string words(const Pair& pair) const {
    if (pair.type == dkim::KeyType::ed25519) return "Ed25519 key";
    return "RSA key of " + std::to_string(options_.bits.value_or(kUsualBits)) + " bits";
  }

  cli::Verdict tell(const Error& error) {
    cli::Report report;
    if (options_.selector) report.json("selector", to_string(*options_.selector));
    return output_.answer(report.error(error));
  }

  const Options& options_;
  cli::Context& context_;
  cli::Output& output_;
  std::vector<Pair> pairs_;
};

Expected<void> take_bits(Options& options, std::string_view text) {
  auto bits = parse_number<unsigned>(text);
  if (!bits || *bits < limits::kRsaBitsLeast || *bits > kMostBits)
    return fail(Error::Kind::usage, "",
                quote(text) + ": expected 1024 to 4096, which all verifiers must be able to use");
  options.bits = bits;
  return {};
}

cli::Setter take_name(std::optional<dns::Name>& target) {
  return [&target](std::string_view text) -> Expected<void> {
    auto name = dkim::name_for_tag(text);
    if (!name) return fail(name.error());
    target = std::move(*name);
    return {};
  };
}

}  // namespace

void add_dkim_keygen(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("dkim keygen", "Make a key pair to sign mail with, and its record")
      .writes(options->output)
      .argument("DOMAIN", "the domain that will sign; without it the record's name is relative",
                take_name(options->domain))
      .option("-s,--selector", "SELECTOR", "what the key is called (default: sYYYYMM of today)",
              take_name(options->selector))
      .option("--type", "TYPE", "what kind of key: rsa, ed25519, or both (default rsa)",
              options->type, {.values = {"rsa", "ed25519", "both"}})
      .option("--bits", "N", "size of an RSA key, 1024 to 4096 (default 2048)",
              [options](std::string_view text) { return take_bits(*options, text); })
      .option("--output", "FILE", "write the private key to FILE, which must not be there yet",
              options->output, {.completes = cli::Completes::file})
      .about(
          "Without --output the private key is printed and kept nowhere. With --type both the "
          "Ed25519 key gets -ed25519 behind its selector and before the suffix of FILE.")
      .action([options](cli::Context& context,
                        cli::Output& output) { return Keygen(*options, context, output).run(); },
              0);
}

}  // namespace mailtrust::commands
