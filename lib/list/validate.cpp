#include "list/validate.hpp"

#include <bit>

#include "base/limits.hpp"
#include "base/number.hpp"
#include "list/lines.hpp"
#include "list/overlap.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kProgressStep = 1U << 16;

class Validator {
 public:
  explicit Validator(const ValidateOptions& options) : options_(options) {}

  Expected<Validation> run(const std::string& path) {
    auto lines = Lines::open(path);
    if (!lines) return fail(lines.error());
    while (auto text = lines->next()) {
      if (lines->number() > kMostLines)
        return fail(Error::Kind::input, path,
                    "more than " + grouped(kMostLines) + " lines; split the file");
      take(*text, *lines);
      if (options_.progress && lines->number() % kProgressStep == 0)
        options_.progress(result_.entries, lines->fraction());
    }
    if (lines->failure()) return fail(*lines->failure());
    compare();
    result_.counts = notes_.counts();
    result_.warnings = notes_.take();
    return std::move(result_);
  }

 private:
  void take(std::string_view text, const Lines& lines) {
    auto number = lines.number();
    if (lines.too_long()) return refuse(number, too_long());
    auto line = read_line(text);
    if (line.content == Line::Content::fault) return refuse(number, diagnose(text));
    if (line.content == Line::Content::entry)
      accept(line, text, static_cast<std::uint32_t>(number));
  }

  static Fault too_long() {
    return {Code::too_long, limits::kListLine + 1,
            "longer than " + grouped(limits::kListLine) + " octets; expected ENTRY;COMMENT"};
  }

  void refuse(std::size_t number, Fault fault) {
    if (++result_.error_count > kMostErrors) return;
    result_.errors.push_back({number, fault.column, fault.code, std::move(fault.message)});
  }

  // `text` is what the line was read from.
  void accept(const Line& line, std::string_view text, std::uint32_t number) {
    count(number);
    for (auto bits = warnings_of(line); bits != 0; bits &= bits - 1) {
      auto code = static_cast<Code>(std::countr_zero(bits));
      notes_.add(code, number, [&] { return describe(code, line); });
    }
    if (line.kind > Kind::range) return take_name(line, number);
    packed_.add(line.block, number);
    if (!options_.providers) return;
    if (providers_ == nullptr) providers_ = &options_.providers();
    if (auto hit = providers_->find(line.block))
      tell(*hit, line.block, number, line.spelled.data() - text.data());
  }

  void tell(const ProviderHit& hit, const Block& block, std::uint32_t number, std::ptrdiff_t at) {
    auto message = [&] { return to_string(block) + ' ' + describe(hit); };
    if (options_.force || !is_careless(block, hit))
      return notes_.add(Code::provider, number, message);
    ++result_.provider_errors;
    refuse(number, {Code::provider, static_cast<std::size_t>(at) + 1,
                    message() + ": denying it loses mail; --force if that is meant"});
  }

  void take_name(const Line& line, std::uint32_t number) {
    personal_ = true;
    auto entry = entry_of(line);
    packed_.names.push_back(options_.pack(entry.name, number));
    if (line.kind == Kind::domain && options_.verdict == Verdict::allow)
      notes_.add(Code::whole_domain, number, [&] {
        return to_string(entry) +
               " bypasses every filter for anyone who forges it; an address is safer";
      });
  }

  void count(std::size_t number) {
    if (++result_.entries == limit() + 1) over_limit_ = number;
  }

  [[nodiscard]] std::size_t limit() const { return options_.limit.value_or(kPersonalLimit); }

  void compare() {
    packed_.sort();
    find_overlaps(packed_, [this](const Overlap& overlap) { tell(overlap); });
    for (const auto& opponents : options_.against)
      find_contradictions(packed_, opponents.packed(), [&](const Contradiction& found) {
        notes_.add(Code::contradiction, found.line, [&] { return text_of(found, opponents); });
      });
    bool limited = options_.limit ? *options_.limit > 0 : personal_;
    if (limited && result_.entries > limit())
      notes_.add(Code::too_many, over_limit_, [&] {
        return grouped(result_.entries) + " entries, more than the " + grouped(limit()) +
               " that --limit allows; this line is the first over it";
      });
  }

  [[nodiscard]] std::string text_of(const Contradiction& found, const Opponents& in) const {
    std::string text = "contradicted";
    if (options_.verdict) text = options_.verdict == Verdict::allow ? "denied" : "allowed";
    if (found.block) text += " by " + to_string(*found.block);
    return text + " in " + in.place_of(found.other);
  }

  void tell(const Overlap& overlap) {
    auto line = "line " + std::to_string(overlap.other);
    if (overlap.duplicate)
      return notes_.add(Code::duplicate, overlap.line,
                        [&] { return "the same entry as in " + line; });
    notes_.add(Code::covered, overlap.line, [&] {
      return "covered by " + (overlap.around ? to_string(*overlap.around) : "the domain") + " in " +
             line;
    });
  }

  const ValidateOptions& options_;
  Validation result_;
  Notes notes_;
  Packed packed_;
  const ProviderRanges* providers_ = nullptr;
  bool personal_ = false;
  std::size_t over_limit_ = 0;
};

}  // namespace

Expected<Validation> validate(const std::string& path, const ValidateOptions& options) {
  return Validator(options).run(path);
}

}  // namespace mailtrust::list
