#include <utility>

#include "base/ascii.hpp"
#include "cli/completions.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

constexpr std::size_t kManWidth = 78;

// A word of a macro line: two letters could be the name of a macro.
std::string macro_word(std::string_view word) {
  return (word.size() <= 3 ? "\\&" : "") + std::string(word);
}

std::string flag(std::string_view name) {
  return name.starts_with("--") ? "Fl Fl " + std::string(name.substr(2))
                                : "Fl " + std::string(name.substr(1));
}

std::string item(const OptionShape& option) {
  std::string line = ".It";
  const char* separator = " ";
  for (const auto& name : option.names) {
    line += separator + flag(name);
    separator = " , ";
  }
  if (option.takes_value()) line += " Ar " + macro_word(option.metavar);
  return line + '\n';
}

// A line that begins with a dot would be a macro.
std::string without_macros(std::string text) {
  for (auto at = text.find("\n."); at != std::string::npos; at = text.find("\n.", at + 1))
    text.insert(at + 1, "\\&");
  return text;
}

// The help as sentences, a clause a line.
std::string description(const OptionShape& option) {
  auto text = option.help;
  if (!text.empty() && text[0] >= 'a' && text[0] <= 'z') text[0] = static_cast<char>(text[0] - 32);
  std::string out;
  for (auto clause : ascii::split(text, ';')) {
    auto trimmed = ascii::trim(clause);
    if (!out.empty()) out += ";\n";
    append_wrapped(out, trimmed, 0, 0, kManWidth);
  }
  if (!out.ends_with('.') && !out.ends_with('?')) out += '.';
  out += '\n';
  if (option.repeatable && !option.names.empty()) out += "May be given several times.\n";
  return without_macros(std::move(out));
}

}  // namespace

std::string man_options(const CommandShape& command) {
  std::string out;
  for (const auto* options : {&command.arguments, &command.options})
    for (const auto& option : *options)
      if (!option.hidden) out += item(option) + description(option);
  return out.empty() ? out : ".Bl -tag -width Ds\n" + out + ".El\n";
}

}  // namespace mailtrust::cli
