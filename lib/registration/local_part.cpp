#include "registration/local_part.hpp"

#include <algorithm>
#include <array>
#include <string>

#include "base/ascii.hpp"

namespace mailtrust::registration {
namespace {

struct Word {
  std::string_view text;
  Desk desk;
  bool anywhere;  // also as a part of a word: "netabuse"
};

constexpr std::array kWords = {
    Word{"abuse", Desk::abuse, true},         Word{"abuso", Desk::abuse, true},
    Word{"spam", Desk::abuse, true},          Word{"phish", Desk::abuse, true},
    Word{"missbrauch", Desk::abuse, true},    Word{"complaint", Desk::abuse, true},
    Word{"uce", Desk::abuse, false},          Word{"csirt", Desk::security, true},
    Word{"security", Desk::security, true},   Word{"cert", Desk::security, true},
    Word{"irt", Desk::security, false},       Word{"cirt", Desk::security, false},
    Word{"sec", Desk::security, false},       Word{"soc", Desk::security, false},
    Word{"incident", Desk::security, true},   Word{"hack", Desk::security, true},
    Word{"postmaster", Desk::general, false}, Word{"hostmaster", Desk::general, false},
    Word{"webmaster", Desk::general, false},  Word{"support", Desk::general, false},
    Word{"helpdesk", Desk::general, false},   Word{"help", Desk::general, false},
    Word{"admin", Desk::general, false},      Word{"info", Desk::general, false},
    Word{"contact", Desk::general, false},    Word{"sysadmin", Desk::general, false},
    Word{"trouble", Desk::general, false},    Word{"ripe", Desk::general, false},
    Word{"ipadmin", Desk::general, false},
};

// Joined words: "no-reply" is "noreply" here.
constexpr std::array<std::string_view, 14> kNobodies = {
    "nobody",    "unread",  "noreply", "donotreply", "none",      "noemail", "nomail",
    "bitbucket", "devnull", "null",    "unknown",    "nocontact", "invalid", "doesnotexist"};

// The words of letters that `local` is made of.
template <typename Use>
void each_word(std::string_view local, Use use) {
  for (std::size_t i = 0; i < local.size();) {
    auto begin = i;
    while (i < local.size() && ascii::is_alpha(local[i])) ++i;
    if (i > begin) use(local.substr(begin, i - begin));
    if (i == begin) ++i;
  }
}

}  // namespace

Desk desk_of(std::string_view local) {
  auto lower = ascii::to_lower(local.substr(0, 64));
  auto best = Desk::unknown;
  each_word(lower, [&](std::string_view word) {
    if (word.ends_with("noc")) best = std::min(best, Desk::noc);
    for (const auto& row : kWords)
      if (word == row.text || (row.anywhere && word.find(row.text) != std::string_view::npos))
        best = std::min(best, row.desk);
  });
  return best;
}

bool is_nobody(std::string_view local) {
  std::string letters;
  each_word(local.substr(0, 64), [&](std::string_view word) { letters += ascii::to_lower(word); });
  return std::ranges::find(kNobodies, letters) != kNobodies.end();
}

}  // namespace mailtrust::registration
