#pragma once
// A whois answer as objects with attributes, whatever registry wrote it: what "key: value" lines,
// paragraphs, "[ Sections ]", indented continuations and comments have in common.

#include <cstddef>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "net/prefix_set.hpp"
#include "whois/keys.hpp"

namespace mailtrust::whois {

struct Attribute {
  const Key* key = nullptr;  ///< null: unknown, or a line without a key
  std::string_view name;     ///< as written; empty: a line without a key
  std::string_view value;    ///< trimmed
  std::size_t line = 0;      ///< counted from 1
};

/// A paragraph.
struct Object {
  std::size_t first = 0;  ///< of its attributes
  std::size_t count = 0;
  std::optional<net::Range> network;          ///< set: it tells of a network
  std::optional<registration::Role> section;  ///< what the title of its section says of contacts
  bool begun = false;                         ///< has a key that begins objects
  bool is_other = false;                      ///< route, mntner, ...
  bool is_listed = false;   ///< a line of a list: the server tells more of it when asked
  std::string_view handle;  ///< empty: none
};

struct Document {
  std::vector<Attribute> attributes;  ///< those with a known key, and those that hold an "@"
  std::vector<Object> objects;        ///< in the order of the answer, none empty
  std::vector<Attribute> comments;    ///< lines that begin with '%' or '#', without that

  [[nodiscard]] std::span<const Attribute> of(const Object& object) const {
    return std::span(attributes).subspan(object.first, object.count);
  }
};

/// Views into `text`, which must outlive them. Where an object lists several ranges, the one around
/// `address` is its network. Never fails; linear.
Document read_document(std::string_view text, const net::Address& address);

}  // namespace mailtrust::whois
