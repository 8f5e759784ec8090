#include "dkim/coverage.hpp"

#include <algorithm>
#include <string_view>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::dkim {
namespace {

constexpr std::string_view kShown[] = {"From", "Subject",  "Date",        "To",
                                       "Cc",   "Reply-To", "Content-Type"};

std::size_t times_signed(const Signature& signature, std::string_view name) {
  auto is_it = [&](const std::string& field) { return ascii::iequals(field, name); };
  return static_cast<std::size_t>(std::ranges::count_if(signature.signed_fields, is_it));
}

// Nothing to say: "".
std::string about(std::string_view name, std::size_t present, std::size_t listed) {
  if (listed > present) return {};
  auto field = std::string(name);
  if (present > 0 && listed == 0) return field + " is not signed";
  if (listed < present)
    return "only " + std::to_string(listed) + " of " + std::to_string(present) + ' ' + field +
           " fields is signed, from the bottom";
  return present == 0 ? "a " + field + " can be added" : "a second " + field + " can be added";
}

}  // namespace

std::vector<std::string> left_open(const message::Header& header, const Signature& signature,
                                   std::uint64_t uncovered) {
  std::vector<std::string> open;
  if (signature.body_length)
    open.push_back("text can be appended to the body (l=)" +
                   (uncovered == 0 ? "" : ", and " + grouped(uncovered) + " octets were"));
  for (auto name : kShown) {
    auto text = about(name, header.count(name), times_signed(signature, name));
    if (!text.empty()) open.push_back(std::move(text));
  }
  return open;
}

}  // namespace mailtrust::dkim
