#include "dns/tsig_key.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "base/ascii.hpp"
#include "base/base64.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"

namespace mailtrust::dns {
namespace {

constexpr std::array<std::string_view, 5> kAlgorithms = {"hmac-sha1", "hmac-sha224", "hmac-sha256",
                                                         "hmac-sha384", "hmac-sha512"};
constexpr std::string_view kFormats =
    R"(expected key "NAME" { algorithm hmac-sha256; secret "..."; }; or hmac-sha256:NAME:SECRET)";

struct Word {
  std::string_view text;
  std::size_t line = 1;
  bool quoted = false;
};

// What named.conf, knot.conf and nsd.conf have in common: words, some in quotes, with punctuation
// between them that tells nothing more.
class Words {
 public:
  explicit Words(std::string_view text) : rest_(text) {}

  std::optional<Word> next() {
    skip();
    if (rest_.empty()) return std::nullopt;
    if (rest_[0] == '"') return quoted();
    auto end = std::min(rest_.find_first_of(" \t\r\n{};\""), rest_.size());
    return take(end);
  }

 private:
  Word take(std::size_t size) {
    Word word{rest_.substr(0, size), line_, false};
    drop(size);
    return word;
  }

  Word quoted() {
    drop(1);
    auto end = std::min(rest_.find_first_of("\"\n"), rest_.size());
    auto word = take(end);
    word.quoted = true;
    if (!rest_.empty()) drop(1);
    return word;
  }

  void drop(std::size_t size) {
    line_ += static_cast<std::size_t>(
        std::count(rest_.begin(), rest_.begin() + static_cast<std::ptrdiff_t>(size), '\n'));
    rest_.remove_prefix(size);
  }

  void skip() {
    while (!rest_.empty()) {
      if (ascii::is_space(rest_[0]) || rest_[0] == '{' || rest_[0] == '}' || rest_[0] == ';')
        drop(1);
      else if (rest_[0] == '#' || rest_.starts_with("//"))
        drop(std::min(rest_.find('\n'), rest_.size()));
      else if (rest_.starts_with("/*"))
        drop(rest_.find("*/") == std::string_view::npos ? rest_.size() : rest_.find("*/") + 2);
      else
        return;
    }
  }

  std::string_view rest_;
  std::size_t line_ = 1;
};

Unexpected refuse(std::size_t line, std::string_view what) {
  return fail(Error::Kind::input, "", "line " + std::to_string(line) + ": " + std::string(what));
}

/// The fields as they are spelled.
struct Spelled {
  std::optional<Word> name;
  std::optional<Word> algorithm;
  std::optional<Word> secret;
};

Expected<TsigAlgorithm> read_algorithm(const Word& word) {
  auto text = word.text;
  if (text.ends_with('.')) text.remove_suffix(1);
  for (std::size_t i = 0; i < kAlgorithms.size(); ++i)
    if (ascii::iequals(text, kAlgorithms.at(i))) return static_cast<TsigAlgorithm>(i);
  return refuse(
      word.line,
      "this algorithm is not known; expected hmac-sha256, or hmac-sha1, -sha224, -sha384, -sha512");
}

Expected<TsigKey> read_key(const Spelled& spelled) {
  if (!spelled.name || !spelled.secret)
    return fail(Error::Kind::input, "", "holds no whole key; " + std::string(kFormats));
  TsigKey key;
  auto name = Name::read(spelled.name->text);
  if (!name || name->is_root())
    return refuse(spelled.name->line, "the name of the key is no domain name");
  key.name = name->lowered();
  if (spelled.algorithm) {
    auto algorithm = read_algorithm(*spelled.algorithm);
    if (!algorithm) return fail(algorithm.error());
    key.algorithm = *algorithm;
  }
  auto secret = decode_base64(spelled.secret->text);
  if (!secret || secret.octets.empty())
    return refuse(spelled.secret->line, "the secret is not base64");
  key.secret = std::move(secret.octets);
  return key;
}

// `[ALGORITHM:]NAME:SECRET`.
std::optional<Spelled> read_colons(const Word& word) {
  auto parts = ascii::split(word.text, ':');
  if (parts.size() < 2 || parts.size() > 3 || parts.back().empty()) return std::nullopt;
  auto part = [&](std::size_t index) { return Word{parts[index], word.line, true}; };
  if (parts.size() == 2) return Spelled{part(0), std::nullopt, part(1)};
  return Spelled{part(1), part(0), part(2)};
}

// `key:` and `key` are one word, `- id` is `id`.
std::string_view keyword(const Word& word) {
  if (word.quoted) return {};
  return word.text.ends_with(':') ? word.text.substr(0, word.text.size() - 1) : word.text;
}

class Fields {
 public:
  explicit Fields(std::vector<Word> words) : words_(std::move(words)) {}

  Expected<Spelled> read() {
    while (at_ < words_.size()) {
      auto word = words_[at_++];
      auto* field = field_of(keyword(word));
      if (word.text == "-" || (keyword(word) == "key" && !names_follow())) continue;
      if (field == nullptr) return refuse(word.line, kFormats);
      if (*field) return refuse(word.line, "a second key; expected one in this file");
      if (at_ == words_.size()) return refuse(word.line, "a value is missing");
      *field = words_[at_++];
    }
    return spelled_;
  }

 private:
  std::optional<Word>* field_of(std::string_view word) {
    if (word == "key" || word == "id" || word == "name") return &spelled_.name;
    if (word == "algorithm") return &spelled_.algorithm;
    return word == "secret" ? &spelled_.secret : nullptr;
  }

  // `key NAME {` has the name at once, `key:` has it in a field of its own.
  [[nodiscard]] bool names_follow() {
    return at_ < words_.size() &&
           (words_[at_].quoted ||
            (words_[at_].text != "-" && field_of(keyword(words_[at_])) == nullptr));
  }

  std::vector<Word> words_;
  std::size_t at_ = 0;
  Spelled spelled_;
};

}  // namespace

std::string_view to_string(TsigAlgorithm algorithm) {
  return kAlgorithms.at(static_cast<std::size_t>(algorithm));
}

Expected<TsigKey> parse_tsig_key(std::string_view text) {
  std::vector<Word> words;
  Words reader(text);
  while (auto word = reader.next()) words.push_back(*word);
  if (words.size() == 1)
    if (auto spelled = read_colons(words.front())) return read_key(*spelled);
  auto spelled = Fields(std::move(words)).read();
  if (!spelled) return fail(spelled.error());
  return read_key(*spelled);
}

Expected<TsigKey> read_tsig_key(const std::string& path) {
  auto text = read_file(path, limits::kPrivateKey);
  if (!text) return fail(text.error());
  auto key = parse_tsig_key(*text);
  if (key) return key;
  auto error = key.error();
  error.where = path;
  return fail(std::move(error));
}

}  // namespace mailtrust::dns
