#include <catch2/catch.hpp>

#include "registration/registration.hpp"

using namespace mailtrust;

namespace {

// "email role", several joined by ", ", or "-".
std::string describe(const std::vector<registration::Mention>& mentions) {
  std::string text;
  for (const auto& mention : mentions) {
    if (!text.empty()) text += ", ";
    text += mention.email + ' ' + std::string(to_string(mention.role));
  }
  return text.empty() ? "-" : text;
}

struct Row {
  std::string text;
  std::string expected;
};

}  // namespace

TEST_CASE("addresses are found however they are spelled") {
  auto row = GENERATE(values<Row>({
      {"jane@isp.example", "jane@isp.example other"},
      {"Jane Doe <jane@isp.example>", "jane@isp.example other"},
      {"mailto:jane@isp.example?subject=x", "jane@isp.example other"},
      {"MAILTO:Jane@ISP.example", "Jane@ISP.example other"},
      {"mailto://jane@isp.example", "jane@isp.example other"},
      {"'jane@isp.example'", "jane@isp.example other"},
      {"\"jane@isp.example\".", "jane@isp.example other"},
      {"(jane@isp.example),", "jane@isp.example other"},
      {"jane@isp.example...", "jane@isp.example other"},
      {"jane@isp.example-", "jane@isp.example other"},
      {"see...jane@isp.example", "jane@isp.example other"},
      {"jane@isp.example.Thank you", "jane@isp.example other"},
      {"email=jane@isp.example", "jane@isp.example other"},
      {"jane.doe+x_1@mail-2.isp.example", "jane.doe+x_1@mail-2.isp.example other"},
      {"o'hara@isp.example", "o'hara@isp.example other"},
      {"12345@isp.example", "12345@isp.example other"},
      {"a@isp.example,b@isp.example;c@isp.example",
       "a@isp.example other, b@isp.example other, c@isp.example other"},
      {"a@isp.example/b@isp.example", "a@isp.example other, b@isp.example other"},
      // The "@" spelled.
      {"jane @ isp.example", "jane@isp.example other"},
      {"jane (at) isp.example", "jane@isp.example other"},
      {"jane(at)isp.example", "jane@isp.example other"},
      {"jane [at] isp.example", "jane@isp.example other"},
      {"jane{ AT }isp.example", "jane@isp.example other"},
      {"jane<at>isp.example", "jane@isp.example other"},
      {"jane_AT_isp.example", "jane@isp.example other"},
      {"jane (a) isp.example", "jane@isp.example other"},
      {"jane (@) isp.example", "jane@isp.example other"},
      {"jane AT isp.example", "jane@isp.example other"},
      {"jane at isp dot example", "jane@isp.example other"},
      {"jane (at) isp (dot) co [dot] example", "jane@isp.co.example other"},
      {"jane_at_isp_dot_example", "jane@isp.example other"},
      {"jane@isp[.]example", "jane@isp.example other"},
      {"hostmaster at isp.example", "hostmaster@isp.example other"},
      // Other scripts.
      {"post@b\xc3\xbc"
       "cher.example",
       "post@b\xc3\xbc"
       "cher.example other"},
      {"post@xn--bcher-kva.example", "post@xn--bcher-kva.example other"},
      {"post@\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88",
       "post@\xe4\xbe\x8b\xe3\x81\x88.\xe3\x83\x86\xe3\x82\xb9\xe3\x83\x88 other"},
      {"\xe9\x82\xae\xe7\xae\xb1jane@isp.example\xe8\xaf\xb7\xe8\x81\x94\xe7\xb3\xbb",
       "jane@isp.example other"},
      {"\xef\xbc\x9ajane@isp.example\xe3\x80\x82", "jane@isp.example other"},
      // None.
      {"", "-"},
      {"@", "-"},
      {"jane@", "-"},
      {"@isp.example", "-"},
      {"jane@localhost", "-"},
      {"jane@192.0.2.1", "-"},
      {"jane@[192.0.2.1]", "-"},
      {"jane@isp..example", "-"},
      {"jane@.isp.example", "-"},
      {"jane@-isp.example", "-"},
      {"a@b@isp.example", "-"},
      {"user%host@isp.example", "-"},
      {"https://user@isp.example/", "-"},
      {"https://user:word@isp.example/", "-"},
      {"https://isp.example/?to=jane@isp.example", "-"},
      {"look at isp.example", "-"},
      {"more at www.isp.example", "-"},
      {"abuse at isp.example/report", "-"},
      {"jane dot doe at isp dot example", "-"},
      {"REPORT AT ISP.EXAMPLE", "-"},
      {"jane at home", "-"},
      {"https://isp.example/,jane@isp.example", "jane@isp.example other"},
  }));
  INFO(row.text);
  CHECK(describe(registration::addresses_in(row.text)) == row.expected);
}

