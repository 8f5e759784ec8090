#include "dns/idna.hpp"

#include <algorithm>
#include <memory>
#include <new>

#include <idn2.h>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/utf8.hpp"

namespace mailtrust::dns {
namespace {

struct Free {
  void operator()(char* text) const { idn2_free(text); }
};

bool has_a_label(std::string_view text) {
  return std::ranges::any_of(ascii::split(text, '.'), [](std::string_view label) {
    return ascii::istarts_with(label, "xn--");
  });
}

}  // namespace

Expected<std::string> to_a_labels(std::string_view text) {
  auto is_ascii = [](char c) { return static_cast<unsigned char>(c) < 0x80; };
  if (std::ranges::all_of(text, is_ascii) || !is_utf8(text)) return std::string(text);
  // libidn2 takes a C string: what follows a NUL would be lost in silence.
  if (text.find('\0') != std::string_view::npos)
    return fail(Error::Kind::input, quote(text), "not a domain name: holds a NUL octet");
  char* raw = nullptr;
  int status =
      idn2_to_ascii_8z(std::string(text).c_str(), &raw, IDN2_NONTRANSITIONAL | IDN2_NFC_INPUT);
  std::unique_ptr<char, Free> owned(raw);
  if (status == IDN2_MALLOC) throw std::bad_alloc();
  if (status != IDN2_OK)
    return fail(Error::Kind::input, quote(text),
                std::string("not a valid internationalised name: ") + idn2_strerror(status));
  return std::string(owned.get());
}

std::string to_u_labels(std::string_view text) {
  if (!has_a_label(text) || text.find('\0') != std::string_view::npos) return std::string(text);
  char* raw = nullptr;
  int status = idn2_to_unicode_8z8z(std::string(text).c_str(), &raw, IDN2_NONTRANSITIONAL);
  std::unique_ptr<char, Free> owned(raw);
  if (status == IDN2_MALLOC) throw std::bad_alloc();
  return status == IDN2_OK ? std::string(owned.get()) : std::string(text);
}

}  // namespace mailtrust::dns
