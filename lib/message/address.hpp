#pragma once
// The addresses in From, Sender, To and the like.
// RFC 5322 section 3.4 and 4.4 (obsolete forms), RFC 6532 (UTF-8), RFC 6854 (groups in From).

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace mailtrust::message {

struct Address {
  std::string local;   ///< unquoted: `"a b"@example.org` has the local part `a b`
  std::string domain;  ///< as written, without comments and blanks; "[192.0.2.1]" for a literal
  std::string display_name;  ///< unquoted, encoded words as written
  std::size_t column = 1;    ///< octets of the field's value, from 1
};

/// What readers may disagree about. Any of them: the field proves nothing about its author.
struct AddressFault {
  enum class Kind {
    syntax,        ///< not the grammar, also not the obsolete one
    control,       ///< NUL, lone CR or LF, or another control
    route,         ///< `<@a,@b:user@c>`: obsolete, read by some as the user of the first host
    empty_domain,  ///< no domain, or one that DNS cannot carry
    too_deep,      ///< comments over limits::kAddressDepth
    not_utf8,      ///< octets above 127 that are no UTF-8
    hidden,        ///< an address where some readers see one and the grammar does not: in a comment
                   ///< or an encoded word, or a domain that a comment divides
  };

  Kind kind = Kind::syntax;
  std::size_t column = 1;  ///< octets of the value, from 1
  std::string message;     ///< one line: what was found, what was expected
};

struct AddressList {
  std::vector<Address> addresses;    ///< in order, those in groups too
  std::vector<std::string> groups;   ///< their names; a group may be empty
  std::vector<AddressFault> faults;  ///< by column
};

/// `value` of a Field (may be folded). Never fails; linear; depth bounded. After a fault the
/// reading goes on at the next comma. A mailbox without a domain is a fault, and no Address; of
/// faults the first hundred are kept. A display name that is not quoted and holds an "@" is a fault
/// unless it names the domain of its own address: `a@b.example <c@b.example>`.
AddressList parse_addresses(std::string_view value);

/// Encoded words (RFC 2047) turned into UTF-8, for people only. Words in a character set that we do
/// not have (message/charset.hpp) stay as written.
std::string decode_words(std::string_view text);

}  // namespace mailtrust::message
