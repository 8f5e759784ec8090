#pragma once
// The header section of a message: its fields as octets, in order.
// RFC 5322 sections 2.1, 2.2 and 4.5 (obsolete forms), RFC 6532 (UTF-8).

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::message {

/// One field, with its folded lines. All views point into the Header.
struct Field {
  std::string_view raw;    ///< all of it; every line ends in CRLF, whatever the file had
  std::string_view name;   ///< as written, white space before the colon taken off; empty: see below
  std::string_view value;  ///< what follows the colon, without the last CRLF; folds are kept
  std::size_t line = 1;    ///< of the message, from 1

  /// A line without a colon, or with a name that holds blanks, controls or octets above 126: it is
  /// no field, but it was there, with its continuations. Its name and value are empty.
  [[nodiscard]] bool is_field() const { return !name.empty(); }
};

/// What the octets of the header had that a message in transit may not have (RFC 5322 section 2.3).
struct Oddities {
  std::size_t bare_lf = 0;  ///< line ends without CR; 0 or all lines: only how the file was saved
  std::size_t lone_cr = 0;  ///< CR that no LF follows; stays an octet of its field
  std::size_t nul = 0;
  std::size_t not_utf8 = 0;  ///< octets above 127 that are no UTF-8
  std::size_t no_field = 0;  ///< lines that are neither a field nor the continuation of one
};

class Header {
 public:
  Header() = default;
  Header(const Header&) = delete;
  Header& operator=(const Header&) = delete;
  Header(Header&&) noexcept = default;
  Header& operator=(Header&&) noexcept = default;
  ~Header() = default;

  /// `octets` are all lines before the empty line that ends the header, in CRLF, LF or both (a bare
  /// LF counts as CRLF, a lone CR does not). An mbox "From " line at the start is passed over. A
  /// final line without a line end counts as ended. Never fails; linear.
  static Header parse(std::string_view octets);

  [[nodiscard]] std::span<const Field> fields() const { return fields_; }

  /// The topmost field of that name, without regard to case; null when there is none.
  [[nodiscard]] const Field* find(std::string_view name) const;

  /// All of that name, the topmost first.
  [[nodiscard]] std::vector<const Field*> all(std::string_view name) const;

  [[nodiscard]] std::size_t count(std::string_view name) const;

  [[nodiscard]] const Oddities& oddities() const { return oddities_; }

  [[nodiscard]] std::size_t lines() const { return lines_; }

 private:
  void take_octets(std::string_view octets);
  void count_oddities(std::string_view octets);
  void name_fields();

  // A vector, as its octets stay where they are when the Header is moved.
  std::vector<char> octets_;
  std::vector<Field> fields_;
  Oddities oddities_;
  std::size_t lines_ = 0;
};

/// Does the line begin as the "From " line of an mbox does (RFC 4155), and not as the obsolete
/// field `From : a@b.example`?
bool is_from_line(std::string_view line);

/// The value on one line: CRLF before white space taken out, blanks at both ends trimmed.
/// RFC 5322 section 2.2.3.
std::string unfold(std::string_view value);

/// The same for people: tabs are spaces.
std::string on_one_line(std::string_view value);

}  // namespace mailtrust::message
