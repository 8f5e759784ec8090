#include "cli/argv.hpp"

#include <algorithm>

#include "base/escape.hpp"
#include "cli/suggest.hpp"

namespace mailtrust::cli {
namespace {

bool is_option(std::string_view word) {
  return word.size() > 1 && word[0] == '-';
}

// What a command takes, for "did you mean".
std::vector<std::string> option_names(const CommandShape& program, const CommandShape& command) {
  std::vector<std::string> names;
  for (const auto* options : {&command.options, &program.options})
    for (const auto& option : *options)
      if (!option.hidden) names.push_back(option.name());
  return names;
}

class Sorter {
 public:
  Sorter(std::span<const std::string> args, const CommandShape& program,
         const CommandShape& command)
      : args_(args), program_(program), command_(command) {}

  Expected<std::vector<Argument>> sort() {
    while (next_ < args_.size()) {
      const auto& word = args_[next_++];
      Expected<void> done;
      if (word == "--") {
        for (; next_ < args_.size(); ++next_) sorted_.push_back({nullptr, args_[next_]});
      } else if (word.starts_with("--")) {
        done = long_option(word);
      } else if (is_option(word)) {
        done = short_options(word);
      } else {
        sorted_.push_back({nullptr, word});
      }
      if (!done) return fail(done.error());
    }
    if (auto fits = none_too_many(); !fits) return fail(fits.error());
    return std::move(sorted_);
  }

 private:
  Expected<void> long_option(const std::string& word) {
    auto equals = word.find('=');
    auto name = word.substr(0, equals);
    const auto* option = find_option(program_, command_, name);
    if (option == nullptr) return unknown(name);
    if (equals == std::string::npos) return value_follows(*option, name);
    if (!option->takes_value()) return fail(Error::Kind::usage, name, "takes no value");
    sorted_.push_back({option, word.substr(equals + 1)});
    return {};
  }

  Expected<void> short_options(const std::string& word) {
    for (std::size_t i = 1; i < word.size(); ++i) {
      std::string name{'-', word[i]};
      const auto* option = find_option(program_, command_, name);
      if (option == nullptr) return unknown(i == 1 ? word : name);
      if (!option->takes_value()) {
        sorted_.push_back({option, {}});
        continue;
      }
      if (i + 1 == word.size()) return value_follows(*option, name);
      sorted_.push_back({option, word.substr(i + 1)});
      return {};
    }
    return {};
  }

  Expected<void> value_follows(const OptionShape& option, const std::string& name) {
    if (!option.takes_value()) {
      sorted_.push_back({&option, {}});
      return {};
    }
    if (next_ == args_.size())
      return fail(Error::Kind::usage, name, "needs a value, " + option.metavar);
    sorted_.push_back({&option, args_[next_++]});
    return {};
  }

  [[nodiscard]] Expected<void> none_too_many() const {
    if (std::ranges::any_of(command_.arguments, &OptionShape::repeatable)) return {};
    std::size_t room = command_.arguments.size();
    for (const auto& argument : sorted_)
      if (argument.option == nullptr && room-- == 0)
        return fail(Error::Kind::usage, quote(argument.text), "an argument too many");
    return {};
  }

  Expected<void> unknown(const std::string& name) {
    auto message = "unknown option" + suggestion(name, option_names(program_, command_));
    auto quoted = quote(name);
    return fail(Error::Kind::usage, quoted.substr(1, quoted.rfind('"') - 1), std::move(message));
  }

  std::span<const std::string> args_;
  const CommandShape& program_;
  const CommandShape& command_;
  std::size_t next_ = 0;
  std::vector<Argument> sorted_;
};

}  // namespace

std::vector<CommandWord> command_words(std::span<const std::string> args,
                                       const CommandShape& program) {
  std::vector<CommandWord> words;
  for (std::size_t i = 0; i < args.size() && words.size() < 2; ++i) {
    const auto& word = args[i];
    if (!is_option(word)) {
      words.push_back({word, i});
      continue;
    }
    const auto* option = find_option(program, program, word.substr(0, word.find('=')));
    if (word == "--") break;
    if (option == nullptr && word.starts_with("--")) break;
    if (option != nullptr && option->takes_value() && word.find('=') == std::string::npos) ++i;
  }
  return words;
}

Expected<std::vector<Argument>> sort_arguments(std::span<const std::string> args,
                                               const CommandShape& program,
                                               const CommandShape& command) {
  return Sorter(args, program, command).sort();
}

}  // namespace mailtrust::cli
