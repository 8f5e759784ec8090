// Everything CLI11.
#include "cli/program.hpp"

#include <algorithm>
#include <deque>
#include <map>

#include <CLI/CLI.hpp>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "cli/parser.hpp"
#include "cli/suggest.hpp"

namespace mailtrust::cli {
namespace {

// CLI11 gives some values a meaning of its own ("[a,b]", "++", words that begin with a dash, the
// empty one). None of them begins with this, so values travel with it in front.
constexpr char kMark = '=';

constexpr const char* kHiddenGroup = "";

}  // namespace

class Command::Impl {
 public:
  struct Slot {
    CLI::Option* option;
    OptionSpec spec;
    Setter setter;
    std::string metavar;
    bool is_inputs = false;
  };

  explicit Impl(CLI::App& app) : app_(app) {}

  void add_flag(const std::string& names, const std::string& help, bool& target) {
    auto setter = [&target](std::string_view) -> Expected<void> {
      target = true;
      return {};
    };
    auto* option = app_.add_flag_function(
        names, [](std::int64_t) {}, help);
    slots_.push_back({option, {}, setter, {}});
  }

  void add_option(const std::string& names, const std::string& metavar, const std::string& help,
                  Setter setter, OptionSpec spec) {
    auto* option = app_.add_option(
        names, [](const CLI::results_t&) { return true; }, help);
    option->type_name(metavar)->type_size(1)->expected(1);
    option->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)->allow_extra_args(false);
    if (spec.hidden) option->group(kHiddenGroup);
    slots_.push_back({option, std::move(spec), std::move(setter), metavar});
  }

  void add_argument(const std::string& metavar, const std::string& help, Setter setter,
                    OptionSpec spec) {
    add_option(metavar, metavar, help, std::move(setter), std::move(spec));
  }

  void add_inputs(const std::string& metavar, const std::string& help, OptionSpec spec) {
    spec.repeatable = true;
    add_argument(metavar, help, {}, std::move(spec));
    slots_.back().is_inputs = true;
    slots_.back().option->expected(-1);
  }

  [[nodiscard]] const Slot* find(const CLI::Option* option) const {
    auto slot = std::ranges::find(slots_, option, &Slot::option);
    return slot != slots_.end() ? &*slot : nullptr;
  }

  // Hands what CLI11 collected to the setters, in the order the options were declared.
  Expected<void> apply(Plan& target) {
    for (auto& slot : slots_)
      if (auto done = apply(slot, target); !done) return done;
    return {};
  }

  Expected<void> check() const {
    for (const auto& slot : slots_)
      if (auto done = check(slot); !done) return done;
    return {};
  }

  CLI::App& app() { return app_; }

  Plan plan;

 private:
  static std::string name_of(const Slot& slot) {
    const auto& names = slot.option->get_lnames();
    if (!names.empty()) return "--" + names.back();
    const auto& letters = slot.option->get_snames();
    return letters.empty() ? slot.metavar : '-' + letters.back();
  }

  static Expected<void> apply(Slot& slot, Plan& target) {
    auto values = slot.option->results();
    if (values.size() > 1 && !slot.spec.repeatable && !slot.metavar.empty())
      return fail(Error::Kind::usage, name_of(slot), "given more than once");
    for (const auto& marked : values) {
      auto value = marked.substr(!slot.metavar.empty() && marked.starts_with(kMark) ? 1 : 0);
      if (slot.is_inputs) {
        target.inputs.push_back(value);
      } else if (auto done = set(slot, value); !done) {
        return done;
      }
    }
    return {};
  }

  static Expected<void> set(Slot& slot, const std::string& value) {
    const auto& allowed = slot.spec.values;
    if (!allowed.empty() && std::ranges::find(allowed, value) == allowed.end())
      return fail(Error::Kind::usage, name_of(slot),
                  quote(value) + ": expected " + alternatives(allowed));
    auto done = slot.setter(value);
    if (done) return {};
    Error error = done.error();
    if (!error.where.empty()) error.message = error.where + ": " + error.message;
    error.where = name_of(slot);
    return fail(std::move(error));
  }

