#pragma once
// Master files, split into records and directives with the place of every field.
// RFC 1035 section 5.1: parentheses, quotes, escapes, comments. What the fields mean is for others.

#include <cstddef>
#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/expected.hpp"

namespace mailtrust::dns {

/// Lines and columns count from 1, columns in octets.
struct Place {
  std::size_t line = 1;
  std::size_t column = 1;
};

/// A field as it stands in the file, escapes not yet undone.
struct Token {
  std::string_view text;  ///< without the quotes
  Place place;            ///< of the opening quote, if there is one
  bool quoted = false;
};

/// The bad places of one file, in order. Keeps the first limits::kMessagesPerInput of them and
/// counts the rest.
class ZoneErrors {
 public:
  explicit ZoneErrors(std::string_view filename) : filename_(filename) {}

  void add(Place place, std::string message);
  void add(const Token& token, const std::string& message);  ///< the token quoted, then the message
  void add(Error error);                                     ///< of the file as a whole

  /// Is the number of tokens (at least one) within these bounds? If not, adds what was `expected`.
  bool expect_fields(std::span<const Token> tokens, std::size_t least, std::size_t most,
                     const std::string& expected);

  [[nodiscard]] bool empty() const { return errors_.empty(); }

  /// Where is `file:line:column`; when some were left out, one more says how many.
  [[nodiscard]] std::vector<Error> take();

 private:
  std::string filename_;
  std::vector<Error> errors_;
  std::size_t left_out_ = 0;
};

/// A record, a `$` directive, or a fault directive (`; !timeout ...`).
struct Entry {
  enum class Kind { record, control, fault };

  Kind kind = Kind::record;
  Place place;
  bool owner_omitted = false;  ///< the line starts with white space
  std::vector<Token> tokens;   ///< never empty; of a fault, without the `; !`
};

/// Takes a master file apart. Each bad place is added to the errors and its entry left out; the
/// next entry is found at the next line outside parentheses. Time is linear in the text.
class ZoneSplitter {
 public:
  /// Fills from the start of the room, 0 at the end only.
  using Source = std::function<Expected<std::size_t>(std::span<char>)>;

  /// Both must outlive the splitter and its entries.
  ZoneSplitter(std::string_view text, ZoneErrors& errors);

  /// A text read as it is needed, of which a MiB is held at a time.
  ZoneSplitter(Source source, ZoneErrors& errors);

  ZoneSplitter(const ZoneSplitter&) = delete;
  ZoneSplitter& operator=(const ZoneSplitter&) = delete;

  /// The next good entry, or false at the end of the text. Its tokens are good until the next call.
  bool next(Entry& entry);

 private:
  bool has_more();
  void refill();
  std::size_t line_end(Entry& entry);
  void skip_line(Entry& entry, std::size_t end);
  void too_long(Place place);
  void take_line(Entry& entry);
  void take_word(Entry& entry);
  void take_quoted(Entry& entry);
  void add_token(Entry& entry, Token token);
  void parenthesis(char c);
  bool starts_fault(Entry& entry);

  [[nodiscard]] Place here() const { return {line_number_, at_ + 1}; }

  void bad(Place place, std::string message);

  Source source_;
  std::string window_;     // what of the source is at hand
  bool ended_ = true;      // nothing comes behind the text
  std::string_view text_;  // all of it, or the window
  ZoneErrors& errors_;
  std::size_t text_at_ = 0;  // where the next line starts
  std::size_t line_number_ = 0;
  std::string_view line_;  // the line at hand, without its end
  std::size_t at_ = 0;     // in that line
  std::size_t entry_at_ = 0;
  std::size_t depth_ = 0;  // parentheses open
  Place opened_;           // the outermost of them
  bool broken_ = false;    // the entry at hand has an error
};

}  // namespace mailtrust::dns
