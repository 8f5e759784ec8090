#pragma once
// What a command is given while it works: the questions it may ask, the options every command has.

#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/config.hpp"
#include "dns/inquiry.hpp"

namespace mailtrust::cli {

enum class When { automatic, always, never };

/// The options of every command (contract, "Every command").
struct Globals {
  bool json = false;
  std::vector<std::string>
      resolvers;  ///< ADDR[:PORT] as typed; empty: the configuration's or the system's
  std::vector<std::string> zones;
  std::string record_zone;
  std::chrono::milliseconds timeout{5000};
  std::optional<unsigned> jobs;
  std::string input;               ///< --input; empty when not given
  std::optional<std::int64_t> at;  ///< Unix seconds
  std::string store;         ///< --store, else the configuration's; empty: list::store_path() knows
  bool store_typed = false;  ///< by --store
  std::string config_file;   ///< --config; empty when not given
  config::Config config;     ///< what the configuration files say
  When color = When::automatic;
  When progress = When::automatic;
  bool quiet = false;
  bool verbose = false;
};

/// For one input; used by one thread.
struct Context {
  dns::Inquiry& resolver;  ///< counts and bounds the questions of this input
  const Globals& globals;
  std::int64_t now = 0;  ///< Unix seconds; --at, else the clock when the run began
};

}  // namespace mailtrust::cli
