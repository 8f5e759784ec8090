#pragma once
// One tag of an XML document. XML 1.0 section 3.1.

#include <cstddef>
#include <optional>
#include <string_view>

namespace mailtrust::report {

struct Tag {
  std::string_view name;        ///< as written, with its prefix
  std::string_view attributes;  ///< what stands behind the name, as it is
  std::size_t attribute_count = 0;
  std::size_t longest_value = 0;  ///< of its attributes, in octets
  std::size_t size = 0;           ///< in octets, from "<" to ">"
  bool is_end = false;            ///< "</name>"
  bool is_empty = false;          ///< "<name/>"

  [[nodiscard]] std::string_view local_name() const {
    return name.substr(name.rfind(':') + 1);  // npos + 1 is 0
  }
};

/// The tag at the start of `text`, which begins with "<". Nothing when it is none: another "<"
/// stands in it, it does not end, or its name is none. Reads no further than the next "<" or ">"
/// outside of quotes, attributes without quotes are let pass.
std::optional<Tag> read_tag(std::string_view text);

}  // namespace mailtrust::report
