#include "whois/reply.hpp"

#include <algorithm>

#include "whois/words.hpp"

namespace mailtrust::whois {
namespace {

constexpr std::size_t kRead = 16U << 10U;

/// A row of phrases.inc.
struct Phrase {
  std::string_view words;  ///< in small letters
  Status status = Status::not_understood;
};

constexpr Phrase kPhrases[] = {
#include "whois/phrases.inc"
};

bool says(std::string_view text, Status status) {
  return std::ranges::any_of(kPhrases, [&](const Phrase& phrase) {
    return phrase.status == status && holds(text, phrase.words);
  });
}

}  // namespace

Status status_of_words(std::string_view text) {
  text = text.substr(0, kRead);
  for (auto status : {Status::come_later, Status::not_found})
    if (says(text, status)) return status;
  return Status::not_understood;
}

bool says_come_later(std::string_view comment) {
  return says(comment.substr(0, 200), Status::come_later);
}

}  // namespace mailtrust::whois
