// mailtrust dkim sign FILE
// The message with a DKIM-Signature in front of it.
#include <algorithm>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/counted.hpp"
#include "base/escape.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/dkim_keys.hpp"
#include "commands/list_words.hpp"
#include "commands/spf_words.hpp"
#include "dkim/key_lookup.hpp"
#include "dkim/private_key.hpp"
#include "dkim/sign.hpp"
#include "dkim/signed_fields.hpp"
#include "message/reader.hpp"

namespace mailtrust::commands {
namespace {

struct NamedKey {
  std::string path;
  dkim::PrivateKey key;
};

struct Options {
  std::string file;
  dkim::Statement statement;  // of every signature, but for the selector
  std::vector<dns::Name> selectors;
  std::vector<NamedKey> keys;
  std::string identity;
  std::string expires;
};

class Sign {
 public:
  Sign(const Options& options, cli::Context& context, cli::Output& output)
      : options_(options),
        statement_(options.statement),
        json_(context.globals.json),
        now_(context.now),
        output_(output) {}

  cli::Verdict run() {
    if (auto sound = complete(); !sound) return tell(sound.error());
    auto message = read_file(options_.file, limits::kMessage);
    if (!message) return tell(message.error());
    auto fields = sign(*message);
    if (!fields) return tell(fields.error());
    if (json_) return answer(*fields);
    write(*fields, *message);
    return cli::Verdict::good;
  }

 private:
  // What options say only together.
  Expected<void> complete() {
    if (options_.selectors.size() != options_.keys.size())
      return fail(Error::Kind::usage, "--selector",
                  counted(options_.keys.size(), "key") + " and " +
                      counted(options_.selectors.size(), "selector") +
                      "; expected one for each key, in the same order");
    for (const auto& selector : options_.selectors) {
      auto name = dkim::key_name(to_string(selector), statement_.domain);
      if (!name) return fail(Error::Kind::usage, "--selector", name.error().message);
      names_.push_back(to_string(*name));
    }
    statement_.timestamp = now_;
    if (auto taken = take_identity(); !taken) return taken;
    return take_expiry();
  }

  Expected<void> take_identity() {
    if (options_.identity.empty()) return {};
    auto identity = dkim::identity_for(options_.identity, statement_.domain);
    if (!identity) return fail(Error::Kind::usage, "--identity", identity.error().message);
    statement_.identity = std::move(*identity);
    return {};
  }

  Expected<void> take_expiry() {
    if (options_.expires.empty()) return {};
    auto time = parse_expiry(options_.expires, now_);
    if (!time) return fail(time.error());
    statement_.expiration = *time;
    return {};
  }

  [[nodiscard]] Expected<std::vector<std::string>> sign(std::string_view content) const {
    message::ViewedOctets octets(content);
    message::Reader reader(octets, options_.file);
    auto header = reader.header();
    if (!header) return fail(header.error());
    if (!header->fields().empty() && header->fields().front().line > 1)
      return refuse("begins with a From line, as mailboxes do; expected one message");
    auto signer = dkim::Signer::start(*header);
    if (!signer) return refuse(signer.error().message);
    for (std::size_t i = 0; i < options_.keys.size(); ++i) {
      auto statement = statement_;
      statement.selector = options_.selectors[i];
      const auto& named = options_.keys[i];
      if (auto added = signer->add(std::move(statement), named.key); !added)
        return fail(Error::Kind::input, named.path, added.error().message);
    }
    while (true) {
      auto piece = reader.body();
      if (!piece) return fail(piece.error());
      if (piece->empty()) break;
      signer->body(*piece);
    }
    auto fields = signer->finish();
    if (!fields) return refuse(fields.error().message);
    return fields;
  }

  [[nodiscard]] Unexpected refuse(std::string message) const {
    return fail(Error::Kind::input, options_.file, std::move(message));
  }

  // With the line ends of the file, and not all of it in one piece, which would be copied.
  void write(const std::vector<std::string>& fields, std::string_view message) {
    constexpr std::size_t kPiece = 1U << 20;
    auto first = message.find('\n');
    bool bare = first != std::string_view::npos && (first == 0 || message[first - 1] != '\r');
    for (auto field : fields) {
      if (bare) std::erase(field, '\r');
      output_.write(field);
    }
    while (!message.empty() && output_.is_open()) {
      auto piece = message.substr(0, kPiece);
      output_.write(piece);
      message.remove_prefix(piece.size());
    }
  }

