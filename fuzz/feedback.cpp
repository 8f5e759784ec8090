// Complaints that others sent (RFC 5965, RFC 6591, XARF and its older kinds).
#include "complaint/feedback.hpp"

#include "fuzz/target.hpp"

using namespace mailtrust;

MAILTRUST_FUZZ(feedback, octets) {
  auto feedback = complaint::read_feedback(octets);
  if (!feedback) {
    require(feedback.error().kind == Error::Kind::input, "what is no complaint is a bad input");
    return;
  }
  for (const auto* values : {&feedback->recipients, &feedback->domains, &feedback->uris})
    require(values->size() <= complaint::kMaxValues, "no more values than are kept");
  require(feedback->oddities.size() <= 101, "a hundred oddities are enough");
  for (const auto& oddity : feedback->oddities) require(!oddity.message.empty(), "each says what");
}