  Expected<void> check(const Slot& slot) const {
    auto count = slot.option->count();
    if (slot.spec.required && count == 0) return fail(Error::Kind::usage, name_of(slot), "missing");
    if (count == 0) return {};
    for (const auto& other : slot.spec.excludes)
      if (const auto* option = app_.get_option_no_throw(other);
          option != nullptr && option->count() > 0)
        return fail(Error::Kind::usage, name_of(slot), "cannot be used together with " + other);
    return {};
  }

  CLI::App& app_;
  std::deque<Slot> slots_;
};

class Program::Impl {
 public:
  Impl() : globals_command_(root) {
    root.set_help_flag();
    root.fallthrough(false);
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

  CommandShape shape(const CLI::App& app, const std::string& path) const {
    CommandShape shape;
    shape.path = path;
    shape.summary = app.get_description();
    shape.about = app.get_footer();
    shape.hidden = app.get_group().empty();
    auto found = commands_.find(path);
    const auto& slots = path.empty() || found == commands_.end() ? globals_command_ : found->second;
    for (const auto* option : app.get_options()) {
      auto one = shape_of(*option, slots);
      (one.names.empty() ? shape.arguments : shape.options).push_back(std::move(one));
    }
    for (const auto* child : app.get_subcommands({}))
      shape.commands.push_back(
          this->shape(*child, path + (path.empty() ? "" : " ") + child->get_name()));
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
    if (const auto* slot = command.find(&option)) {
      shape.metavar = slot->metavar;
      shape.values = slot->spec.values;
      shape.completes = slot->spec.completes;
      shape.repeatable = slot->spec.repeatable;
      shape.required = slot->spec.required;
    }
    return shape;
  }

  Command::Impl globals_command_;
  std::map<std::string, Command::Impl> commands_;
};

Command& Command::flag(const std::string& names, const std::string& help, bool& target) {
  impl_.add_flag(names, help, target);
  return *this;
}

Command& Command::option(const std::string& names, const std::string& metavar,
                         const std::string& help, Setter setter, OptionSpec spec) {
  impl_.add_option(names, metavar, help, std::move(setter), std::move(spec));
  return *this;
}

Command& Command::option(const std::string& names, const std::string& metavar,
                         const std::string& help, std::string& target, OptionSpec spec) {
  auto setter = [&target](std::string_view text) -> Expected<void> {
    target = text;
    return {};
  };
  return option(names, metavar, help, setter, std::move(spec));
}

Command& Command::argument(const std::string& metavar, const std::string& help, Setter setter,
                           OptionSpec spec) {
  impl_.add_option(metavar, metavar, help, std::move(setter), std::move(spec));
  return *this;
}

Command& Command::about(std::string text) {
  impl_.app().footer(std::move(text));
  return *this;
}

Command& Command::inputs(const std::string& metavar, const std::string& help, Judge judge,
                         Work work, OptionSpec spec) {
  if (!metavar.empty()) impl_.add_inputs(metavar, help, std::move(spec));
  impl_.plan.metavar = metavar;
  impl_.plan.judge = std::move(judge);
  impl_.plan.work = std::move(work);
  return *this;
}

Command& Command::action(Action action) {
  impl_.plan.action = std::move(action);
  return *this;
}

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
  auto* command = impl_->find(path);
  Plan plan;
  if (command != nullptr) plan = command->plan;
  if (auto done = impl_->parse(path, arguments); !done) return fail(done.error());
  for (auto* one : {&impl_->globals_command(), command}) {
    if (one == nullptr) continue;
    if (auto done = one->apply(plan); !done) return fail(done.error());
  }
  if (impl_->asked.help || impl_->asked.version) return plan;
  for (auto* one : {&impl_->globals_command(), command}) {
    if (one == nullptr) continue;
    if (auto done = one->check(); !done) return fail(done.error());
  }
  return plan;
}

const Globals& Parser::globals() const {
  return impl_->globals;
}

const Asked& Parser::asked() const {
  return impl_->asked;
}

}  // namespace mailtrust::cli
