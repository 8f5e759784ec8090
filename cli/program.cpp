// Everything CLI11.
#include "cli/program.hpp"

#include <algorithm>
#include <map>

#include <CLI/CLI.hpp>

#include "base/ascii.hpp"
#include "cli/command_impl.hpp"

namespace mailtrust::cli {
namespace {

// CLI11 gives some values a meaning of its own ("[a,b]", "++", words that begin with a dash, the
// empty one). None of them begins with this, so values travel with it in front.
constexpr char kMark = '=';

std::vector<std::string> unmarked(const CLI::results_t& results) {
  std::vector<std::string> values;
  for (const auto& result : results) values.push_back(result.substr(result[0] == kMark ? 1 : 0));
  return values;
}

// The last long name, else the letter, else the name of an argument.
std::string name_of(const CLI::Option& option) {
  if (!option.get_lnames().empty()) return "--" + option.get_lnames().back();
  if (!option.get_snames().empty()) return '-' + option.get_snames().back();
  return option.get_name();
}

}  // namespace

void Command::Impl::add_flag(const std::string& names, const std::string& help, bool& target) {
  auto& slot = slots_.emplace_back();
  slot.setter = [&target](std::string_view) -> Expected<void> {
    target = true;
    return {};
  };
  std::function<void(std::int64_t)> collect = [&slot](std::int64_t times) {
    slot.values.resize(static_cast<std::size_t>(times));
  };
  slot.name = name_of(*app_.add_flag_function(names, collect, help));
}

Slot& Command::Impl::add_option(const std::string& names, const std::string& metavar,
                                const std::string& help, Setter setter, OptionSpec spec) {
  auto& slot = slots_.emplace_back();
  slot.metavar = metavar;
  slot.setter = std::move(setter);
  slot.spec = std::move(spec);
  CLI::callback_t collect = [&slot](const CLI::results_t& results) {
    slot.values = unmarked(results);
    return true;
  };
  auto* option = app_.add_option(names, collect, help);
  option->type_size(1)->expected(1)->allow_extra_args(false);
  bool takes_all_words = slot.spec.repeatable && option->get_positional();
  if (takes_all_words) option->expected(-1);
  option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  if (slot.spec.hidden) option->group("");
  slot.name = name_of(*option);
  return slot;
}

void Command::Impl::set_about(std::string text) {
  app_.footer(std::move(text));
}

void Command::Impl::hide() {
  app_.group("");
}

const Slot* Command::Impl::find(const CLI::Option& option) const {
  auto slot = std::ranges::find(slots_, name_of(option), &Slot::name);
  return slot != slots_.end() ? &*slot : nullptr;
}

class Program::Impl {
 public:
  Impl() : globals_command_(root) {
    root.set_help_flag();
    Command command(globals_command_);
    add_globals(command, globals, asked);
  }

  // The app of a path; its groups are made on the way.
  CLI::App& app(const std::string& path, const std::string& summary) {
    auto space = path.rfind(' ');
    auto& parent = space == std::string::npos ? root : app(path.substr(0, space), {});
    auto word = path.substr(space + 1);
    auto known =
        parent.get_subcommands([&](const CLI::App* app) { return app->get_name() == word; });
    auto* found = known.empty() ? parent.add_subcommand(word) : known.front();
    if (!summary.empty()) found->description(summary);
    found->set_help_flag();
    found->fallthrough();
    return *found;
  }

  Command::Impl& command(const std::string& path, const std::string& summary) {
    auto& impl = commands_.try_emplace(path, app(path, summary)).first->second;
    impl.plan.path = path;
    return impl;
  }

  Command::Impl* find(const std::string& path) {
    auto found = commands_.find(path);
    return found != commands_.end() ? &found->second : nullptr;
  }

