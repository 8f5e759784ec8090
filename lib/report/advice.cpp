#include "report/advice.hpp"

#include <algorithm>

#include "base/ascii.hpp"
#include "base/number.hpp"

namespace mailtrust::report {
namespace {

using provider::Kind;

bool is_usual_loss(const Sums& sums) {
  return sums.passed() > 0 && sums.failed() <= sums.messages / 100 * kUsualLossPercent;
}

// Selectors that are the same for every customer: "k1, k2, k3".
std::string common_selectors(const provider::Provider& service) {
  std::string list;
  if (service.selectors.empty()) return list;
  for (auto selector : ascii::split(service.selectors, ' ')) {
    if (selector.find('{') != std::string_view::npos) continue;
    list += (list.empty() ? "" : ", ") + std::string(selector);
  }
  return list;
}

std::string sign_at(const provider::Provider& service) {
  auto text = "sign with your domain at " + std::string(service.name);
  auto selectors = common_selectors(service);
  if (!selectors.empty()) text += " (usual selectors: " + selectors + ")";
  return text;
}

std::string some_of(std::uint64_t part, const Sums& sums) {
  return grouped(part) + " of " + grouped(sums.messages);
}

class Adviser {
 public:
  Adviser(const Source& source, std::string_view domain, const Selectors& selectors)
      : source_(source), sums_(source.sums), domain_(domain), selectors_(selectors) {}

  [[nodiscard]] Advice run() const {
    if (source_.speaker.who == kOtherSources && !is_all_bare())
      return {Standing::unclear,
              "more sources than are told apart: ask about a shorter time (--since, --until)"};
    if (sums_.failed() == 0 || is_usual_loss(sums_)) return passing();
    if (is_forwarder()) return {Standing::forwarder, "a forwarder: nothing to do"};
    switch (main_cause()) {
      case Cause::misaligned: return misaligned();
      case Cause::forwarded:
        return {Standing::forwarder,
                "a mailing list or forwarder, as the reporter says: nothing to do"};
      case Cause::broken: return broken();
      case Cause::other: return service() != nullptr ? unaligned() : stranger();
      case Cause::bare: return bare();
    }
    return bare();
  }

 private:
  [[nodiscard]] const provider::Provider* service() const { return source_.speaker.service; }

  [[nodiscard]] bool is_forwarder() const {
    return service() != nullptr && service()->has(provider::kForwarder);
  }

  [[nodiscard]] bool is_all_bare() const {
    return !source_.speaker.own_host && sums_.failed_by.back() == sums_.messages;
  }

  [[nodiscard]] Cause main_cause() const {
    auto most = std::ranges::max_element(sums_.failed_by);
    return static_cast<Cause>(most - sums_.failed_by.begin());
  }

  [[nodiscard]] Advice passing() const {
    auto spf_alone = sums_.by_spf - sums_.by_both;
    // Half of it without DKIM is no accident.
    if (spf_alone > sums_.passed() / 2) {
      auto sign = service() != nullptr ? sign_at(*service()) : std::string("add DKIM");
      return {Standing::half, "passes by SPF alone, which forwarding breaks: " + sign};
    }
    if (is_forwarder() || (service() == nullptr && sums_.relayed > sums_.passed() / 2))
      return {Standing::forwarder,
              "a forwarder, as DKIM alone passes: nothing to do (if it is yours, allow it in SPF)"};
    return {Standing::fine, "passes: nothing to do"};
  }

  [[nodiscard]] Advice misaligned() const {
    return {Standing::own, "what passes is not aligned: use " + std::string(domain_) +
                               " itself there, or relax adkim= and aspf=, if they are strict"};
  }

  // The same signature verifies elsewhere: then the mail was changed, and not by its sender.
  [[nodiscard]] Advice broken() const {
    const auto& key = source_.speaker.selector;
    auto found = selectors_.find(key);
    bool verifies = found != selectors_.end() && found->second.passed > 0;
    if (verifies || key.starts_with(' ')) {
      if (service() != nullptr && service()->kind == Kind::esp) return unaligned();
      return {
          Standing::forwarder,
          "carries your signature, broken: a forwarder or list that changes mail; nothing to do"};
    }
    auto space = key.find(' ');
    return {Standing::own, "your signature never verifies: mailtrust dkim check " +
                               key.substr(space + 1) + " --selector " + key.substr(0, space)};
  }

  [[nodiscard]] Advice unaligned() const {
    if (sums_.passed() > 0)
      return {Standing::unaligned,
              some_of(sums_.failed(), sums_) + " without your domain: " + sign_at(*service())};
    if (service()->kind == Kind::security)
      return {Standing::unclear,
              "a gateway: the receiver's own, or if it is your way out, " + sign_at(*service())};
    return {Standing::unaligned, sign_at(*service()) + ", if you send by it"};
  }

  [[nodiscard]] Advice stranger() const {
    return {Standing::unclear, "speaks for " + source_.speaker.other +
                                   ": if that sends for you, have it sign with your domain; else "
                                   "not yours"};
  }

  [[nodiscard]] Advice bare() const {
    if (service() != nullptr) return unaligned();
    if (source_.speaker.own_host)
      return {Standing::own, "a host of yours: allow it in SPF, and sign there"};
    if (sums_.passed() > 0)
      return {Standing::own, some_of(sums_.failed(), sums_) +
                                 " fail where others pass: sign there, and allow it in SPF"};
    if (source_.speaker.internal)
      return {Standing::unclear, "an address inside the reporter's network: nothing to do"};
    if (source_.speaker.unresolved)
      return {Standing::unclear, "DNS did not tell its name: if it is not yours, safe to reject"};
    return {Standing::foreign, "not yours: safe to reject"};
  }

  const Source& source_;
  const Sums& sums_;
  std::string_view domain_;
  const Selectors& selectors_;
};

}  // namespace

std::string_view to_string(Standing standing) {
  switch (standing) {
    case Standing::own: return "own";
    case Standing::unaligned: return "unaligned";
    case Standing::unclear: return "unclear";
    case Standing::half: return "half";
    case Standing::foreign: return "foreign";
    case Standing::forwarder: return "forwarder";
    case Standing::fine: return "fine";
  }
  return "unclear";
}

bool to_mend(Standing standing) {
  return standing == Standing::own || standing == Standing::unaligned;
}

Advice advise(const Source& source, std::string_view domain, const Selectors& selectors) {
  return Adviser(source, domain, selectors).run();
}

}  // namespace mailtrust::report
