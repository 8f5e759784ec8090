#include "dns/zone_ldns.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include <ldns/ldns.h>
#include <stdbool.h>  // NOLINT: without it ldns makes macros of bool, true and false

#include "base/ascii.hpp"

namespace mailtrust::dns {
namespace {

struct Free {
  void operator()(ldns_rr* record) const { ldns_rr_free(record); }

  void operator()(ldns_rdf* field) const { ldns_rdf_deep_free(field); }
};

// ldns reads into buffers of LDNS_MAX_PACKETLEN; longer RDATA must be written as `\# ...`.
constexpr std::size_t kMaxText = 60000;

bool is_plain(std::string_view text) {
  return std::ranges::none_of(text, [](char c) { return c == '\0' || c == '\n' || c == '\r'; });
}

// WKS looks up ports and protocols in files of the system, ldns leaks on IPSECKEY and CERT, NULL
// has no text form.
bool has_text_form(const ldns_rr_descriptor* descriptor) {
  return descriptor->_name != nullptr && descriptor->_type != LDNS_RR_TYPE_WKS &&
         descriptor->_type != LDNS_RR_TYPE_IPSECKEY && descriptor->_type != LDNS_RR_TYPE_CERT &&
         descriptor->_type != LDNS_RR_TYPE_NULL && descriptor->_minimum > 0;
}

std::string data_of(const ldns_rr* record) {
  std::string data;
  for (std::size_t i = 0; i < ldns_rr_rd_count(record); ++i) {
    const ldns_rdf* field = ldns_rr_rdf(record, i);
    if (field != nullptr)
      data.append(reinterpret_cast<const char*>(ldns_rdf_data(field)), ldns_rdf_size(field));
  }
  return data;
}

}  // namespace

std::optional<Type> ldns_type(std::string_view text) {
  if (text.empty() || text.size() > 20 ||
      !std::ranges::all_of(text, [](char c) { return ascii::is_alnum(c) || c == '-'; }))
    return std::nullopt;
  // ldns reads the number of TYPEnnn without looking at its range.
  if (ascii::istarts_with(text, "TYPE")) return std::nullopt;
  auto type = ldns_get_rr_type_by_name(std::string(text).c_str());
  if (type == 0) return std::nullopt;
  return static_cast<Type>(type);
}

Expected<std::string> ldns_rdata(Type type, std::string_view text, const Name& origin) {
  const auto* descriptor = ldns_rr_descript(static_cast<std::uint16_t>(type));
  if (!has_text_form(descriptor))
    return fail(Error::Kind::input, "", "this type has no text form here; expected \\# LENGTH HEX");
  if (text.size() > kMaxText || !is_plain(text))
    return fail(Error::Kind::input, "", "text too long for this type; expected \\# LENGTH HEX");
  std::unique_ptr<ldns_rdf, Free> base(
      ldns_rdf_new_frm_data(LDNS_RDF_TYPE_DNAME, origin.wire().size(), origin.wire().data()));
  if (!base) throw std::bad_alloc();
  auto line = ". 0 IN " + std::string(descriptor->_name) + ' ' + std::string(text);
  ldns_rr* raw = nullptr;
  auto status = ldns_rr_new_frm_str(&raw, line.c_str(), 0, base.get(), nullptr);
  std::unique_ptr<ldns_rr, Free> record(raw);
  if (status == LDNS_STATUS_MEM_ERR) throw std::bad_alloc();
  if (status != LDNS_STATUS_OK || !record)
    return fail(Error::Kind::input, "",
                "not the fields of a " + std::string(descriptor->_name) + " record");
  return data_of(record.get());
}

}  // namespace mailtrust::dns
