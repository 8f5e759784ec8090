#pragma once
// Messages counted by how DMARC went for them, and by why it failed.

#include <array>
#include <cstddef>
#include <cstdint>

namespace mailtrust::report {

/// The sum, or the greatest number there is: counts come from outside.
constexpr std::uint64_t sum(std::uint64_t a, std::uint64_t b) {
  std::uint64_t result = a + b;
  return result < a ? UINT64_MAX : result;
}

/// Why messages failed: what there is of the author's organization in them, the first that holds.
enum class Cause : std::uint8_t {
  misaligned,  ///< an identity of the organization passes, but is not aligned: strict mode
  forwarded,   ///< by the reporter's word, through a forwarder or a mailing list
  broken,      ///< a signature of the organization that does not verify
  other,       ///< identities of another organization pass
  bare,        ///< nothing passes
};

inline constexpr std::size_t kCauses = 5;

/// Why reporters did not do as the policy says (RFC 7489 appendix C, PolicyOverrideType).
enum class Override : std::uint8_t {
  forwarded,
  sampled_out,
  trusted_forwarder,
  mailing_list,
  local_policy,
  other,
};

inline constexpr std::size_t kOverrides = 6;

struct Sums {
  std::uint64_t messages = 0;
  std::uint64_t by_dkim = 0;  ///< aligned and passed that way, both ways included
  std::uint64_t by_spf = 0;
  std::uint64_t by_both = 0;
  std::uint64_t relayed = 0;  ///< passed by DKIM alone; SPF was asked for the organization's domain
  std::uint64_t refused = 0;  ///< failed, and were quarantined or rejected already
  std::array<std::uint64_t, kCauses> failed_by{};
  std::array<std::uint64_t, kOverrides> overridden{};  ///< failed, with such a reason

  [[nodiscard]] std::uint64_t passed() const { return sum(by_dkim, by_spf - by_both); }

  [[nodiscard]] std::uint64_t failed() const {
    std::uint64_t all = 0;
    for (auto count : failed_by) all = sum(all, count);
    return all;
  }

  Sums& operator+=(const Sums& more) {
    messages = sum(messages, more.messages);
    by_dkim = sum(by_dkim, more.by_dkim);
    by_spf = sum(by_spf, more.by_spf);
    by_both = sum(by_both, more.by_both);
    relayed = sum(relayed, more.relayed);
    refused = sum(refused, more.refused);
    for (std::size_t i = 0; i < kCauses; ++i) failed_by[i] = sum(failed_by[i], more.failed_by[i]);
    for (std::size_t i = 0; i < kOverrides; ++i)
      overridden[i] = sum(overridden[i], more.overridden[i]);
    return *this;
  }
};

}  // namespace mailtrust::report
