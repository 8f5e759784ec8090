#pragma once
// Where DNS answers come from in this run: a recorder over a cache over the network or zone files,
// as the options say. The only place that knows the makers of resolvers.

#include <memory>
#include <string_view>

#include "base/expected.hpp"
#include "cli/context.hpp"
#include "dns/resolver.hpp"

namespace mailtrust::cli {

/// Is this ADDR[:PORT] or [ADDR]:PORT? The Error has no `where`.
Expected<void> check_server(std::string_view text);

/// Asks through the stack, which is built when the first question comes. Thread-safe.
class Resolvers : public dns::Resolver {
 public:
  explicit Resolvers(const Globals& globals);
  ~Resolvers() override;

  /// Reads the zone files, if there are any. To be called before a command that asks; what is
  /// wrong with a file is an Error for each bad place.
  std::vector<Error> prepare();

  dns::AnswerPtr query(const dns::Question& question) override;
  void prefetch(std::span<const dns::Question> questions) override;

  /// Writes the recording, if one is wanted. Also while questions are under way.
  Expected<void> finish();

 private:
  class Stack;

  const Globals& globals_;
  std::unique_ptr<Stack> stack_;
};

}  // namespace mailtrust::cli
