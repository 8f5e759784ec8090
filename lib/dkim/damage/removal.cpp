#include "dkim/damage/removal.hpp"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "dkim/damage/kinds.hpp"

namespace mailtrust::dkim::damage {
namespace {

constexpr std::size_t kQuoted = 40;
constexpr std::size_t kEndsInside = 60;  // lines at the end of a part
constexpr std::size_t kEndsOfWrapped = 64;
constexpr std::size_t kStartsToTry = 16;  // lines at the start of a body or part
constexpr std::size_t kPartsWithStart = 2;

std::string counted_lines(std::string_view text) {
  auto count = static_cast<std::size_t>(std::ranges::count(text, '\n'));
  return count == 1 ? "line" : std::to_string(count) + " lines";
}

std::string_view first_line(std::string_view text) {
  auto start = std::min(text.find_first_not_of("\r\n \t"), text.size());
  auto end = text.find_first_of("\r\n", start);
  return ascii::trim(text.substr(start, end == std::string_view::npos ? end : end - start));
}

// "4 lines ("____ example mailing list")"
std::string described(std::string_view text) {
  return counted_lines(text) + " (" + quote(first_line(text), kQuoted) + ")";
}

bool contains(std::string_view text, std::string_view word) {
  auto same = [](char a, char b) { return ascii::lower(a) == b; };
  return std::search(text.begin(), text.end(), word.begin(), word.end(), same) != text.end();
}

std::string_view appended_by(std::string_view text) {
  constexpr std::array<std::string_view, 5> kListWords = {"unsubscribe", "mailing list", "listinfo",
                                                          "mailman", "googlegroups"};
  bool list = std::ranges::any_of(kListWords, [&](auto word) { return contains(text, word); });
  bool ruled = first_line(text).starts_with("____");
  return list || ruled ? "a mailing list footer" : "text appended on the way";
}

struct Removal {
  std::string_view canonical;
  std::span<const Part> parts;
  BodyProbe& probe;

  std::string_view from(std::size_t at) const { return canonical.substr(at); }

  std::string_view before(std::size_t at) const { return canonical.substr(0, at); }

