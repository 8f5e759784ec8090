#include "arc/sets.hpp"

#include <algorithm>
#include <array>

#include "authres/scanner.hpp"
#include "base/ascii.hpp"
#include "base/escape.hpp"
#include "base/limits.hpp"
#include "base/number.hpp"
#include "dkim/canonical.hpp"
#include "tag_list/tag_list.hpp"

namespace mailtrust::arc {
namespace {

using message::Field;

struct Kind {
  std::string_view name;
  const Field* FieldSet::*place;
};

constexpr std::array kKinds = {
    Kind{"ARC-Authentication-Results", &FieldSet::results},
    Kind{"ARC-Message-Signature", &FieldSet::message_signature},
    Kind{"ARC-Seal", &FieldSet::seal},
};

const Kind* kind_of(const Field& field) {
  auto same = [&](const Kind& kind) { return ascii::iequals(field.name, kind.name); };
  const auto* kind = std::ranges::find_if(kKinds, same);
  return kind == kKinds.end() ? nullptr : kind;
}

// RFC 8617 section 4.1.1: arc-info = instance [CFWS] ";" ... Leaves `in` after the semicolon.
std::string_view take_leading_instance(authres::Scanner& in) {
  if (!in.skip_cfws() || in.take_token() != "i" || !in.skip_cfws() || !in.take('=')) return {};
  if (!in.skip_cfws()) return {};
  auto instance = in.take_token();
  return in.skip_cfws() && in.take(';') ? instance : std::string_view();
}

std::string instance_text(const Kind& kind, const Field& field) {
  if (kind.place == &FieldSet::results) {
    authres::Scanner in(field.value);
    return std::string(take_leading_instance(in));
  }
  auto tags = tag_list::parse(field.value, tag_list::Charset::utf8);
  const auto* tag = tags.find("i");
  return tag == nullptr ? std::string() : tag->value;
}

// RFC 8617 section 4.2.1: one or two digits, 1 to 50. Nothing for anything else.
std::optional<unsigned> read_instance(std::string_view text) {
  auto instance = text.size() > 2 ? std::nullopt : parse_number<unsigned>(text);
  if (!instance || *instance == 0 || *instance > limits::kArcSets) return std::nullopt;
  return instance;
}

std::string named(const Kind& kind, unsigned instance) {
  return std::string(kind.name) + " of instance " + std::to_string(instance);
}

class Gatherer {
 public:
  void take(const Field& field) {
    const auto* kind = kind_of(field);
    if (kind == nullptr) return;
    gathered_.any = true;
    auto text = instance_text(*kind, field);
    auto instance = read_instance(text);
    if (!instance)
      return complain(std::string(kind->name) + " in line " + std::to_string(field.line) +
                          (text.empty() ? " has no instance" : " has the instance " + quote(text)) +
                          "; expected i=1 to i=" + std::to_string(limits::kArcSets),
                      "RFC 8617 section 4.2.1");
    auto& set = sets_[*instance];
    set.instance = *instance;
    auto& place = set.*(kind->place);
    if (place != nullptr)
      return complain("there are two " + named(*kind, *instance), "RFC 8617 section 4.2.1");
    place = &field;
  }

  Gathered finish() && {
    for (auto& set : sets_)
      if (set.instance != 0) gathered_.sets.push_back(set);
    for (std::size_t i = 0; i < gathered_.sets.size(); ++i)
      require_whole(gathered_.sets[i], static_cast<unsigned>(i + 1));
    return std::move(gathered_);
  }

 private:
  // RFC 8617 section 5.2 step 3: no gap, nothing missing.
  void require_whole(const FieldSet& set, unsigned expected) {
    if (set.instance != expected)
      return complain("there is an instance " + std::to_string(set.instance) +
                          ", but no instance " + std::to_string(expected),
                      "RFC 8617 section 5.2");
    for (const auto& kind : kKinds)
      if (set.*(kind.place) == nullptr)
        complain("there is no " + named(kind, set.instance), "RFC 8617 section 5.2");
  }

  void complain(std::string reason, std::string_view clause) {
    if (!gathered_.fault) gathered_.fault = Fault{std::move(reason), clause};
  }

  Gathered gathered_;
  std::array<FieldSet, limits::kArcSets + 1> sets_;
};

void append_relaxed(std::string& out, const Field& field) {
  dkim::append_canonical(out, field.raw, dkim::Canonicalization::relaxed);
}

}  // namespace

Gathered gather(const message::Header& header) {
  Gatherer gatherer;
  for (const auto& field : header.fields()) gatherer.take(field);
  return std::move(gatherer).finish();
}

void append_set(std::string& earlier, const FieldSet& set) {
  append_relaxed(earlier, *set.results);
  append_relaxed(earlier, *set.message_signature);
  append_relaxed(earlier, *set.seal);
}

std::string sealed_octets(std::string_view earlier, const FieldSet& last) {
  std::string octets(earlier);
  append_relaxed(octets, *last.results);
  append_relaxed(octets, *last.message_signature);
  dkim::append_canonical(octets, dkim::without_signature(last.seal->raw),
                         dkim::Canonicalization::relaxed);
  if (octets.ends_with("\r\n")) octets.resize(octets.size() - 2);
  return octets;
}

std::string results_of(const message::Field& field) {
  authres::Scanner in(field.value);
  if (take_leading_instance(in).empty()) return message::unfold(field.value);
  return message::unfold(field.value.substr(in.position()));
}

}  // namespace mailtrust::arc
