#include <string_view>

#include <catch2/catch.hpp>

#include "bounce/classify.hpp"

using namespace mailtrust::bounce;

namespace {

struct Row {
  Reason reason;
  std::string_view reply;
};

constexpr Row kReplies[] = {
#include "bounce/replies.inc"
#include "bounce/server_replies.inc"
};

}  // namespace

TEST_CASE("replies of the public record mean what they say") {
  for (const auto& row : kReplies) {
    Failure failure;
    failure.diagnostic = row.reply;
    auto verdict = classify(failure);
    INFO(row.reply << ": " << verdict.rule);
    CHECK(to_string(verdict.reason) == to_string(row.reason));
  }
}
