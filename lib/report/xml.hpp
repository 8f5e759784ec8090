#pragma once
// A small piece of XML as a tree, parsed in place by pugixml: values are views into its octets.

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

namespace pugi {
struct xml_node_struct;
}

namespace mailtrust::report {

/// One element, or none. Asking none gives none.
class Element {
 public:
  Element() = default;

  explicit Element(pugi::xml_node_struct* node) : node_(node) {}

  explicit operator bool() const { return node_ != nullptr; }

  [[nodiscard]] std::string_view name() const;

  /// Its own texts, one behind the other, without white space at both ends. It may be changed in
  /// place, and moves those texts together in the octets that were parsed.
  [[nodiscard]] std::string_view text() const;

  /// The same, made lower-case in place.
  [[nodiscard]] std::string_view lower_text() const;

  [[nodiscard]] Element first() const;  ///< of its children
  [[nodiscard]] Element next() const;   ///< behind it, in the same parent

  /// The first child of that name.
  [[nodiscard]] Element child(std::string_view name) const;

 private:
  pugi::xml_node_struct* node_ = nullptr;
};

class Fragment {
 public:
  Fragment();
  Fragment(const Fragment&) = delete;
  Fragment& operator=(const Fragment&) = delete;
  ~Fragment();

  /// Parses `octets` in place: they must outlive the elements, and elements of the last call are
  /// gone. UTF-8 without DOCTYPE and prefixes; several elements may stand side by side. The element
  /// above them; none when it is not well-formed.
  Element parse(std::string& octets);

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust::report
