#pragma once
// Good messages of every shape, and the ways in which they are damaged.

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "signed_message.hpp"

namespace mailtrust::test {

struct Sample {
  std::string name;
  Message message;
};

inline std::string fields_with(std::string_view mime) {
  return "From: Ann Example <ann@example.org>\r\nTo: Bob <bob@example.net>,\r\n"
         "  carol@example.com\r\nSubject: The minutes of Tuesday\r\n"
         "Date: Tue, 14 Nov 2023 22:13:20 +0000\r\nMessage-ID: <1@example.org>\r\n"
         "MIME-Version: 1.0\r\n" +
         std::string(mime);
}

inline std::string text_fields(std::string_view charset, std::string_view encoding) {
  return fields_with("Content-Type: text/plain; charset=" + std::string(charset) +
                     "\r\nContent-Transfer-Encoding: " + std::string(encoding) + "\r\n");
}

inline std::string plain_text() {
  return "Dear all,\r\n\r\n  here are the minutes.\r\nFrom now on we meet on Mondays.\r\n"
         ".net is the agenda of next week.\r\n\tIndented by a tab.\r\n\r\nRegards\r\n"
         "-- \r\nAnn\r\n";
}

inline std::string latin_words() {
  return "Gr\xC3\xBC\xC3\x9F"
         "e aus K\xC3\xB6ln, \xC3\xA0 bient\xC3\xB4t.\r\n"
         "Das ist eine Zeile, die l\xC3\xA4nger ist als sechsundsiebzig Zeichen und deshalb einen "
         "weichen Umbruch braucht.\r\nEnde = Schluss\r\n";
}

inline std::string multipart_of(std::string_view encoding, std::string_view text,
                                std::string_view html) {
  auto part = [&](std::string_view type, std::string_view content) {
    return "--b1\r\nContent-Type: text/" + std::string(type) +
           "; charset=utf-8\r\nContent-Transfer-Encoding: " + std::string(encoding) + "\r\n\r\n" +
           std::string(content) + "\r\n";
  };
  return "A message in parts.\r\n" + part("plain", text) + part("html", html) + "--b1--\r\n";
}

inline std::string multipart_fields() {
  return fields_with("Content-Type: multipart/alternative; boundary=\"b1\"\r\n");
}

inline std::string html_text() {
  return "<html><body>\r\n<p>Gr\xC3\xBC\xC3\x9F"
         "e</p>\r\n</body></html>\r\n";
}

inline const std::vector<Sample>& samples() {
  static const std::vector<Sample> all = {
      {"plain", {text_fields("us-ascii", "7bit"), plain_text()}},
      {"long lines",
       {text_fields("us-ascii", "7bit"), "Dear all,\r\n" + std::string(1200, 'x') + "\r\nAnn\r\n"}},
      {"8bit", {text_fields("utf-8", "8bit"), plain_text() + latin_words()}},
      {"quoted-printable",
       {text_fields("utf-8", "quoted-printable"),
        "Gr=C3=BC=C3=9Fe aus K=C3=B6ln, =C3=A0 bient=C3=B4t.\r\nDas ist eine Zeile, die "
        "l=C3=A4nger ist als sechsundsiebzig Zeichen und des=\r\nhalb einen weichen Umbruch "
        "braucht.\r\nEnde =3D Schluss\r\n"}},
      {"base64",
       {text_fields("utf-8", "base64"),
        "R3LDvMOfZSBhdXMgS8O2bG4sIMOgIGJpZW50w7R0Lg0KRGFzIGlzdCBlaW5lIFplaWxlLCBkaWUg\r\n"
        "bMOkbmdlciBpc3QuDQo=\r\n"}},
      {"multipart",
       {multipart_fields(), multipart_of("7bit", "Greetings\r\n\r\nAnn",
                                         "<html><body>\r\n<p>Greetings</p>\r\n"
                                         "</body></html>")}},
      {"multipart of 8bit", {multipart_fields(), multipart_of("8bit", latin_words(), html_text())}},
  };
  return all;
}

inline std::string replaced(std::string text, std::string_view old, std::string_view instead) {
  for (auto at = text.find(old); at != std::string::npos; at = text.find(old, at + instead.size()))
    text.replace(at, old.size(), instead);
  return text;
}

}  // namespace mailtrust::test
