#include "bounce/layouts/rows.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <vector>

#include "base/ascii.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

constexpr Action kDelayed = Action::delayed;

constexpr Row kRows[] = {
#include "bounce/layouts/rows.inc"
};

/// The first eight octets of a line, in lower case, as a number: what most lines of a mail are told
/// apart by.
using Key = std::uint64_t;

constexpr std::size_t kKeyOctets = 8;

Key key_of(string_view words) {
  Key key = 0;
  for (std::size_t i = 0; i < kKeyOctets; ++i)
    key = key << 8U | static_cast<unsigned char>(ascii::lower(words[i]));
  return key;
}

struct Indexed {
  Key key;
  std::size_t row;
};

const std::vector<Indexed>& index() {
  static const auto sorted = [] {
    std::vector<Indexed> all;
    for (std::size_t at = 0; at < std::size(kRows); ++at)
      all.push_back({key_of(kRows[at].mark), at});
    std::ranges::stable_sort(all, {}, &Indexed::key);
    return all;
  }();
  return sorted;
}

bool holds(string_view text, string_view what) {
  return text.find(what) != string_view::npos;
}

bool has_sign(const Mail& mail, const Row& row) {
  switch (row.sign) {
    case Sign::none: return true;
    case Sign::from: return holds(mail.from, row.what);
    case Sign::subject: return holds(mail.subject, row.what);
    case Sign::field: return mail.header.find(row.what) != nullptr;
    case Sign::mailer: {
      const auto* mailer = mail.header.find("X-Mailer");
      return mailer != nullptr && holds(ascii::to_lower(mailer->value), row.what);
    }
  }
  return false;
}

}  // namespace

std::span<const Row> rows() {
  return kRows;
}

std::optional<Match> find_row(const Mail& mail) {
  std::optional<Match> best;
  for (std::size_t at = 0; at < mail.lines.size(); ++at) {
    auto words = without_rule(mail.lines[at]);
    if (words.size() < kKeyOctets) continue;
    auto key = key_of(words);
    auto candidate = std::ranges::lower_bound(index(), key, {}, &Indexed::key);
    for (; candidate != index().end() && candidate->key == key; ++candidate) {
      const auto* row = &kRows[candidate->row];
      if (best && best->row <= row) break;
      if (!ascii::istarts_with(words, row->mark) || !has_sign(mail, *row)) continue;
      best = Match{row, at};
      break;
    }
  }
  return best;
}

}  // namespace mailtrust::bounce::layouts
