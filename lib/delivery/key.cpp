#include "delivery/key.hpp"

#include <algorithm>

#include "base/ascii.hpp"

namespace mailtrust::delivery {
namespace {

std::string_view lowered(std::string_view text, std::string& room) {
  if (std::ranges::none_of(text, [](char c) { return c >= 'A' && c <= 'Z'; })) return text;
  room.assign(text);
  for (auto& c : room) c = ascii::lower(c);
  return room;
}

std::string_view without_brackets(std::string_view path) {
  path = ascii::trim(path);
  if (path.starts_with('<') && path.ends_with('>') && path.size() >= 2)
    path = path.substr(1, path.size() - 2);
  return path;
}

// How much of a local part is the same in every message; the rest is one recipient's or a day's.
struct Fixed {
  std::size_t skip = 0;  ///< octets at the front that differ
  std::size_t keep = std::string_view::npos;
  std::string_view mark = {};  ///< in place of what is left out behind `keep`
};

// VERP puts the recipient, its `@` as `=`, behind a `+` or `-`: what is behind the last `=` is a
// domain.
Fixed verp(std::string_view local) {
  auto equals = local.rfind('=');
  if (equals == std::string_view::npos || local.find('.', equals) == std::string_view::npos)
    return {};
  auto sign = local.find('+');
  if (sign == std::string_view::npos || sign > equals) sign = local.find('-');
  if (sign == std::string_view::npos || sign > equals || sign == 0) return {};
  return {0, sign, "+*"};
}

Fixed fixed_part(std::string_view local) {
  // https://www.libsrs2.org/srs/srs.pdf: SRS0=hash=day=domain=local, SRS1=...
  if (local.starts_with("srs0") || local.starts_with("srs1")) return {0, 4, "=*"};
  // draft-levine-smtp-batv: prvs=tag=local.
  if (local.starts_with("prvs="))
    if (auto second = local.find('=', 5); second != std::string_view::npos)
      return {second + 1, std::string_view::npos, {}};
  return verp(local);
}

}  // namespace

std::string_view mailbox_of(std::string_view address, std::string& room) {
  return lowered(without_brackets(address), room);
}

std::string_view domain_of(std::string_view address, std::string& room) {
  address = without_brackets(address);
  auto at = address.rfind('@');
  if (at != std::string_view::npos) return lowered(address.substr(at + 1), room);
  bool is_domain = address.find('.') != std::string_view::npos &&
                   address.find_first_of(" /:|\"") == std::string_view::npos;
  return is_domain ? lowered(address, room) : std::string_view{};
}

std::string_view sender_of(std::string_view address, std::string& room) {
  address = mailbox_of(address, room);
  if (address.empty()) return "<>";
  auto at = address.rfind('@');
  auto local = address.substr(0, at);
  auto fixed = fixed_part(local);
  if (fixed.skip == 0 && fixed.mark.empty()) return address;
  auto domain = at == std::string_view::npos ? std::string_view{} : address.substr(at);
  std::string out(local.substr(fixed.skip, fixed.keep));
  out.append(fixed.mark).append(domain);
  room = std::move(out);
  return room;
}

}  // namespace mailtrust::delivery
