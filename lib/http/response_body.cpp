#include "http/response_body.hpp"

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace mailtrust::http {
namespace {

constexpr std::string_view kTooLarge = "answer larger than 8 MiB";

}  // namespace

std::string_view ResponseBody::add(std::string_view octets, std::string_view coding) {
  if (coding.empty() || ascii::iequals(coding, "identity"))
    return append(octets) ? std::string_view() : kTooLarge;
  // RFC 9110 section 8.4.1.3: x-gzip is the same.
  if (ascii::iequals(coding, "gzip") || ascii::iequals(coding, "x-gzip")) return inflate(octets);
  return "answer in a coding that was not asked for";
}

bool ResponseBody::append(std::string_view octets) {
  if (octets.size() > limits::kHttpBody - text_.size()) return false;
  text_ += octets;
  return true;
}

std::string_view ResponseBody::inflate(std::string_view octets) {
  if (!inflater_) inflater_ = std::make_unique<Inflater>();
  auto outcome = inflater_->add(octets, [this](std::string_view text) { return append(text); });
  switch (outcome) {
    case Inflater::Outcome::good: return {};
    case Inflater::Outcome::stopped: return kTooLarge;
    case Inflater::Outcome::damaged: break;
  }
  return "answer that cannot be decompressed";
}

}  // namespace mailtrust::http
