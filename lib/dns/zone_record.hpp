#pragma once
// One record's fields, from master file text to wire form. The types that mail lives on are read
// here, the others by ldns behind checks that keep its asserts out of reach.
// RFC 1035 section 5.1, RFC 3596 (AAAA), RFC 3597 section 5 (`TYPE65280 \# 2 abcd`).

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "dns/name.hpp"
#include "dns/resolver.hpp"
#include "dns/zone_file.hpp"

namespace mailtrust::dns {

/// A type by any name ldns knows, or `TYPEnnn`; QTYPEs such as ANY included.
std::optional<Type> read_type(std::string_view text);

/// Can a zone hold records of this type: not 0, OPT, or one of the meta types 128 to 255
/// (RFC 6895 section 3.1)?
bool is_data_type(Type type);

/// The RDATA that `fields` stand for, relative names below `origin`, names uncompressed. Nothing
/// when they are wrong; then `errors` tells what and where, `place` when a field is missing.
std::optional<std::string> read_rdata(Type type, std::span<const Token> fields, const Name& origin,
                                      Place place, ZoneErrors& errors);

/// Has the RDATA the shape that its type demands? True for types we have no decoder for.
bool has_shape(const Record& record);

}  // namespace mailtrust::dns