  std::string_view between(std::size_t from, std::size_t to) const {
    return canonical.substr(from, to - from);
  }
};

std::string type_of(const Part& part) {
  auto type = ascii::trim(part.fields.type.substr(0, part.fields.type.find(';')));
  return type.empty() ? "text/plain" : std::string(type);
}

std::vector<Damage> unwrapped(const Removal& in, const Part& part) {
  auto content = in.between(part.content, part.end);
  auto text = std::string(without_last_blank_lines(std::string(content) + "\r\n"));
  auto end = in.probe.find_end(text, kEndsOfWrapped);
  if (!end) return {};
  std::vector<Damage> damages = {
      make("mime-part-added", "would verify with only the content of the " + type_of(part) +
                                  " part as body: a multipart was made around it")};
  if (*end < text.size()) damages.push_back(removed_end(text, *end));
  return damages;
}

std::vector<Damage> without_part(const Removal& in, const Part& part) {
  if (!in.probe.fits(std::string(in.before(part.begin)).append(in.from(part.next)))) return {};
  auto line = first_line(in.between(part.content, part.end));
  return {make("mime-part-added", "would verify without the " + type_of(part) + " part (" +
                                      quote(line, kQuoted) + "): it was added on the way")};
}

// Text appended before `joint`, the start of a line.
std::vector<Damage> without_text_before(const Removal& in, std::size_t joint, std::size_t from,
                                        std::string_view where) {
  auto head = in.before(joint);
  auto lines = static_cast<std::size_t>(std::ranges::count(in.between(from, joint), '\n'));
  auto end = in.probe.find_joint(head, in.from(joint), std::min(lines, kEndsInside));
  if (!end || *end == joint) return {};
  auto text = in.between(*end, joint);
  return {make("footer-appended", "would verify without the last " + described(text) + " " +
                                      std::string(where) + ": " + std::string(appended_by(text)))};
}

// Where the markup that closes an HTML text starts, if on a line of its own.
std::optional<std::size_t> closing_markup(std::string_view text) {
  for (std::string_view tag : {"\n</body", "\n</BODY", "\n</html", "\n</HTML"}) {
    auto at = text.rfind(tag);
    if (at != std::string_view::npos) return at + 1;
  }
  return std::nullopt;
}

std::vector<Damage> without_text_in_html(const Removal& in, std::size_t from, std::size_t to) {
  auto closing = closing_markup(in.between(from, to));
  if (!closing) return {};
  return without_text_before(in, from + *closing, from, "before the end of the HTML text");
}

std::vector<Damage> without_text_at(const Removal& in, std::size_t start, std::string_view where) {
  auto at = start;
  for (std::size_t lines = 0; lines < kStartsToTry && !in.probe.spent(); ++lines) {
    auto end = in.canonical.find('\n', at);
    if (end == std::string_view::npos || end + 1 >= in.canonical.size()) return {};
    at = end + 1;
    auto kept = std::string(in.before(start)).append(in.from(at));
    auto fit = in.probe.find_end(kept, kEndsInside);
    if (!fit) continue;
    auto text = in.between(start, at);
    std::vector<Damage> damages = {
        make("text-prepended", "would verify without the first " + described(text) + " " +
                                   std::string(where) + ": text put there on the way")};
    if (*fit < kept.size()) damages.push_back(removed_end(kept, *fit));
    return damages;
  }
  return {};
}

std::vector<Damage> find_in(const Removal& in, auto suspect) {
  for (const auto& part : in.parts) {
    if (in.probe.spent()) break;
    if (auto damages = suspect(part); !damages.empty()) return damages;
  }
  return {};
}

std::vector<Damage> find_added_part_in(const Removal& in) {
  auto damages = find_in(in, [&](const Part& part) {
    return part.depth == 1 ? unwrapped(in, part) : std::vector<Damage>();
  });
  if (!damages.empty()) return damages;
  return find_in(in, [&](const Part& part) { return without_part(in, part); });
}

}  // namespace

Damage removed_end(std::string_view canonical, std::size_t end) {
  auto text = canonical.substr(end);
  if (end == 0)
    return make("body-was-empty",
                "would verify with an empty body: what is there came after it was signed");
  return make("footer-appended", "would verify without the last " + described(text) + ": " +
                                     std::string(appended_by(text)));
}

std::vector<Damage> find_added_part(const ContentFields& fields, std::string_view canonical,
                                    BodyProbe& probe) {
  auto parts = parts_of(fields, canonical);
  return find_added_part_in({canonical, parts, probe});
}

std::vector<Damage> find_removal(const ContentFields& fields, std::string_view canonical,
                                 BodyProbe& probe) {
  auto parts = parts_of(fields, canonical);
  Removal in{canonical, parts, probe};
  if (auto damages = find_added_part_in(in); !damages.empty()) return damages;
  auto damages = find_in(in, [&](const Part& part) {
    if (!part.is_leaf() || !part.fields.is_text()) return std::vector<Damage>();
    return without_text_before(in, part.next, part.content, "of the " + type_of(part) + " part");
  });
  if (!damages.empty()) return damages;
  if (parts.empty()) return without_text_in_html(in, 0, canonical.size());
  return find_in(in, [&](const Part& part) {
    return part.is_leaf() ? without_text_in_html(in, part.content, part.next)
                          : std::vector<Damage>();
  });
}

std::vector<Damage> find_prepended(const ContentFields& fields, std::string_view canonical,
                                   BodyProbe& probe) {
  auto parts = parts_of(fields, canonical);
  Removal in{canonical, parts, probe};
  if (parts.empty()) return without_text_at(in, 0, "of the body");
  std::size_t tried = 0;
  return find_in(in, [&](const Part& part) {
    bool suspect = part.is_leaf() && part.fields.is_text() && tried++ < kPartsWithStart;
    return suspect ? without_text_at(in, part.content, "of the " + type_of(part) + " part")
                   : std::vector<Damage>();
  });
}

}  // namespace mailtrust::dkim::damage
