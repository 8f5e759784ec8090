// mailtrust list decide ADDR...
// Which entry of which list decides about an address and a sender.
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/once.hpp"
#include "cli/program.hpp"
#include "commands/commands.hpp"
#include "commands/store_place.hpp"
#include "list/covering.hpp"

namespace mailtrust::commands {
namespace {

using Kind = cli::Style::Kind;
using list::Verdict;
using list::Voice;

struct FileOption {
  std::string path;
  Verdict verdict;
};

struct Options {
  std::string sender;
  std::vector<FileOption> files;
  std::vector<std::string> names;
};

/// The lists of one run, read when the first address is judged.
class Lists {
 public:
  Expected<list::Decision> decide(const list::Visitor& visitor, const Options& options,
                                  const cli::Context& context) {
    once_.run([&] { ready_ = read(options, context); });
    if (!ready_) return fail(ready_.error());
    return panel_.decide(visitor);
  }

  /// Exclusive lists that are empty.
  [[nodiscard]] const std::vector<std::string>& admit_everyone() const { return admit_everyone_; }

 private:
  Expected<void> read(const Options& options, const cli::Context& context) {
    for (const auto& file : options.files) {
      auto member = list::member_of_file(file.path, file.verdict);
      if (!member) return fail(member.error());
      panel_.add(std::move(*member));
    }
    // Whoever names files alone does not mean the store.
    if (!options.files.empty() && options.names.empty()) return {};
    auto path = list::store_path(context.globals.store);
    if (!path) return fail(path.error());
    auto kept = list::members_of_store(*path, options.names, context.now);
    if (!kept) return fail(kept.error());
    for (auto& member : kept->members) panel_.add(std::move(member));
    admit_everyone_ = std::move(kept->admit_everyone);
    return {};
  }

  Once once_;
  Expected<void> ready_;
  list::Panel panel_;
  std::vector<std::string> admit_everyone_;
};

std::string entry_text(const Voice& voice) {
  return voice.entry ? to_string(*voice.entry) : "whoever is not listed";
}

cli::Value value_of(const Voice& voice) {
  cli::Value::Object object;
  object.emplace_back("list", voice.list);
  object.emplace_back("decision", to_string(voice.verdict));
  object.emplace_back("entry", voice.entry ? cli::Value(to_string(*voice.entry)) : cli::Value());
  object.emplace_back("comment", voice.comment);
  return object;
}

cli::Value values_of(const std::vector<Voice>& voices) {
  cli::Value::Array array;
  for (const auto& voice : voices) array.push_back(value_of(voice));
  return array;
}

std::string headline(const std::string& ip, const list::Decision& decision) {
  if (!decision.by) return ip + ": no list has an opinion";
  const auto& by = *decision.by;
  auto verdict = by.verdict == Verdict::allow ? ": allowed by " : ": denied by ";
  return ip + verdict + by.list + (by.entry ? ", " : ", which admits only those listed: not ") +
         (by.entry ? to_string(*by.entry) : ip);
}

void add_findings(cli::Report& report, const std::string& ip, const list::Decision& decision) {
  const auto& by = decision.by;
  if (decision.verdict() == Verdict::allow && by->entry->kind == list::Kind::domain)
    report.finding(
        finding::make("list.whole-domain", ip,
                      entry_text(*by) + " bypasses every filter for anyone who forges it",
                      "allow the addresses its mail comes from"));
  auto bypassed = decision.bypasses();
  if (bypassed.empty()) return;
  report.finding(finding::make("list.bypass", ip,
                               entry_text(*decision.by) + " in " + decision.by->list +
                                   " bypasses " + entry_text(bypassed.front()) + " in " +
                                   bypassed.front().list,
                               "pause or remove the allow entry if the denial is meant to count"));
}

cli::Report report_of(const std::string& ip, const list::Decision& decision) {
  cli::Report report;
  const auto& by = decision.by;
  bool entry = by && by->entry;
  report.json("ip", ip)
      .field("decision", by ? to_string(by->verdict) : "none",
             {.kind = Kind::title, .label = headline(ip, decision)})
      .json("list", by ? cli::Value(by->list) : cli::Value())
      .json("entry", entry ? cli::Value(to_string(*by->entry)) : cli::Value())
      .field("comment", entry ? cli::Value(by->comment) : cli::Value())
      .field("shadows", values_of(decision.shadows),
             {.kind = Kind::table,
              .label = "goes before",
              .columns = {"entry", "decision", "list", "comment"}})
      .json("bypasses", values_of(decision.bypasses()))
      .findings({})
      .judge(decision.verdict() == Verdict::deny ? cli::Verdict::bad : cli::Verdict::good);
  add_findings(report, ip, decision);
  return report;
}

cli::Report judge(const net::Address& address, const Options& options, Lists& lists,
                  const cli::Context& context) {
  auto visitor = list::Visitor{address.unmapped(), options.sender};
  auto ip = to_string(visitor.address);
  auto decision = lists.decide(visitor, options, context);
  cli::Report report;
  if (!decision) return report.json("ip", ip).error(decision.error());
  report = report_of(ip, *decision);
  for (const auto& name : lists.admit_everyone())
    report.finding(finding::make("list.exclusive-empty", name,
                                 "the exclusive list " + name + " is empty and admits everyone",
                                 "add those who are to be admitted, yourself first"));
  return report;
}

}  // namespace

void add_list_decide(cli::Program& program) {
  auto options = std::make_shared<Options>();
  auto lists = std::make_shared<Lists>();
  auto sender = [options](std::string_view text) -> Expected<void> {
    auto mailbox = list::parse_sender(text);
    if (!mailbox) return fail(mailbox.error());
    options->sender = std::move(*mailbox);
    return {};
  };
  auto file = [options](Verdict verdict) {
    return [options, verdict](std::string_view text) -> Expected<void> {
      options->files.push_back({std::string(text), verdict});
      return {};
    };
  };
  auto name = [options](std::string_view text) -> Expected<void> {
    auto parsed = list::parse_list_name(text);
    if (!parsed) return fail(parsed.error());
    options->names.push_back(std::move(*parsed));
    return {};
  };
  program.command("list decide", "Allow, deny or no opinion: which entry decides, and over what")
      .writes(store_place)
      .option("--sender", "ADDRESS", "the envelope sender, user@example.org", sender)
      .option("--list", "NAME", "ask this list of the store, instead of all of them", name,
              {.repeatable = true, .completes = cli::Completes::list})
      .option("--allow", "FILE", "ask this allow list file too", file(Verdict::allow),
              {.repeatable = true, .completes = cli::Completes::file})
      .option("--deny", "FILE", "ask this deny list file too", file(Verdict::deny),
              {.repeatable = true, .completes = cli::Completes::file})
      .inputs("ADDR", "IPv4 or IPv6 address",
              cli::judge_each<net::Address>(
                  net::Address::parse, "ip",
                  [options, lists](const net::Address& address, cli::Context& context) {
                    return judge(address, *options, *lists, context);
                  }),
              {.kind = cli::Work::Kind::computes, .questions = 0, .key = "ip"});
}

}  // namespace mailtrust::commands
