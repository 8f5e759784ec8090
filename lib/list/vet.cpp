#include "list/vet.hpp"

#include <algorithm>
#include <utility>

#include "list/line.hpp"

namespace mailtrust::list {
namespace {

using finding::Finding;

std::string about(const std::string& entry, const std::string& message) {
  return message.starts_with(entry) ? message : entry + ": " + message;
}

class ByItself : public Vetter {
 public:
  void look(const Entry& entry, Verdict verdict, std::string_view where,
            std::vector<Finding>& out) override {
    std::string place(where);
    auto text = to_string(entry);
    if (entry.kind == Kind::domain && verdict == Verdict::allow)
      out.push_back(finding::make("list.whole-domain", place,
                                  text + ": bypasses every filter for anyone who forges it",
                                  "an address is safer"));
    if (!entry.has_block()) return;
    Line line{.content = Line::Content::entry, .kind = entry.kind, .block = entry.block};
    line.spelled = text;
    auto warnings = warnings_of(line);
    auto has = [&](Code code) { return (warnings >> static_cast<unsigned>(code) & 1U) != 0; };
    if (has(Code::special))
      out.push_back(
          finding::make("list.special-purpose", place, about(text, describe(Code::special, line))));
    if (has(Code::wide))
      out.push_back(finding::make("list.wide", place, about(text, describe(Code::wide, line))));
  }
};

class ByProviders : public Vetter {
 public:
  ByProviders(ProviderRanges ranges, bool only_errors)
      : ranges_(std::move(ranges)), only_errors_(only_errors) {}

  void look(const Entry& entry, Verdict verdict, std::string_view where,
            std::vector<Finding>& out) override {
    if (verdict != Verdict::deny || !entry.has_block()) return;
    auto hit = ranges_.find(entry.block);
    if (!hit) return;
    bool careless = is_careless(entry.block, *hit);
    if (only_errors_ && !careless) return;
    auto found =
        finding::make("list.provider", std::string(where), to_string(entry) + ": " + describe(*hit),
                      careless ? "deny single addresses, or use --force" : "");
    if (!careless) found.severity = finding::Severity::warning;
    out.push_back(std::move(found));
  }

 private:
  ProviderRanges ranges_;
  bool only_errors_;
};

// What the lists of the other verdict hold.
class ByLists : public Vetter {
 public:
  Expected<void> read(Store& store, const Listed& listed) {
    return store.each(listed.name, [&](const Stored& stored) {
      if (stored.state != State::active) return true;
      if (stored.entry.has_block())
        blocks_.push_back({stored.entry.block, {}, lists_.size()});
      else
        names_.push_back({stored.entry.name, lists_.size()});
      return true;
    });
  }

  Expected<void> read_all(Store& store, Verdict verdict) {
    auto lists = store.lists();
    if (!lists) return fail(lists.error());
    for (const auto& listed : *lists) {
      if (listed.verdict == verdict) continue;
      if (auto done = read(store, listed); !done) return done;
      lists_.push_back(listed.name);
    }
    prepare();
    return {};
  }

  void look(const Entry& entry, Verdict, std::string_view where,
            std::vector<Finding>& out) override {
    const auto* other = entry.has_block() ? find_block(entry.block) : find_name(entry);
    if (other == nullptr) return;
    out.push_back(finding::make("list.contradiction", std::string(where),
                                to_string(entry) + ": contradicts the list " + *other));
  }

 private:
  struct Known {
    Block block;
    Block reach;  ///< of those up to here, and of the same family, that which ends last
    std::size_t list = 0;
  };

  struct KnownName {
    std::string name;
    std::size_t list = 0;
  };

  void prepare() {
    std::ranges::sort(blocks_, {}, &Known::block);
    std::ranges::sort(names_, {}, &KnownName::name);
    const Known* before = nullptr;
    for (auto& known : blocks_) {
      known.reach = known.block;
      bool longer = before != nullptr && before->reach.family == known.block.family &&
                    before->reach.last > known.block.last;
      if (longer) known.reach = before->reach;
      before = &known;
    }
  }

  // The last that begins no later than the block ends reaches furthest.
  const std::string* find_block(const Block& block) const {
    auto begins_later = [](const Block& a, const Block& b) {
      return a.family != b.family ? a.family < b.family : a.last < b.first;
    };
    auto behind = std::ranges::upper_bound(blocks_, block, begins_later, &Known::block);
    if (behind == blocks_.begin() || !std::prev(behind)->reach.overlaps(block)) return nullptr;
    return &lists_[std::prev(behind)->list];
  }

  const std::string* find_name(const Entry& entry) const {
    auto found = find_equal(entry.name);
    auto at = entry.name.find('@');
    if (found == nullptr && at != std::string::npos) found = find_equal(entry.name.substr(at + 1));
    return found;
  }

  const std::string* find_equal(std::string_view name) const {
    auto found = std::ranges::lower_bound(names_, name, {}, &KnownName::name);
    return found == names_.end() || found->name != name ? nullptr : &lists_[found->list];
  }

  std::vector<Known> blocks_;
  std::vector<KnownName> names_;
  std::vector<std::string> lists_;
};

}  // namespace

std::unique_ptr<Vetter> vet_by_itself() {
  return std::make_unique<ByItself>();
}

std::unique_ptr<Vetter> vet_by_providers(ProviderRanges ranges, bool only_errors) {
  return std::make_unique<ByProviders>(std::move(ranges), only_errors);
}

Expected<std::unique_ptr<Vetter>> vet_by_lists(Store& store, Verdict verdict) {
  auto vetter = std::make_unique<ByLists>();
  if (auto done = vetter->read_all(store, verdict); !done) return fail(done.error());
  return vetter;
}

void look(const Vetters& vetters, const Entry& entry, Verdict verdict, std::string_view where,
          Vetted& out) {
  std::vector<Finding> found;
  for (const auto& vetter : vetters) vetter->look(entry, verdict, where, found);
  for (auto& finding : found) {
    ++out.count;
    out.stops = out.stops || finding.severity == finding::Severity::error;
    if (out.findings.size() < Vetted::kMost) out.findings.push_back(std::move(finding));
  }
}

}  // namespace mailtrust::list
