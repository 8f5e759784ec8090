#include "report/envelope.hpp"

#include "archive/unpack.hpp"
#include "base/limits.hpp"
#include "report/mail_parts.hpp"
#include "report/recognize.hpp"

namespace mailtrust::report {
namespace {

class Opener {
 public:
  explicit Opener(const DocumentSink& sink) : sink_(sink) {}

  Expected<void> open(std::string_view octets) {
    auto opened = open_any(octets, {}, 0);
    if (opened && !is_any_) hand_on({Kind::other, {}, octets, std::string(what_it_is(octets))});
    return opened;
  }

 private:
  Expected<void> open_any(std::string_view octets, const std::string& name, std::size_t forwards) {
    if (archive::packing_of(octets) != archive::Packing::none) return open_archive(octets, name);
    if (is_mail(octets)) return open_mail(octets, name, forwards);
    hand_on_report({kind_of(octets), name, octets, {}});
    return {};
  }

  Expected<void> open_archive(std::string_view octets, const std::string& name) {
    auto take = [&](const archive::Member& member) {
      bounds_.inflated_before += member.octets.size();
      ++bounds_.members_before;
      auto inner = member.name.empty() ? name : name + '(' + member.name + ')';
      Document document{Kind::other, std::move(inner), member.octets, member.fault};
      if (archive::packing_of(member.octets) != archive::Packing::none)
        document.fault = "an archive within an archive, which is not opened";
      else
        document.kind = kind_of(member.octets);
      return hand_on_report(document);
    };
    auto bounds = bounds_;
    return archive::unpack(octets, take, bounds);
  }

  Expected<void> open_mail(std::string_view octets, const std::string& name, std::size_t forwards) {
    MailParts mail(octets);
    if (mail.is_failure_report()) {
      hand_on({Kind::failure, name, octets, {}});
      return {};
    }
    bool had_any = std::exchange(is_any_, false);
    auto opened = open_parts(mail, name, forwards, MailParts::Which::attached);
    if (opened && !is_any_) opened = open_parts(mail, name, forwards, MailParts::Which::text);
    if (!is_any_ && what_.empty()) what_ = mail.what_else();
    is_any_ = is_any_ || had_any;
    return opened;
  }

  Expected<void> open_parts(const MailParts& mail, const std::string& name, std::size_t forwards,
                            MailParts::Which which) {
    constexpr std::size_t kMostForwards = 10;
    for (const auto& part : mail.parts(which)) {
      if (is_enough_) break;
      if (part.is_message && forwards >= kMostForwards) continue;
      auto octets = mail.octets(part);
      auto inner = name + "(part " + std::to_string(part.number) + ')';
      if (part.is_message) {
        auto opened = open_mail(octets, inner, forwards + 1);
        if (!opened) return opened;
      } else if (auto opened = open_part(octets, inner); !opened) {
        return opened;
      }
    }
    return {};
  }

  Expected<void> open_part(std::string_view octets, const std::string& name) {
    if (archive::packing_of(octets) != archive::Packing::none) return open_archive(octets, name);
    hand_on_report({kind_of(octets), name, octets, {}});
    return {};
  }

  // What is no report and whole is passed over.
  bool hand_on_report(const Document& document) {
    if (document.kind == Kind::other && document.fault.empty()) return true;
    return hand_on(document);
  }

  bool hand_on(const Document& document) {
    is_any_ = true;
    is_enough_ = is_enough_ || !sink_(document);
    return !is_enough_;
  }

  [[nodiscard]] std::string_view what_it_is(std::string_view octets) const {
    return what_.empty() ? what_else(octets) : what_;
  }

  const DocumentSink& sink_;
  archive::Bounds bounds_;
  std::string what_;  ///< what a mail without a report is
  bool is_any_ = false;
  bool is_enough_ = false;
};

}  // namespace

Expected<void> open_envelope(std::string_view octets, const DocumentSink& sink) {
  return Opener(sink).open(octets);
}

}  // namespace mailtrust::report