TEST_CASE("words around an address say what it is for") {
  auto row = GENERATE(values<Row>({
      {"abuse@isp.example", "abuse@isp.example remark"},
      {"network-abuse@isp.example", "network-abuse@isp.example remark"},
      {"please send abuse reports to x@isp.example", "x@isp.example remark"},
      {"Spam and abuse: abuse (at) isp.example or abuse@isp.example",
       "abuse@isp.example remark, abuse@isp.example remark"},
      {"All abuse reporting can be done via\nx@isp.example\n----", "x@isp.example remark"},
      {"hacking, scans, spam: x@isp.example or y@isp.example",
       "x@isp.example remark, y@isp.example remark"},
      {"x@isp.example for spam, y@isp.example for peering",
       "x@isp.example remark, y@isp.example noc"},
      {"x@isp.example (abuse), y@isp.example (NOC)", "x@isp.example remark, y@isp.example noc"},
      {"For abuse:\nx@isp.example\nFor technical issues:\ny@isp.example",
       "x@isp.example remark, y@isp.example technical"},
      {"NOC: x@isp.example\nabuse: y@isp.example", "x@isp.example noc, y@isp.example remark"},
      {"Please send delisting issues to x@isp.example", "x@isp.example other"},
      {"Copyright complaints: x@isp.example", "x@isp.example other"},
      {"Complaints: x@isp.example", "x@isp.example remark"},
      {"Do not send abuse reports to x@isp.example", "x@isp.example other"},
      {"For abuse, please do not write to x@isp.example", "x@isp.example other"},
      {"Please note: spam to x@isp.example", "x@isp.example remark"},
      {"Scandinavian office x@isp.example", "x@isp.example other"},
      {"abuse: see our page.\n\nSales office\nx@isp.example", "x@isp.example other"},
      {"x@isp.example was validated on 2021-02-09", "x@isp.example other"},
      {"abuse@isp.example is invalid", "abuse@isp.example other"},
      {"Security and mail abuse issues should also be addressed to\nthe CERT, respectively to "
       "a@cert.example\nand b@cert.example",
       "a@cert.example remark, b@cert.example remark"},
      {"Missbrauch bitte an x@isp.example melden", "x@isp.example remark"},
      {"Reportar abusos a x@isp.example", "x@isp.example remark"},
      {"Signaler un abus : x@isp.example", "x@isp.example remark"},
      {"Segnalazioni di abusi: x@isp.example", "x@isp.example remark"},
      {"Жалобы на спам: x@isp.example", "x@isp.example remark"},
      {"スパムの苦情はx@isp.exampleまで", "x@isp.example remark"},
      {"스팸 신고: x@isp.example", "x@isp.example remark"},
      {"投诉邮箱：x@isp.example", "x@isp.example remark"},
      {"Nadużycia: x@isp.example", "x@isp.example remark"},
  }));
  INFO(row.text);
  CHECK(describe(registration::addresses_in(row.text)) == row.expected);
}
