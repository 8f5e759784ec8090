#include "delivery/suppression.hpp"

#include <algorithm>
#include <unordered_set>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/number.hpp"
#include "delivery/week.hpp"
#include "list/line.hpp"

namespace mailtrust::delivery {
namespace {

constexpr std::string_view kHeading =
    "# Addresses that should get no more mail, with the reason. Lines may be added by hand.\n";

std::string one_line(std::string_view text) {
  std::string out;
  for (char c : ascii::trim(text)) {
    bool space = ascii::is_space(c);
    if (!space || !out.ends_with(' ')) out += space ? ' ' : c;
  }
  return escape_unsafe(out);
}

std::string times(std::uint64_t count) {
  return count == 1 ? "once" : grouped(count) + " times";
}

// Is it the comment of one of our own lines: "hard 2026-11-20, " or "soft ..."?
bool is_ours(std::string_view comment) {
  if (!comment.starts_with("hard ") && !comment.starts_with("soft ")) return false;
  constexpr std::string_view kDate = "dddd-dd-dd,";
  auto date = comment.substr(5, kDate.size());
  return date.size() == kDate.size() &&
         std::equal(date.begin(), date.end(), kDate.begin(), [](char c, char pattern) {
           return pattern == 'd' ? ascii::is_digit(c) : c == pattern;
         });
}

// A reply that a line cannot hold, as it hides a control or its octets are not UTF-8, stays away.
std::string line_of(const std::string& address, const Evidence& evidence, Standing standing) {
  auto line = address + ';' + comment_of(evidence, standing);
  if (list::read_line(line).content == list::Line::Content::entry) return line;
  auto bare = evidence;
  bare.hard.reply.clear();
  bare.soft.reply.clear();
  return address + ';' + comment_of(bare, standing);
}

std::string_view take_line(std::string_view& file) {
  auto line = file.substr(0, std::min(file.find('\n'), file.size() - 1) + 1);
  file.remove_prefix(line.size());
  return line;
}

std::string_view without_end(std::string_view line) {
  return line.ends_with('\n') ? line.substr(0, line.size() - 1) : line;
}

class Merge {
 public:
  Merge(const EvidenceTable& evidence, std::size_t promote_after)
      : evidence_(evidence), promote_after_(promote_after) {}

  void keep(std::string_view file) {
    while (!file.empty()) keep_line(take_line(file));
    if (!out_.octets.empty() && !out_.octets.ends_with('\n')) out_.octets += '\n';
  }

  void add_new() {
    if (out_.octets.empty()) out_.octets = kHeading;
    std::vector<const EvidenceTable::Map::value_type*> sorted;
    for (const auto& entry : evidence_.all()) sorted.push_back(&entry);
    std::ranges::sort(sorted, {},
                      [](const auto* entry) -> const std::string& { return entry->first; });
    for (const auto* entry : sorted) add(entry->first, entry->second);
  }

  Suppression take() { return std::move(out_); }

 private:
  void keep_line(std::string_view line) {
    auto read = list::read_line(without_end(line));
    if (read.content == list::Line::Content::entry) {
      auto entry = list::entry_of(read);
      auto name = entry.kind == list::Kind::mailbox ? entry.name : std::string();
      if (!name.empty() && is_ours(read.comment) && has_come_back(name))
        return out_.removed.push_back(name);
      ++out_.kept;
      if (!name.empty()) present_.insert(std::move(name));
    }
    out_.octets += line;
  }

  bool has_come_back(const std::string& address) {
    auto found = evidence_.all().find(address);
    if (found == evidence_.all().end() || found->second.delivered == 0) return false;
    auto standing = standing_of(found->second, promote_after_);
    return standing == Standing::cleared || standing == Standing::good;
  }

  void add(const std::string& address, const Evidence& evidence) {
    auto standing = standing_of(evidence, promote_after_);
    if (standing == Standing::good) return;
    if (standing == Standing::cleared) return out_.cleared.push_back(address);
    auto entry = list::Entry::parse(address);
    if (!entry || entry->kind != list::Kind::mailbox) {
      ++out_.unfit;
      return;
    }
    if (!present_.insert(entry->name).second) return;
    out_.octets += line_of(entry->name, evidence, standing) + '\n';
    if (standing == Standing::promoted) out_.promoted.push_back(entry->name);
    out_.added.push_back(std::move(entry->name));
  }

  const EvidenceTable& evidence_;
  std::size_t promote_after_;
  std::unordered_set<std::string> present_;
  Suppression out_;
};

}  // namespace

std::string comment_of(const Evidence& evidence, Standing standing) {
  bool hard = standing == Standing::hard;
  const auto& failures = hard ? evidence.hard : evidence.soft;
  auto out = (hard ? "hard " : "soft ") + date_name(failures.last) + ", " +
             std::string(to_string(failures.reason)) + ", " + times(failures.count);
  if (failures.count > 1) out += " since " + date_name(failures.first);
  if (!hard) out += ", in " + std::to_string(evidence.soft_weeks.size()) + " weeks";
  if (!failures.rule.empty()) out += ", rule " + failures.rule;
  auto reply = one_line(failures.reply);
  return reply.empty() ? out : out + ": " + reply;
}

bool is_list(std::string_view file) {
  std::size_t entries = 0, others = 0;
  while (!file.empty()) {
    auto content = list::read_line(without_end(take_line(file))).content;
    entries += content == list::Line::Content::entry ? 1 : 0;
    others += content == list::Line::Content::fault ? 1 : 0;
  }
  return entries >= others;
}

Suppression suppress(std::string_view present, const EvidenceTable& evidence,
                     std::size_t promote_after) {
  Merge merge(evidence, promote_after);
  merge.keep(present);
  merge.add_new();
  return merge.take();
}

}  // namespace mailtrust::delivery
