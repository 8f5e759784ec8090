#pragma once
// A message that every receiver takes, for tests to break in one place.

#include <stdexcept>
#include <string>
#include <vector>

#include "receivers/receivers.hpp"
#include "zone_for_test.hpp"

namespace mailtrust::test {

inline dkim::Verification signature(dkim::Result result,
                                    const std::string& domain = "sender.example") {
  dkim::Verification out;
  out.result = result;
  out.reason = result == dkim::Result::pass ? "" : "as the row says";
  out.key_bits = 2048;
  auto& parsed = out.parsed.signature;
  parsed.algorithm = dkim::Algorithm::rsa_sha256;
  parsed.domain = domain;
  parsed.signed_fields = {"from", "list-unsubscribe", "List-Unsubscribe-Post"};
  return out;
}

struct Message {
  std::string header =
      "Received: from mx.sender.example (mx.sender.example [192.0.2.1])\r\n"
      " by mx.receiver.example (Postfix) with ESMTPS id 1; Mon, 21 Sep 2026 10:00:00 +0000\r\n"
      "From: News <news@sender.example>\r\n"
      "To: a@receiver.example\r\n"
      "Subject: hello\r\n"
      "Date: Mon, 21 Sep 2026 10:00:00 +0000\r\n"
      "Message-ID: <1@sender.example>\r\n"
      "List-Unsubscribe: <mailto:u@sender.example>,\r\n <https://sender.example/u?1>\r\n"
      "List-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n";
  std::vector<dkim::Verification> signatures = {signature(dkim::Result::pass)};
  std::optional<spf::Result> spf = spf::Result::pass;
  dmarc::Evaluation dmarc;
  std::string client = "192.0.2.1";  ///< empty: not known
  std::int64_t now = 1'775'000'000;  ///< 2026-03-31
  bool bulk = true;

  Message() {
    dmarc.result = dmarc::Result::pass;
    dmarc.reason = "DKIM of sender.example is aligned";
    dmarc.author_domain = dns::Name::read("sender.example");
    dmarc.policy = dmarc::Policy::reject;
    dmarc.disposition = dmarc::Policy::none;
    dmarc.identities = {identity(true)};
  }

  static dmarc::Identity identity(std::optional<bool> aligned) {
    dmarc::Identity out;
    out.method = dmarc::Identity::Method::dkim;
    out.domain = "sender.example";
    out.result = "pass";
    out.aligned = aligned;
    return out;
  }

  /// DMARC says fail, and the policy asks for `disposition`.
  void fail_dmarc(dmarc::Policy disposition) {
    dmarc.result = dmarc::Result::fail;
    dmarc.reason = "nothing is aligned";
    dmarc.disposition = disposition;
    dmarc.identities = {identity(false)};
  }

  Message& replace(const std::string& part, const std::string& by) {
    auto at = header.find(part);
    if (at == std::string::npos) throw std::runtime_error("not in the header: " + part);
    header.replace(at, part.size(), by);
    return *this;
  }
};

/// By the zone receivers.zone.
inline std::vector<receivers::ReceiverOpinion> judge(const Message& message) {
  static auto zone = load_zone("receivers");
  auto header = message::Header::parse(message.header);
  receivers::Facts facts{header, message.signatures, message.spf, message.dmarc,
                         {},     message.now,        message.bulk};
  if (!message.client.empty()) facts.client = net::Address::read(message.client);
  return receivers::judge(*zone, facts);
}

}  // namespace mailtrust::test
