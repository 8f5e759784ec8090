#include <algorithm>
#include <utility>

#include "cli/command_impl.hpp"

namespace mailtrust::cli {

void Command::Impl::add_inputs(const std::string& metavar, const std::string& help,
                               OptionSpec spec) {
  spec.repeatable = true;
  add_option(metavar, metavar, help, {}, std::move(spec)).is_inputs = true;
}

Expected<void> Command::Impl::apply(std::vector<std::string>& inputs) const {
  for (const auto& slot : slots_)
    if (auto done = cli::apply(slot, inputs); !done) return done;
  return {};
}

Expected<void> Command::Impl::check() const {
  for (const auto& slot : slots_) {
    if (auto present = check_present(slot, plan.path); !present) return present;
    for (const auto& other : slot.spec.excludes)
      if (!slot.values.empty() && is_given(other))
        return fail(Error::Kind::usage, slot.name, "cannot be used together with " + other);
  }
  return {};
}

bool Command::Impl::is_given(const std::string& name) const {
  auto slot = std::ranges::find(slots_, name, &Slot::name);
  return slot != slots_.end() && !slot->values.empty();
}

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
  return option(metavar, metavar, help, std::move(setter), std::move(spec));
}

Command& Command::about(std::string text) {
  impl_.set_about(std::move(text));
  return *this;
}

Command& Command::hidden() {
  impl_.hide();
  return *this;
}

Command& Command::without_config() {
  impl_.plan.reads_config = false;
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

Command& Command::ending(Ending ending) {
  impl_.plan.ending = std::move(ending);
  return *this;
}

Command& Command::messages(const std::string& metavar, const std::string& help, MessageJudge judge,
                           Work work) {
  impl_.add_inputs(metavar, help, {.completes = Completes::file});
  impl_.plan.metavar = metavar;
  impl_.plan.message_judge = std::move(judge);
  impl_.plan.work = std::move(work);
  return *this;
}

Command& Command::mbox_quoting(const mailbox::Quoting& target) {
  impl_.plan.quoting = &target;
  return *this;
}

Command& Command::action(Action action, std::size_t questions) {
  impl_.plan.action = std::move(action);
  impl_.plan.work.questions = questions;
  return *this;
}

Command& Command::writes(Places places) {
  impl_.plan.places.push_back(std::move(places));
  return *this;
}

Command& Command::writes(const std::string& target) {
  return writes([&target](const Globals&) { return std::vector{target}; });
}

Command& Command::starts_programs(const bool& wanted) {
  impl_.plan.starts_programs = &wanted;
  return *this;
}

}  // namespace mailtrust::cli
