// From text to settings.
#include <algorithm>
#include <span>
#include <utility>

#include "base/ascii.hpp"
#include "base/distance.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "config/config.hpp"

namespace mailtrust::config {
namespace {

constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

// How far a word is from what somebody may have meant by it; its beginning is as good as the whole.
std::size_t distance(std::string_view word, std::string_view meant) {
  return meant.starts_with(word) ? 0 : edit_distance(word, meant);
}

// "; did you mean a?", else all that there are.
std::string instead_of(std::string_view typed, std::span<const std::string_view> words) {
  constexpr std::size_t kLongest = 40;
  constexpr std::size_t kNear = 2;
  auto word = ascii::to_lower(typed.substr(0, kLongest));
  auto nearest = *std::ranges::min_element(
      words, {}, [&](std::string_view meant) { return distance(word, meant); });
  if (distance(word, nearest) <= kNear) return "; did you mean " + std::string(nearest) + '?';
  std::string all;
  for (auto one : words) all += (all.empty() ? "" : ", ") + std::string(one);
  return "; those there are: " + all;
}

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  // Line `number`, without its end.
  void read(std::string_view line, std::size_t number) {
    line_ = line;
    number_ = number;
    next_ = 0;
    if (line.size() > limits::kConfigLine)
      return refuse(0, "line is longer than " + std::to_string(limits::kConfigLine >> 10U) +
                           " KiB, the limit");
    auto word = next_word();
    if (word.empty()) return;
    for (const auto& setting : kSettings)
      if (word == setting.word) return (this->*setting.read)();
    refuse(at(word), quote(word) + " is no setting" + instead_of(word, kWords));
  }

  ExpectedOrErrors<Config> take() {
    if (!errors_.empty()) return UnexpectedErrors(std::move(errors_));
    return std::move(config_);
  }

 private:
  struct Word {
    std::string_view word;
    void (Reader::*read)();
  };

  static constexpr std::array<std::string_view, 4> kWords = {"resolver", "trusted", "key", "store"};
  static const std::array<Word, 4> kSettings;

  void read_resolver() {
    auto value = next_word();
    if (value.empty()) return refuse_end("resolver what? An address follows");
    for (; !value.empty(); value = next_word()) {
      auto server = dns::parse_server(value);
      if (!server) return refuse(at(value), server.error().message);
      config_.resolvers.push_back(std::move(*server));
    }
  }

  void read_trusted() {
    auto value = next_word();
    if (value.empty()) return refuse_end("trusted what? A prefix or a host name follows");
    for (; !value.empty(); value = next_word())
      if (auto added = config_.trusted.add(value); !added)
        return refuse(at(value), added.error().message);
  }

  void read_key() {
    auto service = next_word();
    auto value = next_word();
    auto rest = next_word();
    if (service.empty() || value.empty()) return refuse_end("a key is written: key SERVICE KEY");
    auto known = ascii::to_lower(service);
    if (std::ranges::find(kServices, known) == kServices.end())
      return refuse(at(service), quote(service) + " is no service that has keys" +
                                     instead_of(service, kServices));
    // What follows may be a part of the key: it is not shown.
    if (!rest.empty()) return refuse(at(rest), "more than one word of key for " + quote(service));
    if (!is_key(value)) return refuse(at(value), "not a key: expected letters, digits, - and _");
    auto added = config_.keys.try_emplace(known, Setting{std::string(value), where(at(value))});
    if (!added.second) refuse(at(service), "a second key for " + quote(service));
  }

  // A path may hold blanks, so it goes on to the end of the line.
  void read_store() {
    auto value = next_word();
    if (value.empty()) return refuse_end("store what? The path of a file follows");
    auto end = at(value) + value.size();
    for (auto word = next_word(); !word.empty(); word = next_word()) end = at(word) + word.size();
    value = line_.substr(at(value), end - at(value));
    if (!value.starts_with('/'))
      return refuse(at(value), quote(value) + ": expected a path that begins with /");
    if (value.find('\0') != std::string_view::npos)
      return refuse(at(value), quote(value) + ": not a path");
    if (!config_.store.empty()) return refuse(at(value), "a second store");
    config_.store = value;
  }

  // Empty at the end of the line, which is where a comment begins.
  std::string_view next_word() {
    while (next_ < line_.size() && ascii::is_space(line_[next_])) ++next_;
    auto start = next_;
    if (start < line_.size() && line_[start] == '#') return {};
    while (next_ < line_.size() && !ascii::is_space(line_[next_])) ++next_;
    return line_.substr(start, next_ - start);
  }

  [[nodiscard]] std::size_t at(std::string_view word) const {
    return static_cast<std::size_t>(word.data() - line_.data());
  }

  [[nodiscard]] std::string where(std::size_t column) const {
    return std::string(file_) + ':' + std::to_string(number_) + ':' + std::to_string(column + 1);
  }

  void refuse(std::size_t column, std::string message) {
    errors_.push_back({Error::Kind::input, where(column), std::move(message)});
  }

  void refuse_end(std::string message) { refuse(next_, std::move(message)); }

  std::string_view file_;
  std::string_view line_;
  std::size_t number_ = 0;
  std::size_t next_ = 0;
  Config config_;
  std::vector<Error> errors_;
};

constinit const std::array<Reader::Word, 4> Reader::kSettings = {
    {{kWords[0], &Reader::read_resolver},
     {kWords[1], &Reader::read_trusted},
     {kWords[2], &Reader::read_key},
     {kWords[3], &Reader::read_store}}};

}  // namespace

bool is_key(std::string_view text) {
  auto fits = [](char c) { return ascii::is_alnum(c) || c == '-' || c == '_'; };
  constexpr std::size_t kMostLabel = 63;
  return !text.empty() && text.size() <= kMostLabel && std::ranges::all_of(text, fits);
}

ExpectedOrErrors<Config> parse(std::string_view text, std::string_view file) {
  if (text.starts_with(kByteOrderMark)) text.remove_prefix(kByteOrderMark.size());
  Reader reader(file);
  std::size_t number = 0;
  for (auto line : ascii::split(text, '\n')) reader.read(line, ++number);
  return reader.take();
}

Config merge(Config near, const Config& far) {
  if (near.resolvers.empty()) near.resolvers = far.resolvers;
  if (near.store.empty()) near.store = far.store;
  near.trusted.add(far.trusted);
  near.keys.insert(far.keys.begin(), far.keys.end());
  return near;
}

}  // namespace mailtrust::config