  cli::Verdict answer(const std::vector<std::string>& fields) {
    for (std::size_t i = 0; i < fields.size(); ++i) {
      const auto& half = options_.keys[i].key.public_half();
      cli::Report report;
      report.json("file", options_.file)
          .json("domain", to_string(statement_.domain))
          .json("selector", to_string(options_.selectors[i]))
          .json("name", names_[i])
          .json("txt", published_text(half))
          .json("field", std::string_view(fields[i]).substr(0, fields[i].size() - 2));
      output_.answer(report);
    }
    return cli::Verdict::good;
  }

  cli::Verdict tell(const Error& error) {
    return output_.answer(cli::Report().json("file", options_.file).error(error));
  }

  const Options& options_;
  dkim::Statement statement_;
  std::vector<std::string> names_;  // of the key records, for each key
  bool json_;
  std::int64_t now_;
  cli::Output& output_;
};

Expected<dns::Name> take_name(std::string_view text) {
  return dkim::name_for_tag(text);
}

Expected<void> take_key(Options& options, std::string_view path) {
  auto content = read_file(std::string(path), limits::kPrivateKey);
  if (!content) return fail(content.error());
  auto key = dkim::PrivateKey::parse(*content, path);
  std::ranges::fill(*content, '\0');
  if (!key) return fail(key.error());
  options.keys.push_back({std::string(path), std::move(*key)});
  return {};
}

Expected<void> take_fields(Options& options, std::string_view text) {
  auto names = dkim::parse_signed_fields(text);
  if (!names) return fail(names.error());
  options.statement.signed_fields = std::move(*names);
  return {};
}

// RFC 6376 section 3.5, c=: one word alone is the header's, and the body's is simple.
Expected<void> take_canonicalization(Options& options, std::string_view text) {
  using dkim::Canonicalization;
  auto slash = text.find('/');
  auto of = [](std::string_view word) {
    return word == "relaxed" ? Canonicalization::relaxed : Canonicalization::simple;
  };
  options.statement.header_canonicalization = of(text.substr(0, slash));
  options.statement.body_canonicalization =
      of(slash == std::string_view::npos ? "simple" : text.substr(slash + 1));
  return {};
}

}  // namespace

void add_dkim_sign(cli::Program& program) {
  auto options = std::make_shared<Options>();
  program.command("dkim sign", "Put a DKIM signature in front of a message")
      .argument("FILE", "the message; - is standard input",
                [options](std::string_view text) -> Expected<void> {
                  options->file = text;
                  return {};
                },
                {.required = true, .completes = cli::Completes::file})
      .option("-d,--domain", "DOMAIN", "the domain that signs (d=)",
              [options](std::string_view text) -> Expected<void> {
                auto name = take_name(text);
                if (!name) return fail(name.error());
                options->statement.domain = std::move(*name);
                return {};
              },
              {.required = true})
      .option("-s,--selector", "SELECTOR", "what the key is called (s=)",
              [options](std::string_view text) -> Expected<void> {
                auto name = take_name(text);
                if (!name) return fail(name.error());
                options->selectors.push_back(std::move(*name));
                return {};
              },
              {.required = true, .repeatable = true})
      .option("--key", "FILE", "the private key, in PEM or DER, RSA or Ed25519",
              [options](std::string_view path) { return take_key(*options, path); },
              {.required = true, .repeatable = true, .completes = cli::Completes::file})
      .option("-c,--canonicalization", "FORM", "of header and body (default relaxed/relaxed)",
              [options](std::string_view text) { return take_canonicalization(*options, text); },
              {.values = {"relaxed/relaxed", "relaxed/simple", "simple/relaxed", "simple/simple",
                          "relaxed", "simple"}})
      .option("--headers", "LIST", "the fields to sign, by colons, instead of the usual ones",
              [options](std::string_view text) { return take_fields(*options, text); })
      .option("-i,--identity", "ADDR", "the user or program that signs (i=)", options->identity)
      .option("--expires", "TIME", "when the signature ends (x=): 7d, 12h, a date or a time",
              options->expires)
      .flag("--length", "sign the present length of the body (l=); more can then be added to it",
            options->statement.body_length)
      .action([options](cli::Context& context,
                        cli::Output& output) { return Sign(*options, context, output).run(); },
              0);
}

}  // namespace mailtrust::commands
