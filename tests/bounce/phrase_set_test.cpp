#include "bounce/phrase_set.hpp"

#include <algorithm>
#include <random>
#include <set>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "base/ascii.hpp"
#include "bounce/fold.hpp"

using namespace mailtrust;
using namespace mailtrust::bounce;

namespace {

std::set<std::uint32_t> found(const std::vector<std::string_view>& phrases, std::string_view text) {
  std::set<std::uint32_t> out;
  for (const auto& hit : PhraseSet(phrases).find(text)) out.insert(hit.phrase);
  return out;
}

std::vector<std::string> parts(std::string text, const std::string& separator) {
  std::vector<std::string> out;
  for (std::size_t end; (end = text.find(separator)) != std::string::npos;) {
    out.push_back(text.substr(0, end));
    text.erase(0, end + separator.size());
  }
  out.push_back(text);
  return out;
}

bool stands(std::string_view text, std::size_t at, std::string_view piece, bool to_word_end) {
  auto end = at + piece.size();
  if (ascii::is_alnum(piece.front()) && at > 0 && ascii::is_alnum(text[at - 1])) return false;
  return !to_word_end || end == text.size() || !ascii::is_alnum(text[end]);
}

// The definition, piece by piece and slowly: the first place that fits is the best for the next.
bool holds(std::string_view text, const std::string& wording) {
  std::size_t from = 0;
  for (std::string_view piece_text : parts(wording, " * ")) {
    std::string piece(piece_text);
    bool to_word_end = piece.size() > 1 && piece.back() == '$';
    if (to_word_end) piece.pop_back();
    auto at = text.find(piece, from);
    while (at != std::string_view::npos && !stands(text, at, piece, to_word_end))
      at = text.find(piece, at + 1);
    if (at == std::string_view::npos) return false;
    from = at + piece.size();
  }
  return true;
}

std::set<std::uint32_t> found_slowly(const std::vector<std::string_view>& phrases,
                                     std::string_view text) {
  std::set<std::uint32_t> out;
  for (std::uint32_t i = 0; i < phrases.size(); ++i)
    for (const auto& wording : parts(std::string(phrases[i]), " | "))
      if (holds(text, wording)) out.insert(i);
  return out;
}

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::string text(std::size_t longest) {
    std::string out;
    auto length = below(longest) + 1;
    for (std::size_t i = 0; i < length; ++i) out += "aab -\xe3"[below(6)];
    return out;
  }

  std::string piece() {
    auto out = text(4);
    if (below(5) == 0) out += '$';
    return out;
  }

  std::string phrase() {
    std::string out = piece();
    for (auto more = below(4); more > 0; --more) out += (below(2) == 0 ? " | " : " * ") + piece();
    return out;
  }

  std::size_t below(std::size_t bound) {
    return std::uniform_int_distribution<std::size_t>(0, bound - 1)(random_);
  }

 private:
  std::mt19937 random_;
};

}  // namespace

TEST_CASE("phrases begin where words do, and may end inside one") {
  std::vector<std::string_view> phrases = {"blacklist", "spf$", "user * unknown", "full | empty"};
  CHECK(found(phrases, "is blacklisted") == std::set<std::uint32_t>{0});
  CHECK(found(phrases, "unblacklist").empty());
  CHECK(found(phrases, "by spf.") == std::set<std::uint32_t>{1});
  CHECK(found(phrases, "by spfbl").empty());
  CHECK(found(phrases, "user <a@example.com> unknown") == std::set<std::uint32_t>{2});
  CHECK(found(phrases, "unknown user").empty());
  CHECK(found(phrases, "empty and full") == std::set<std::uint32_t>{3});
  CHECK(found(phrases, "").empty());
}

TEST_CASE("pieces do not overlap, and equal ones are told apart by their place") {
  CHECK(found({"aba * aba"}, "ababa").empty());
  CHECK(found({"aba * aba"}, "aba aba") == std::set<std::uint32_t>{0});
  CHECK(found({"a * a * a"}, "a a").empty());
  CHECK(found({"a * a * a"}, "a a a") == std::set<std::uint32_t>{0});
}

TEST_CASE("the automaton finds what a slow search finds") {
  for (unsigned seed = 0; seed < 400; ++seed) {
    Maker make(seed);
    std::vector<std::string> kept;
    for (std::size_t i = make.below(12) + 1; i > 0; --i) kept.push_back(make.phrase());
    std::vector<std::string_view> phrases(kept.begin(), kept.end());
    for (int texts = 0; texts < 8; ++texts) {
      auto text = make.text(40);
      INFO(seed << ": " << text);
      REQUIRE(found(phrases, text) == found_slowly(phrases, text));
    }
  }
}

TEST_CASE("each wording is told once, however often it stands there") {
  std::string text;
  while (text.size() < 60'000) text += "spam ";
  CHECK(PhraseSet({"spam", "spam * spam"}).find(text).size() == 2);
}

TEST_CASE("text is folded as phrases are written") {
  CHECK(fold("  User\r\n\t UNKNOWN ") == "user unknown");
  CHECK(fold("can\xe2\x80\x99t") == "can't");
  CHECK(fold("a\xc2\xa0"
             "b\xe3\x80\x80"
             "c") == "a b c");
  CHECK(fold("Empf\xc3\x84nger") == "empf\xc3\xa4nger");
  CHECK(fold("Пользователь НЕ Найден") == "пользователь не найден");
  CHECK(fold(std::string("a\0b", 3)) == "a b");
  CHECK(fold("\xff\xc3").size() == 2);
}
