#include "config/config.hpp"

#include <cstdlib>

#include <unistd.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/file.hpp"
#include "base/limits.hpp"

namespace mailtrust::config {
namespace {

constexpr std::string_view kName = "mailtrust.conf";
constexpr std::string_view kByteOrderMark = "\xef\xbb\xbf";

class Reader {
 public:
  explicit Reader(std::string_view file) : file_(file) {}

  // Line `number`, without its end.
  Expected<void> read(std::string_view line, std::size_t number) {
    line_ = line.substr(0, line.find('#'));
    number_ = number;
    next_ = 0;
    if (line.size() > limits::kConfigLine)
      return refuse(0, "line is longer than " + std::to_string(limits::kConfigLine >> 10U) +
                           " KiB, the limit");
    auto word = next_word();
    if (word.empty()) return {};
    if (word == "trusted") return read_trusted();
    if (word == "key") return read_key();
    return refuse(at(word), quote(word) + " is no setting; those there are: trusted, key");
  }

  Config take() { return std::move(config_); }

 private:
  Expected<void> read_trusted() {
    auto value = next_word();
    if (value.empty()) return refuse(line_.size(), "trusted what? A prefix or a host name follows");
    for (; !value.empty(); value = next_word())
      config_.trusted.push_back({std::string(value), where(at(value))});
    return {};
  }

  Expected<void> read_key() {
    auto service = next_word();
    auto value = next_word();
    auto rest = next_word();
    if (service.empty() || value.empty())
      return refuse(line_.size(), "a key is written: key SERVICE KEY");
    // What follows may be a part of the key: it is not shown.
    if (!rest.empty()) return refuse(at(rest), "more than one word of key for " + quote(service));
    auto added = config_.keys.try_emplace(ascii::to_lower(service),
                                          Setting{std::string(value), where(at(value))});
    if (!added.second) return refuse(at(service), "a second key for " + quote(service));
    return {};
  }

  std::string_view next_word() {
    auto is_blank = [](char c) { return ascii::is_space(c); };
    while (next_ < line_.size() && is_blank(line_[next_])) ++next_;
    auto start = next_;
    while (next_ < line_.size() && !is_blank(line_[next_])) ++next_;
    return line_.substr(start, next_ - start);
  }

  [[nodiscard]] std::size_t at(std::string_view word) const {
    return static_cast<std::size_t>(word.data() - line_.data());
  }

  [[nodiscard]] std::string where(std::size_t column) const {
    return std::string(file_) + ':' + std::to_string(number_) + ':' + std::to_string(column + 1);
  }

  [[nodiscard]] Unexpected refuse(std::size_t column, std::string message) const {
    return fail(Error::Kind::input, where(column), std::move(message));
  }

  std::string_view file_;
  std::string_view line_;
  std::size_t number_ = 0;
  std::size_t next_ = 0;
  Config config_;
};

std::string environment(const char* name) {
  const char* value = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): nobody sets any
  return value != nullptr ? value : "";
}

// Where the file is looked for when nobody named one; empty: nowhere.
std::string usual_place() {
  if (::geteuid() == 0) return "/etc/mailtrust/" + std::string(kName);
  auto folder = environment("XDG_CONFIG_HOME");
  // XDG Base Directory Specification: a relative path is to be ignored.
  if (!folder.starts_with('/')) {
    folder = environment("HOME");
    if (folder.empty()) return {};
    folder += "/.config";
  }
  return folder + "/mailtrust/" + std::string(kName);
}

}  // namespace

Expected<Config> parse(std::string_view text, std::string_view file) {
  Reader reader(file);
  std::size_t number = 0;
  for (auto line : ascii::split(text, '\n')) {
    ++number;
    if (number == 1 && line.starts_with(kByteOrderMark)) line.remove_prefix(kByteOrderMark.size());
    if (auto read = reader.read(line, number); !read) return fail(read.error());
  }
  return reader.take();
}

Expected<Config> load(const std::string& file) {
  auto path = file.empty() ? environment("MAILTRUST_CONFIG") : file;
  if (path.empty()) {
    path = usual_place();
    if (path.empty() || ::access(path.c_str(), F_OK) != 0) return Config{};
  }
  auto text = read_file(path, limits::kConfigFile);
  if (!text) return fail(text.error());
  return parse(*text, path);
}

}  // namespace mailtrust::config
