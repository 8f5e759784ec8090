#pragma once
// The ways in which messages are damaged, and what the diagnosis has to say of each.

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "diagnose_corpus.hpp"
#include "dkim/damage/recode.hpp"

namespace mailtrust::test {

inline constexpr std::string_view kFooter =
    "_______________________________________________\r\nminutes mailing list\r\n"
    "minutes@lists.example.com\r\nhttps://lists.example.com/listinfo/minutes\r\n";

// Changes one line of a header, which is there.
inline void rewrite(Message& message, std::string_view old, std::string_view instead) {
  message.header = replaced(message.header, old, instead);
}

inline bool is_type(const Message& message, std::string_view type) {
  return message.header.find("Content-Type: " + std::string(type)) != std::string::npos;
}

inline bool is_encoding(const Message& message, std::string_view encoding) {
  return message.header.find("Content-Transfer-Encoding: " + std::string(encoding)) !=
         std::string::npos;
}

inline void wrap_like_mailman(Message& message) {
  auto at = message.header.find("\nContent-Type:") + 1;
  auto own = message.header.substr(at);
  message.header.resize(at);
  message.header += "Content-Type: multipart/mixed; boundary=\"===============7==\"\r\n";
  message.body = "--===============7==\r\n" + own + "\r\n" + message.body +
                 "\r\n--===============7==\r\nContent-Type: text/plain; charset=\"us-ascii\"\r\n"
                 "MIME-Version: 1.0\r\nContent-Transfer-Encoding: 7bit\r\n"
                 "Content-Disposition: inline\r\n\r\n" +
                 std::string(kFooter) + "\r\n--===============7==--\r\n";
}

inline void add_part_like_mailman(Message& message) {
  auto at = message.body.rfind("--b1--");
  message.body.insert(at, "--b1\r\nContent-Type: text/plain\r\n\r\n" + std::string(kFooter));
}

inline void rewrite_from_like_mailman(Message& message) {
  rewrite(message, "From: Ann Example <ann@example.org>\r\n",
          "From: Ann Example via Minutes <minutes@lists.example.com>\r\n"
          "Reply-To: Ann Example <ann@example.org>\r\n");
}

// 8-bit text for a relay without 8BITMIME (RFC 6152 section 3).
inline void convert_to(Message& message, std::string_view encoding) {
  auto encoded = [&](std::string_view text) {
    if (encoding == "base64") return dkim::damage::encode_base64_lines(text, 76);
    return dkim::damage::encode_quoted_printable(text, {});
  };
  if (is_type(message, "text/")) {
    message.body = encoded(message.body);
    return rewrite(message, "Content-Transfer-Encoding: 8bit",
                   "Content-Transfer-Encoding: " + std::string(encoding));
  }
  message.body = replaced(message.body, "Content-Transfer-Encoding: 8bit",
                          "Content-Transfer-Encoding: " + std::string(encoding));
  for (const auto& content : {latin_words(), html_text()})
    message.body = replaced(message.body, content, encoded(content));
}

/// Damage that is applied to every message it applies to.
struct Row {
  std::string damage;
  std::function<void(Message&)> apply;
  std::string kinds;  // sorted
  std::function<bool(const Message&)> applies = [](const Message&) { return true; };

