// Is there one record, and is it written right? RFC 7208 sections 3, 4.5 and 4.6.
#include <algorithm>
#include <optional>

#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "spf/lint_rules.hpp"
#include "spf/publish.hpp"
#include "spf/suggest.hpp"

namespace mailtrust::spf {
namespace {

// Of several records: every mechanism once, then the mildest "all" that does not open the domain to
// everybody. Nothing when one of them is faulty or redirects.
std::optional<std::string> merged(const std::vector<std::string>& texts) {
  std::string out = "v=spf1";
  std::string all = " -all";
  std::vector<std::string> seen;
  for (const auto& text : texts) {
    auto parsed = parse_record(text);
    if (!parsed.valid() || parsed.record.redirect) return std::nullopt;
    for (const auto& directive : parsed.record.directives) {
      if (std::holds_alternative<All>(directive.mechanism)) {
        if (directive.qualifier != Qualifier::fail) all = " ~all";
        break;
      }
      if (std::ranges::find(seen, directive.text) != seen.end()) continue;
      seen.push_back(directive.text);
      out += ' ' + directive.text;
    }
  }
  return out + all;
}

void judge_several(Lint& lint, const Node& root) {
  auto count = std::to_string(root.texts.size());
  std::string hint = "publish one record that holds the terms of all, and remove the others";
  if (auto text = merged(root.texts)) hint += paste(lint, root, *text);
  lint.add("spf.multiple-records", to_string(root.domain),
           count + " SPF records: receivers take that for a permanent error", hint);
}

// What the record to paste has in place of a faulty term: the guess, or nothing.
void note_repair(Lint& lint, const Node& node, const SyntaxError& error) {
  auto better = suggest(error.term);
  if (better && error.kind != SyntaxError::Kind::repeated_modifier)
    lint.replace(node, error.term_column, *better);
  else
    lint.take_out(node, error.term_column);
}

std::string syntax_hint(const SyntaxError& error) {
  if (error.kind == SyntaxError::Kind::repeated_modifier) return "remove the second one";
  if (auto better = suggest(error.term)) return "did you mean " + quote(*better) + '?';
  return "correct " + quote(error.term) + " or remove it";
}

bool is_term(std::string_view text) {
  if (text.empty() || text.find(' ') != std::string_view::npos) return false;
  auto parsed = parse_record("v=spf1 " + std::string(text));
  return parsed.valid() && parsed.record.unknown.empty();
}

// Would the text on both sides of a joint be terms, if there were a space between them?
bool lacks_space(std::string_view record, std::size_t joint) {
  if (joint == 0 || joint >= record.size()) return false;
  if (record[joint - 1] == ' ' || record[joint] == ' ') return false;
  auto begin = record.rfind(' ', joint - 1);
  if (begin == std::string_view::npos) return false;
  auto end = std::min(record.find(' ', joint), record.size());
  return is_term(record.substr(begin + 1, joint - begin - 1)) &&
         is_term(record.substr(joint, end - joint));
}

void judge_joints(Lint& lint, const Node& node) {
  const auto& text = node.parsed.record.text;
  auto whole = text;
  std::vector<std::size_t> bad;
  for (auto joint : node.joints)
    if (lacks_space(text, joint)) bad.push_back(joint);
  for (auto joint = bad.rbegin(); joint != bad.rend(); ++joint) whole.insert(*joint, 1, ' ');
  for (auto joint : bad)
    lint.add("spf.split-strings", node, joint + 1,
             "two terms run into each other where a new string of the TXT record begins",
             "put a space at the end of the string before it" + paste(lint, node, whole));
}

}  // namespace

void judge_presence(Lint& lint, const Node& root) {
  auto where = to_string(root.domain);
  for (const auto& text : root.almost)
    lint.add("spf.not-quite-spf", where,
             quote(text) + " is no SPF record: it does not begin with \"v=spf1\" and a space",
             "correct its beginning, or remove it");
  switch (root.status) {
    case RecordStatus::found: return;
    case RecordStatus::several: return judge_several(lint, root);
    case RecordStatus::missing:
      return lint.add("spf.missing", where, "no SPF record",
                      "publish one that names your senders, here the domain's mail hosts" +
                          paste(lint, root, "v=spf1 mx -all"));
    case RecordStatus::undetermined:
      return lint.add("spf.dns-trouble", where,
                      "DNS did not tell whether there is a record: " + root.unknown_reason,
                      "try again later");
  }
}

void judge_syntax(Lint& lint, const Node& node) {
  judge_joints(lint, node);
  for (const auto& error : node.parsed.errors) {
    note_repair(lint, node, error);
    lint.add("spf.syntax", node, error.column, error.message, syntax_hint(error));
  }
}

void judge_size(Lint& lint, const Node& node) {
  auto octets = node.answer_octets();
  auto size = std::to_string(octets) + " octets";
  auto shared = node.other_octets > answer_octets(node.domain, "") + 20
                    ? "; other TXT records of the name are a part of it"
                    : "";
  if (octets > kMostAnswer) {
    lint.add("spf.record-too-long", to_string(node.domain),
             "the answer with this record has " + size + ", more than the " +
                 std::to_string(kMostAnswer) + " that pass everywhere by UDP" + shared,
             "shorten it, or split it by include: into several names");
  } else if (octets > kPlainAnswer) {
    lint.add("spf.long-record", to_string(node.domain),
             "the answer with this record has " + size + ", more than the " +
                 std::to_string(kPlainAnswer) + " that resolvers take without EDNS" + shared,
             "keep the record below 450 characters");
  }
}

}  // namespace mailtrust::spf
