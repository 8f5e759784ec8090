#pragma once
// The fields of one record's RDATA, taken one by one and turned into wire form.

#include <span>
#include <string>
#include <string_view>

#include "dns/resolver.hpp"
#include "dns/zone_file.hpp"

namespace mailtrust::dns {

/// Each reader appends to `data` and returns true, or tells `errors` what is wrong and returns
/// false; after that the record is lost and no further reader should be called.
class ZoneFields {
 public:
  /// `place` is where a missing field is reported. All arguments must outlive this.
  ZoneFields(std::span<const Token> tokens, const Name& origin, Place place, ZoneErrors& errors)
      : tokens_(tokens), origin_(origin), place_(place), errors_(errors) {}

  bool number(std::string& data, std::string_view what);  ///< 0 to 65535
  bool name(std::string& data, std::string_view what);    ///< relative ones below the origin
  bool address(std::string& data, net::Family family);
  bool strings(std::string& data);           ///< all that is left: RFC 1035 section 3.3.14
  bool unknown(std::string& data);           ///< `\# LENGTH HEX`: RFC 3597 section 5
  bool other(std::string& data, Type type);  ///< all that is left, by ldns
  bool finish(const std::string& data);      ///< no field left, and RDATA that fits a message
  bool bad(const Token& token, const std::string& message);  ///< tells; always false

 private:
  [[nodiscard]] bool at_end() const { return next_ == tokens_.size(); }

  const Token* take(std::string_view what);
  bool string(std::string& data, const Token& token);

  std::span<const Token> tokens_;
  const Name& origin_;
  Place place_;
  ZoneErrors& errors_;
  std::size_t next_ = 0;
};

}  // namespace mailtrust::dns