  [[nodiscard]] CommandShape shape(const CLI::App& app, const std::string& path) const {
    CommandShape shape;
    shape.path = path;
    shape.summary = app.get_description();
    shape.about = app.get_footer();
    shape.hidden = app.get_group().empty();
    auto found = commands_.find(path);
    shape.acts = found != commands_.end() && found->second.plan.acts();
    for (const auto* option : app.get_options()) {
      auto one = shape_of(*option, found != commands_.end() ? found->second : globals_command_);
      (one.names.empty() ? shape.arguments : shape.options).push_back(std::move(one));
    }
    for (const auto* child : app.get_subcommands({})) {
      auto child_path = path.empty() ? child->get_name() : path + ' ' + child->get_name();
      shape.commands.push_back(this->shape(*child, child_path));
    }
    return shape;
  }

  // What is left for CLI11 to object to would be a slip of ours: argv was sorted before.
  Expected<void> parse(const std::string& path, std::span<const Argument> arguments) {
    std::vector<std::string> words;
    for (auto word : ascii::split(path, ' '))
      if (!word.empty()) words.emplace_back(word);
    for (const auto& argument : arguments) {
      if (argument.option != nullptr) words.push_back(argument.option->name());
      if (argument.option == nullptr || argument.option->takes_value())
        words.push_back(kMark + argument.text);
    }
    std::ranges::reverse(words);  // CLI11 takes them from the back
    try {
      root.parse(words);
    } catch (const CLI::ParseError& error) {
      return fail(Error::Kind::usage, path, error.what());
    }
    return {};
  }

  Command::Impl& globals_command() { return globals_command_; }

  CLI::App root{"Say whether mail will be trusted, and what to mend"};
  Globals globals;
  Asked asked;

 private:
  static OptionShape shape_of(const CLI::Option& option, const Command::Impl& command) {
    OptionShape shape;
    for (const auto& name : option.get_snames()) shape.names.push_back('-' + name);
    for (const auto& name : option.get_lnames()) shape.names.push_back("--" + name);
    shape.help = option.get_description();
    shape.hidden = option.get_group().empty();
    if (const auto* slot = command.find(option)) {
      shape.metavar = slot->metavar;
      shape.values = slot->spec.values;
      shape.completes = slot->spec.completes;
      shape.repeatable = slot->spec.repeatable;
      shape.required = slot->spec.required || slot->is_inputs;
    }
    return shape;
  }

  Command::Impl globals_command_;
  std::map<std::string, Command::Impl> commands_;
};

Command Program::command(const std::string& path, const std::string& summary) {
  return Command(impl_.command(path, summary));
}

void Program::group(const std::string& path, const std::string& summary) {
  impl_.app(path, summary);
}

Parser::Parser() : impl_(std::make_unique<Program::Impl>()) {}

Parser::~Parser() = default;

void Parser::add(const Contents& contents) {
  Program program(*impl_);
  contents.add(program);
}

CommandShape Parser::shape() const {
  return impl_->shape(impl_->root, {});
}

Expected<Plan> Parser::parse(const std::string& path, std::span<const Argument> arguments) {
  if (auto done = impl_->parse(path, arguments); !done) return fail(done.error());
  auto* command = impl_->find(path);
  Plan plan = command != nullptr ? command->plan : Plan{};
  std::vector<Command::Impl*> both = {&impl_->globals_command()};
  if (command != nullptr) both.push_back(command);
  for (auto* one : both)
    if (auto done = one->apply(plan.inputs); !done) return fail(done.error());
  if (impl_->asked.help || impl_->asked.version) return plan;
  for (auto* one : both)
    if (auto done = one->check(); !done) return fail(done.error());
  return plan;
}

CommandShape shape_of(std::span<const Contents> commands) {
  Parser parser;
  for (const auto& line : commands) parser.add(line);
  return parser.shape();
}

const Globals& Parser::globals() const {
  return impl_->globals;
}

const Asked& Parser::asked() const {
  return impl_->asked;
}

}  // namespace mailtrust::cli
