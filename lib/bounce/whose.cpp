#include "bounce/whose.hpp"

#include <string_view>
#include <unordered_map>

#include "base/ascii.hpp"
#include "bounce/mailbox_text.hpp"

namespace mailtrust::bounce {
namespace {

bool is_one(std::string_view address) {
  return address.find('@') != std::string_view::npos && !is_no_mailbox(address);
}

// The mailbox that a failure tells of, or that it was made of.
std::string mailbox_in(const Failure& failure) {
  if (is_one(failure.address)) return failure.address;
  return is_one(failure.original) ? failure.original : std::string();
}

class Naming {
 public:
  Naming(std::span<const Failure> layout, std::span<const std::string> recipients)
      : layout_(layout), recipients_(recipients) {
    for (const auto& one : layout) by_text_.try_emplace(ascii::to_lower(one.address), &one);
    for (const auto& one : recipients)
      by_local_.try_emplace(ascii::to_lower(one.substr(0, one.rfind('@'))), &one);
  }

  [[nodiscard]] std::string mailbox_of(const Failure& failure, std::size_t place,
                                       std::size_t count) const {
    if (auto own = mailbox_in(failure); !own.empty()) return own;
    auto key = ascii::to_lower(failure.address);
    if (auto same = by_text_.find(key); same != by_text_.end())
      if (auto other = mailbox_in(*same->second); !other.empty()) return other;
    if (layout_.size() == count)
      if (auto other = mailbox_in(layout_[place]); !other.empty()) return other;
    if (auto same = by_local_.find(key); same != by_local_.end()) return *same->second;
    bool only = recipients_.size() == 1 && count == 1 && is_no_mailbox(failure.address);
    return only ? recipients_.front() : std::string();
  }

 private:
  std::span<const Failure> layout_;
  std::span<const std::string> recipients_;
  std::unordered_map<std::string, const Failure*> by_text_;
  std::unordered_map<std::string, const std::string*> by_local_;
};

}  // namespace

void name_mailboxes(std::span<Failure> told, std::span<const Failure> layout,
                    std::span<const std::string> recipients) {
  Naming naming(layout, recipients);
  for (std::size_t place = 0; place < told.size(); ++place) {
    auto& failure = told[place];
    if (failure.address.empty() || is_one(failure.address)) continue;
    auto mailbox = naming.mailbox_of(failure, place, told.size());
    if (mailbox.empty()) continue;
    if (ascii::iequals(failure.original, mailbox)) failure.original.clear();
    failure.address = std::move(mailbox);
  }
}

}  // namespace mailtrust::bounce
