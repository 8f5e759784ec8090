// Any octet of a chain changed: a chain that fails never passes, one that passes does so only while
// what was signed is the same.
#include <string>

#include <catch2/catch.hpp>

#include "sealer.hpp"

using namespace mailtrust;
using arc::Result;
using test::Mail;

namespace {

// All fields in relaxed form, in order: equal means that no signature can tell them apart.
std::string relaxed(const Mail& mail) {
  auto header = message::Header::parse(mail.header());
  std::string text;
  for (const auto& field : header.fields())
    dkim::append_canonical(text, field.raw, dkim::Canonicalization::relaxed);
  return text;
}

// A seal's own b= may be folded in other ways.
std::string without_space(std::string text) {
  std::erase_if(text, [](char c) { return ascii::is_space(c); });
  return text;
}

constexpr std::string_view kReplacements[] = {"",       "x",    "X",  "0",  ";", "=",  " ",
                                              "\r\n\t", "\r\n", "\n", "\r", "(", "\"", ":"};

template <typename Judge>
void for_each_mutation(const Mail& mail, Judge judge) {
  auto whole = mail.header();
  for (std::size_t at = 0; at < whole.size(); ++at) {
    auto text = whole;
    auto flipped = std::string(1, static_cast<char>(whole[at] ^ 0x20));
    std::string_view with =
        at % 2 == 0 ? std::string_view(flipped) : kReplacements[at / 2 % std::size(kReplacements)];
    text.replace(at, 1, with);
    Mail mutant{{text.substr(0, text.size() - 2)}, mail.body};
    judge(mutant, at);
  }
}

}  // namespace

TEST_CASE("no changed octet of the header makes a failing chain pass") {
  auto mail = test::sealed_mail(2);
  SECTION("body changed") {
    mail.body += "x";
  }
  SECTION("signed field changed") {
    mail.field("Subject") += "!";
  }
  SECTION("sealed results changed") {
    mail.field("ARC-Authentication-Results: i=1") += "!";
  }
  auto original = without_space(relaxed(test::sealed_mail(2)));
  REQUIRE(test::validate(mail).result == Result::fail);
  for_each_mutation(mail, [&](const Mail& mutant, std::size_t at) {
    if (test::validate(mutant).result != Result::pass) return;
    INFO(at << ": " << mutant.fields[0]);
    // Only one that takes the damage back.
    CHECK(mail.body == test::plain_mail().body);
    CHECK(without_space(relaxed(mutant)).size() + 1 == without_space(relaxed(mail)).size());
  });
}

TEST_CASE("a chain with a changed octet passes only when what was signed is the same") {
  auto mail = test::sealed_mail(2);
  auto original = without_space(relaxed(mail));
  REQUIRE(test::validate(mail).result == Result::pass);
  std::size_t passed = 0;
  for_each_mutation(mail, [&](const Mail& mutant, std::size_t at) {
    if (test::validate(mutant).result != Result::pass) return;
    INFO(at << ": " << mutant.fields[0]);
    CHECK(without_space(relaxed(mutant)) == original);
    ++passed;
  });
  CHECK(passed > 0);
}

TEST_CASE("no changed octet of the body goes unnoticed") {
  auto mail = test::sealed_mail(1);
  for (std::size_t at = 0; at < mail.body.size(); ++at) {
    auto mutant = mail;
    mutant.body[at] = static_cast<char>(mutant.body[at] ^ 0x01);
    INFO(at);
    CHECK(test::validate(mutant).result == Result::fail);
  }
}
