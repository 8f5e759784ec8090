#pragma once
// Lists such as "v=DKIM1; k=rsa; p=MIG...": DKIM keys and signatures, DMARC records, ARC sets.
// RFC 6376 section 3.2.

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::tag_list {

/// One `tag-spec`. Columns count octets of the text parsed, from 1.
struct Tag {
  std::string name;   ///< as written: names are compared with their case
  std::string value;  ///< without the white space around it; that inside is kept
  std::size_t column = 1;
  std::size_t value_column = 1;
};

/// What breaks the grammar. Parsing goes on with the next tag.
struct Fault {
  enum class Kind {
    empty_list,  ///< there is no tag at all
    empty_tag,   ///< nothing between two semicolons
    no_equals,   ///< a tag without "="
    bad_name,    ///< not a letter followed by letters, digits and underscores
    bad_octet,   ///< in the value: a control character, or not ASCII
    repeated,    ///< a name for the second time: section 3.2 makes the whole list invalid
    too_many,    ///< more than limits::kTags: the rest is not read
  };

  Kind kind = Kind::empty_tag;
  std::size_t column = 1;
  std::string message;  ///< one line: what was found, what was expected
};

struct Parsed {
  std::vector<Tag> tags;      ///< in order, well-formed ones only; of repeated names each
  std::vector<Fault> faults;  ///< by column

  /// The first tag of that name; null when there is none.
  [[nodiscard]] const Tag* find(std::string_view name) const;
};

/// Which octets values may hold.
enum class Charset {
  ascii,
  utf8,  ///< UTF-8 too, for messages under RFC 6532 (RFC 8616 section 5)
};

/// Linear in the length of the text. White space is FWS: spaces, tabs, and line ends that a space
/// or tab follows. A semicolon at the end is allowed.
Parsed parse(std::string_view text, Charset charset = Charset::ascii);

/// `value` without any white space, for values that are base64 or lists with FWS in them.
std::string without_space(std::string_view value);

}  // namespace mailtrust::tag_list
