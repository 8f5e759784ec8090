#include "commands/config_option.hpp"

namespace mailtrust::commands {

void ConfigOption::add_to(cli::Command& command) {
  command.option("--config", "FILE",
                 "settings (default: $MAILTRUST_CONFIG, else mailtrust/mailtrust.conf in "
                 "$XDG_CONFIG_HOME, for root in /etc)",
                 file_, {.completes = cli::Completes::file});
}

const Expected<config::Config>& ConfigOption::get() {
  once_.run([this] { config_ = config::load(file_); });
  return *config_;
}

}  // namespace mailtrust::commands
