#include "dkim/diagnose.hpp"

#include <array>
#include <set>
#include <span>
#include <string>
#include <vector>

#include <catch2/catch.hpp>

#include "diagnose_corpus.hpp"
#include "diagnose_damages.hpp"

using namespace mailtrust;
using dkim::Canonicalization;

namespace {

std::string kinds(const dkim::Diagnosis& diagnosis) {
  std::set<std::string> words;
  for (const auto& damage : diagnosis.damages) words.insert(damage.kind);
  std::string text;
  for (const auto& word : words) text += (text.empty() ? "" : " ") + word;
  return text;
}

constexpr std::array kBothForms = {Canonicalization::simple, Canonicalization::relaxed};

struct Tally {
  std::size_t tried = 0;
  std::set<std::string> kinds;
};

// Each damage in each message it applies to and breaks, under each canonicalization.
Tally check(const std::vector<test::Row>& rows, const dkim::PrivateKey& key,
            std::span<const Canonicalization> header_forms) {
  Tally tally;
  for (const auto& row : rows)
    for (const auto& sample : test::samples())
      for (auto header_form : header_forms)
        for (auto body_form : kBothForms) {
          if (!row.applies(sample.message)) continue;
          if (row.relaxed_header_only && header_form == Canonicalization::simple) continue;
          test::SignerSays says;
          says.header_form = header_form;
          says.body_form = body_form;
          auto message = test::sign(sample.message, says, key);
          row.apply(message);
          auto verified = test::verify(message);
          if (verified.verification.result == dkim::Result::pass) continue;
          ++tally.tried;
          INFO(row.damage << ", " << sample.name << ", " << to_string(header_form) << "/"
                          << to_string(body_form));
          auto diagnosis = dkim::diagnose(verified.header, verified.verification, message.body);
          INFO(diagnosis.note);
          for (const auto& damage : diagnosis.damages) UNSCOPED_INFO(damage.message);
          CHECK(kinds(diagnosis) == row.kinds);
          CHECK(diagnosis.body_explained);
          CHECK(diagnosis.header_explained);
          tally.kinds.insert(row.kinds);
        }
  return tally;
}

}  // namespace

TEST_CASE("a signature that nobody touched verifies: the table of damages starts from good mail") {
  for (const auto& sample : test::samples()) {
    INFO(sample.name);
    CHECK(test::verify(test::sign(sample.message, {}, test::rsa_key())).verification.result ==
          dkim::Result::pass);
    CHECK(test::verify(test::sign(sample.message, {}, test::ed25519_key())).verification.result ==
          dkim::Result::pass);
  }
}

TEST_CASE("damage to the body is named") {
  auto tally = check(test::body_rows(), test::rsa_key(), kBothForms);
  CHECK(tally.tried > 250);
  CHECK(tally.kinds.size() >= 10);
}

TEST_CASE("damage to the header is named, with RSA and Ed25519") {
  auto key = GENERATE(&test::rsa_key, &test::ed25519_key);
  auto tally = check(test::header_rows(), key(), kBothForms);
  CHECK(tally.tried > 400);
  CHECK(tally.kinds.size() >= 9);
}

TEST_CASE("damage to body and header together is named") {
  auto tally = check(test::whole_rows(), test::rsa_key(), kBothForms);
  CHECK(tally.tried > 50);
  CHECK(tally.kinds.size() >= 4);
}

TEST_CASE("what c=simple minds is named") {
  auto tally = check(test::simple_header_rows(), test::rsa_key(), std::span(kBothForms).first(1));
  CHECK(tally.tried > 60);
  CHECK(tally.kinds.size() == 3);
}