  /// Several changes of white space at once, of which c=simple minds each.
  bool relaxed_header_only = false;
};

inline bool is_text(const Message& message) {
  return is_type(message, "text/");
}

inline bool is_multipart(const Message& message) {
  return is_type(message, "multipart/");
}

inline bool is_plain(const Message& message) {
  return is_text(message) && (is_encoding(message, "7bit") || is_encoding(message, "8bit"));
}

inline std::vector<Row> body_rows() {
  return {
      {"footer appended", [](Message& m) { m.body += kFooter; }, "footer-appended",
       [](const Message& m) { return is_text(m) && !is_encoding(m, "base64"); }},
      {"footer of base64 text",
       [](Message& m) {
         auto text = *dkim::damage::decode_base64_lines(m.body) + std::string(kFooter);
         m.body = dkim::damage::encode_base64_lines(text, 76);
       },
       "footer-appended", [](const Message& m) { return is_encoding(m, "base64"); }},
      {"footer inside the text part",
       [](Message& m) {
         m.body.insert(m.body.find("\r\n--b1", m.body.find("--b1\r\n") + 4) + 2, kFooter);
       },
       "footer-appended", is_multipart},
      {"footer before the end of HTML",
       [](Message& m) { m.body.insert(m.body.find("</body>"), "<p>Sent by a list</p>\r\n"); },
       "footer-appended", is_multipart},
      {"disclaimer at the top",
       [](Message& m) { m.body.insert(0, "CAUTION: external mail\r\nDo not click.\r\n\r\n"); },
       "text-prepended", is_text},
      {"disclaimer at the top of the text part",
       [](Message& m) { m.body.insert(m.body.find("\r\n\r\n") + 4, "CAUTION\r\nexternal\r\n"); },
       "text-prepended", is_multipart},
      {"disclaimer above and footer below",
       [](Message& m) { m.body = "CAUTION\r\n" + m.body + std::string(kFooter); },
       "footer-appended text-prepended", is_plain},
      {"part added to a multipart", add_part_like_mailman, "mime-part-added", is_multipart},
      {"trailing white space stripped",
       [](Message& m) { m.body = replaced(m.body, "-- \r\n", "--\r\n"); }, "trailing-space",
       is_plain},
      {"trailing white space added", [](Message& m) { m.body = replaced(m.body, "\r\n", " \r\n"); },
       "trailing-space", is_text},
      {"every CR doubled", [](Message& m) { m.body = replaced(m.body, "\r\n", "\r\r\n"); },
       "line-endings"},
      {"every line end doubled", [](Message& m) { m.body = replaced(m.body, "\r\n", "\r\n\r\n"); },
       "line-endings"},
      {"line ends turned into lone CR", [](Message& m) { m.body = replaced(m.body, "\r\n", "\r"); },
       "line-endings"},
      {"From quoted", [](Message& m) { m.body = replaced(m.body, "\r\nFrom ", "\r\n>From "); },
       "from-quoting", is_plain},
      {"From quoted and footer appended",
       [](Message& m) {
         m.body = replaced(m.body, "\r\nFrom ", "\r\n>From ") + std::string(kFooter);
       },
       "footer-appended from-quoting",
       [](const Message& m) { return m.body.find("\r\nFrom ") != std::string::npos; }},
      {"From quoted as mboxrd does",
       [](Message& m) {
         m.body =
             replaced(replaced(m.body, "\r\n>From ", "\r\n>>From "), "\r\nFrom ", "\r\n>From ");
       },
       "from-quoting", is_plain},
      {"long lines broken by a relay",
       [](Message& m) {
         auto line = std::string(1200, 'x');
         m.body = replaced(m.body, line, line.substr(0, 998) + "\r\n " + line.substr(998));
       },
       "lines-wrapped"},
      {"CRLF put first", [](Message& m) { m.body.insert(0, "\r\n"); }, "blank-lines"},
      {"all of the body came later", [](Message& m) { m.body = "x\r\n" + m.body; },
       "text-prepended", is_text},
      {"tag of a filter in HTML",
       [](Message& m) { m.body.insert(m.body.find("</body>"), "<img src=\"x\">\r\n<br>\r\n"); },
       "footer-appended", is_multipart},
      {"dot doubled", [](Message& m) { m.body = replaced(m.body, "\r\n.", "\r\n.."); },
       "dot-stuffing", is_plain},
      {"blank lines put first", [](Message& m) { m.body.insert(0, "\r\n\r\n"); }, "blank-lines"},
      {"tabs expanded", [](Message& m) { m.body = replaced(m.body, "\t", "        "); }, "tabs",
       is_plain},
      {"charset rewritten",
       [](Message& m) {
         m.body = *dkim::damage::convert(m.body, dkim::damage::Charset::utf8,
                                         dkim::damage::Charset::latin1);
       },
       "charset", [](const Message& m) { return is_text(m) && is_encoding(m, "8bit"); }},
  };
}

inline std::vector<Row> whole_rows() {
  auto has_8bit = [](const Message& m) {
    return is_encoding(m, "8bit") || m.body.find("Encoding: 8bit") != std::string::npos;
  };
  return {
      {"8bit to quoted-printable", [](Message& m) { convert_to(m, "quoted-printable"); },
       "transfer-encoding", has_8bit},
      {"8bit to base64", [](Message& m) { convert_to(m, "base64"); }, "transfer-encoding",
       has_8bit},
      {"base64 to 8bit",
       [](Message& m) {
         m.body = *dkim::damage::decode_base64_lines(m.body);
         rewrite(m, "Encoding: base64", "Encoding: 8bit");
       },
       "transfer-encoding", [](const Message& m) { return is_encoding(m, "base64"); }},
      {"quoted-printable to 8bit",
       [](Message& m) {
         m.body = dkim::damage::decode_quoted_printable(m.body);
         rewrite(m, "Encoding: quoted-printable", "Encoding: 8bit");
       },
       "transfer-encoding", [](const Message& m) { return is_encoding(m, "quoted-printable"); }},
      {"quoted-printable to base64",
       [](Message& m) {
         auto text = dkim::damage::decode_quoted_printable(m.body);
         m.body = dkim::damage::encode_base64_lines(text, 76);
         rewrite(m, "Encoding: quoted-printable", "Encoding: base64");
       },
       "transfer-encoding", [](const Message& m) { return is_encoding(m, "quoted-printable"); }},
      {"a multipart made around it, with a footer, by Mailman", wrap_like_mailman,
       "content-type field-removed mime-part-added", is_text},
      {"Subject prefix, From, Reply-To and charset at once",
       [](Message& m) {
         rewrite(m, "Subject: The", "Subject: [minutes] The");
         rewrite_from_like_mailman(m);
         rewrite(m, "charset=utf-8", "charset=\"utf-8\"");
       },
       "content-type field-added from-rewritten subject-prefix",
       [](const Message& m) { return is_text(m) && m.header.find("=utf-8") != std::string::npos; }},
      {"Subject prefix and footer, as lists do",
       [](Message& m) {
         rewrite(m, "Subject: The", "Subject: [minutes] The");
         m.body += kFooter;
       },
       "footer-appended subject-prefix", is_plain},
      {"everything Mailman does to multipart",
       [](Message& m) {
         rewrite(m, "Subject: The", "Subject: [minutes] The");
         rewrite_from_like_mailman(m);
         add_part_like_mailman(m);
       },
       "field-added from-rewritten mime-part-added subject-prefix", is_multipart},
  };
}

inline std::vector<Row> header_rows() {
  auto subject = [](std::string_view then) {
    return [then = std::string(then)](Message& m) {
      rewrite(m, "Subject: The minutes of Tuesday\r\n", "Subject: " + then + "\r\n");
    };
  };
  return {
      {"Subject prefix", subject("[minutes] The minutes of Tuesday"), "subject-prefix"},
      {"Subject with Re and prefix", subject("[EXT] Re: [minutes] The minutes of Tuesday"),
       "subject-prefix"},
      {"Subject marked as spam", subject("***SPAM*** The minutes of Tuesday"), "subject-prefix"},
      {"Subject mark at the end", subject("The minutes of Tuesday [EXTERNAL]"), "subject-prefix"},
      {"Subject marked in a word", subject("SPAM: The minutes of Tuesday"), "subject-prefix"},
      {"Subject encoded", subject("=?utf-8?q?=5Bminutes=5D_The_minutes_of_Tuesday?="),
       "encoded-words subject-prefix"},
      {"Reply-To added",
       [](Message& m) { m.header += "Reply-To: <minutes@lists.example.com>\r\n"; }, "field-added"},
      {"a second Subject added below", [](Message& m) { m.header += "Subject: Another\r\n"; },
       "field-added"},
      {"From rewritten by the list", rewrite_from_like_mailman, "field-added from-rewritten"},
      {"To written anew",
       [](Message& m) {
         rewrite(m, "To: Bob <bob@example.net>,\r\n  carol@example.com\r\n",
                 "To: \"Bob\" <bob@example.net>,carol@example.com\r\n");
       },
       "addresses-rewritten", [](const Message&) { return true; }, true},
      {"display name in quotes",
       [](Message& m) {
         rewrite(m, "From: Ann Example <ann@example.org>",
                 "From: \"Ann Example\" <ann@example.org>");
       },
       "addresses-rewritten"},
      {"From rewritten by a group that keeps it in another field",
       [](Message& m) {
         rewrite(m, "From: Ann Example <ann@example.org>\r\n",
                 "From: \"'Ann Example' via Minutes\" <minutes@groups.example.com>\r\n"
                 "X-Original-From: Ann Example <ann@example.org>\r\n");
       },
       "from-rewritten"},
      {"From rewritten, author only in Cc",
       [](Message& m) {
         rewrite(m, "From: Ann Example <ann@example.org>\r\n",
                 "From: Ann Example via Minutes <minutes@lists.example.com>\r\n"
                 "Cc: Ann Example <ann@example.org>\r\n");
       },
       "from-rewritten"},
      {"comment at the Date",
       [](Message& m) { rewrite(m, "22:13:20 +0000", "22:13:20 +0000 (UTC)"); }, "date-rewritten"},
      {"MIME-Version removed", [](Message& m) { rewrite(m, "MIME-Version: 1.0\r\n", ""); },
       "field-removed"},
      {"Date with another zone name",
       [](Message& m) { rewrite(m, "22:13:20 +0000", "22:13:20 GMT"); }, "date-rewritten"},
      {"Content-Type with a charset in quotes",
       [](Message& m) { rewrite(m, "charset=utf-8", "charset=\"utf-8\""); }, "content-type"},
      {"Content-Transfer-Encoding rewritten",
       [](Message& m) { rewrite(m, "Transfer-Encoding: 7bit", "Transfer-Encoding: 8bit"); },
       "transfer-encoding"},
  };
}

// What c=relaxed does not mind.
inline std::vector<Row> simple_header_rows() {
  return {
      {"re-folded", [](Message& m) { rewrite(m, ",\r\n  carol", ",\r\n\tcarol"); },
       "header-refolded"},
      {"unfolded", [](Message& m) { rewrite(m, ",\r\n  carol", ",  carol"); }, "header-refolded"},
      {"folded", [](Message& m) { rewrite(m, "minutes of Tuesday", "minutes\r\n of Tuesday"); },
       "header-refolded"},
      {"name in lower case", [](Message& m) { rewrite(m, "\nSubject:", "\nsubject:"); },
       "field-name-case"},
      {"no blank after the colon", [](Message& m) { rewrite(m, "Subject: ", "Subject:"); },
       "field-spacing"},
      {"blanks at the end", [](Message& m) { rewrite(m, "of Tuesday\r\n", "of Tuesday  \r\n"); },
       "field-spacing"},
  };
}

}  // namespace mailtrust::test
