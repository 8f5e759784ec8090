#include "dns/tsig.hpp"

#include <catch2/catch.hpp>

#include "dns/tsig_signer.hpp"
#include "dns/wire_reader.hpp"
#include "dns/wire_writer.hpp"

using namespace mailtrust;
using namespace mailtrust::dns;
using namespace mailtrust::dns::test;

namespace {

constexpr std::int64_t kNow = 1'800'000'000;

TsigKey key_for_test() {
  return {name("key.example"), TsigAlgorithm::sha256, "a secret of some length"};
}

std::string hex(std::string_view octets) {
  std::string out;
  for (char c : octets) {
    auto octet = static_cast<unsigned char>(c);
    out += "0123456789abcdef"[octet >> 4];
    out += "0123456789abcdef"[octet & 15];
  }
  return out;
}

std::string request() {
  wire::Writer writer(0x1234, 0);
  writer.question(name("bl.example"), Type::soa, 1);
  return writer.message();
}

std::string answer(unsigned marker = 0) {
  wire::Writer writer(0x1234, 0x8400);
  writer.question(name("bl.example"), Type::soa, 1);
  writer.record(wire::Section::answer, name("www.bl.example"), Type::a, 1, 300, u32(marker));
  return writer.message();
}

// The MAC of a signed message, whose TSIG record has no other data and is the last thing in it.
std::string mac_of(const std::string& message) {
  return message.substr(message.size() - 6 - 32, 32);
}

/// A dialogue whose request is out, and the server that has it.
struct Talk {
  TsigKey key = key_for_test();
  TsigDialogue dialogue{key};
  std::string sent = request();
  TsigSigner server = [this] {
    dialogue.sign(sent, kNow);
    return TsigSigner(key, mac_of(sent));
  }();
};

}  // namespace

TEST_CASE("the keyed hashes are those of RFC 4231") {
  struct Row {
    TsigAlgorithm algorithm;
    std::string mac;
  };

  // Section 4.3: key "Jefe"; for SHA-1 RFC 2202 section 3.
  auto row = GENERATE(values<Row>({
      {TsigAlgorithm::sha1, "effcdf6ae5eb2fa2d27416d5f184df9c259a7c79"},
      {TsigAlgorithm::sha224, "a30e01098bc6dbbf45690f3a7e9e6d0f8bbea2a39e6148008fd05e44"},
      {TsigAlgorithm::sha256, "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"},
      {TsigAlgorithm::sha384,
       "af45d2e376484031617f78d2b58a6b1b9c7ef464f5a01b47e42ec3736322445e8e2240ca5e69e2c78b3239ecfab"
       "2"
       "1649"},
      {TsigAlgorithm::sha512,
       "164b7a7bfcf819e2e395fbe73b56e0a387bd64222e831fd610270cd7ea2505549758bf75c05a994a6d034f65f8f"
       "0"
       "e6fdcaeab1a34d4a6b4b636e070a38bce737"},
  }));
  CHECK(hex(tsig_mac({Name(), row.algorithm, "Jefe"}, "what do ya want for nothing?")) == row.mac);
}

TEST_CASE("a request is signed as RFC 8945 says") {
  Talk talk;
  auto plain = request();
  auto variables = octets_of("key.example") + u16(255) + u32(0) + octets_of("hmac-sha256") +
                   u48(kNow) + u16(300) + u16(0) + u16(0);
  CHECK(mac_of(talk.sent) == tsig_mac(talk.key, plain + variables));
  CHECK(talk.sent.substr(0, 11) == plain.substr(0, 11));
  CHECK(talk.sent[11] == 1);
  wire::Reader reader(std::string_view(talk.sent).substr(plain.size()));
  auto record = reader.record(true);
  CHECK(reader.at_end());
  CHECK(record.type == kTsigType);
  CHECK(record.record_class == 255);
}

