#include "cli/message_source.hpp"

#include <utility>

namespace mailtrust::cli {
namespace {

constexpr double kUnknown = -1;

}  // namespace

MessageSource::MessageSource(const std::vector<std::string>& words, const std::string& file,
                             mailbox::Quoting quoting, Packed packed)
    : words_(words, file),
      word_count_(file.empty() ? words.size() : 0),
      quoting_(quoting),
      packed_(packed),
      fraction_(kUnknown) {}

std::optional<Item> MessageSource::next() {
  while (true) {
    if (walk_) {
      if (auto item = next_in_word()) return item;
      walk_.reset();
    }
    auto word = words_.next();
    if (!word || word->error) return word;
    word_ = std::move(word->input);
    walk_.emplace(word_.text, quoting_, packed_);
    any_ = false;
  }
}

std::optional<Item> MessageSource::next_in_word() {
  auto message = walk_->next();
  // Of several words none says what share it is.
  if (word_count_ == 1) fraction_ = walk_->fraction().value_or(kUnknown);
  if (!message) {
    any_ = true;
    auto where = message.error().where;
    return Item{{where, where}, std::move(message.error())};
  }
  if (!*message) {
    if (any_ || walk_->may_be_empty()) return std::nullopt;
    any_ = true;
    return Item{word_, Error{Error::Kind::input, word_.text, "holds no message"}};
  }
  any_ = true;
  auto name = name_of(**message);
  return Item{{(*message)->file, std::move(name)}, {}, std::move(**message)};
}

std::optional<double> MessageSource::fraction() const {
  if (word_count_ != 1) return words_.fraction();
  double known = fraction_;
  return known == kUnknown ? std::nullopt : std::optional(known);
}

}  // namespace mailtrust::cli
