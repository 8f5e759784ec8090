#pragma once
// "What if this were published": TXT records put in front of another resolver's answers.

#include <string>
#include <unordered_map>
#include <vector>

#include "dns/resolver.hpp"

namespace mailtrust::dns {

/// Answers the TXT questions it was told the answer of, and passes every other on. Set up first,
/// then thread-safe.
class OverlayResolver : public Resolver {
 public:
  /// `below` must outlive it.
  explicit OverlayResolver(Resolver& below) : below_(below) {}

  /// From now on `name` has exactly these TXT records; none: no data. Texts are cut into strings of
  /// 255 octets.
  void set_txt(const Name& name, const std::vector<std::string>& texts);

  AnswerPtr query(const Question& question) override;
  void prefetch(std::span<const Question> questions) override;

 private:
  Resolver& below_;
  std::unordered_map<Name, AnswerPtr> answers_;
};

/// TXT RDATA that holds `text`, in strings of at most 255 octets. RFC 1035 section 3.3.14.
std::string encode_txt(std::string_view text);

}  // namespace mailtrust::dns