TEST_CASE("what a signature says about an answer") {
  struct Row {
    const char* what;
    Signature how;
    TsigState state;
    bool by_server = false;
    std::int64_t skew = 0;
  };

  auto row = GENERATE(values<Row>({
      {"as it should be", {kNow}, TsigState::good},
      {"at the edge of the fudge", {kNow + 300}, TsigState::good},
      {"too late", {kNow + 301}, TsigState::bad_time, false, 301},
      {"too early", {kNow - 301}, TsigState::bad_time, false, -301},
      {"another key", {.time = kNow, .key = "other.example"}, TsigState::bad_key},
      {"another algorithm", {.time = kNow, .algorithm = "hmac-sha1"}, TsigState::bad_key},
      {"a wrong MAC", {.time = kNow, .mac = std::string(32, 'x')}, TsigState::bad_signature},
      {"a MAC cut short", {.time = kNow, .mac = "x"}, TsigState::bad_signature},
      {"no MAC", {.time = kNow, .mac = ""}, TsigState::bad_signature},
      {"BADSIG", {.time = kNow, .error = 16, .mac = ""}, TsigState::bad_signature, true},
      {"BADKEY", {.time = kNow, .error = 17, .mac = ""}, TsigState::bad_key, true},
      {"BADTIME",
       {.time = kNow, .error = 18, .other = u48(kNow + 7200)},
       TsigState::bad_time,
       true,
       7200},
      {"BADTIME by anybody",
       {.time = kNow, .error = 18, .other = u48(kNow + 7200), .mac = std::string(32, 'x')},
       TsigState::bad_signature},
  }));
  INFO(row.what);
  Talk talk;
  auto check = talk.dialogue.verify(talk.server.sign(answer(), row.how), kNow);
  CHECK(check.state == row.state);
  CHECK(check.by_server == row.by_server);
  CHECK(check.skew == row.skew);
}

TEST_CASE("a changed octet is seen") {
  Talk talk;
  auto good = talk.server.sign(answer(7), {kNow});
  auto signed_size = answer().size();
  for (std::size_t i = 0; i < good.size(); ++i) {
    auto bad = good;
    bad[i] = static_cast<char>(bad[i] ^ 0x20);
    Talk other;
    bool passes = other.dialogue.verify(bad, kNow).state == TsigState::good;
    // The id stands in the TSIG record too and is taken from there; names have no case.
    bool is_id = i < 2;
    bool is_letter = i >= signed_size && good[i] >= 'a' && good[i] <= 'z';
    INFO(i);
    CHECK(passes == (is_id || (passes && is_letter)));
  }
}

TEST_CASE("a transfer may leave messages unsigned in between") {
  Talk talk;
  CHECK(talk.dialogue.verify(talk.server.sign(answer(1), {kNow}), kNow).state == TsigState::good);
  CHECK(talk.dialogue.has_signature());
  for (unsigned i = 0; i < kMostUnsigned; ++i) {
    CHECK(talk.dialogue.verify(talk.server.leave(answer(i)), kNow).state == TsigState::absent);
    CHECK(talk.dialogue.has_unproven());
  }
  CHECK(talk.dialogue.verify(talk.server.sign(answer(2), {kNow}), kNow).state == TsigState::good);
  CHECK(!talk.dialogue.has_unproven());
  CHECK(talk.dialogue.verify(talk.server.sign(answer(3), {kNow}), kNow).state == TsigState::good);
}

TEST_CASE("what was left unsigned is proven by what follows, or not") {
  Talk talk;
  CHECK(talk.dialogue.verify(talk.server.sign(answer(1), {kNow}), kNow).state == TsigState::good);
  talk.server.leave(answer(2));
  CHECK(talk.dialogue.verify(answer(9), kNow).state == TsigState::absent);
  auto next = talk.server.sign(answer(3), {kNow});
  CHECK(talk.dialogue.verify(next, kNow).state == TsigState::bad_signature);
}

TEST_CASE("a hundred unsigned messages in a row are too many") {
  Talk talk;
  CHECK(talk.dialogue.verify(talk.server.sign(answer(1), {kNow}), kNow).state == TsigState::good);
  for (unsigned i = 0; i < kMostUnsigned; ++i) talk.dialogue.verify(answer(i), kNow);
  CHECK(talk.dialogue.verify(answer(), kNow).state == TsigState::bad_signature);
}

TEST_CASE("no signature, and what is no message") {
  Talk talk;
  CHECK(talk.dialogue.verify(answer(), kNow).state == TsigState::absent);
  auto good = talk.server.sign(answer(), {kNow});
  for (std::size_t size = 0; size < good.size(); ++size) {
    INFO(size);
    Talk other;
    CHECK(other.dialogue.verify(good.substr(0, size), kNow).state == TsigState::malformed);
  }
  CHECK(talk.dialogue.verify(good + "x", kNow).state == TsigState::malformed);
}

TEST_CASE("the TSIG record is the last, or the message is none") {
  Talk talk;
  auto twice = talk.server.sign(talk.server.sign(answer(), {kNow}), {kNow});
  CHECK(talk.dialogue.verify(twice, kNow).state == TsigState::malformed);
  auto in_answer = answer();
  in_answer[7] = 2;
  in_answer += record(octets_of("key.example"), kTsigType, "", 0, 255);
  CHECK(talk.dialogue.verify(in_answer, kNow).state == TsigState::malformed);
}
