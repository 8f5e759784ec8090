// What a domain says about a fail, and the name of an address. RFC 7208 sections 6.2 and 7.3.
#include <algorithm>

#include "base/limits.hpp"
#include "spf/evaluation.hpp"

namespace mailtrust::spf {
namespace {

// RFC 7208 section 7.3: <domain> itself is preferred, then names below it, then the others.
int rank(const dns::Name& name, const dns::Name& domain) {
  if (name == domain) return 0;
  return name.is_within(domain) ? 1 : 2;
}

}  // namespace

std::optional<std::string> Evaluation::explanation_text(const DomainSpec& spec) {
  auto name = target(spec);
  if (!name) return std::nullopt;
  trace_.open(to_string(macros_.domain), "exp=" + spec.text);
  auto answer = resolver_.txt(*name);
  trace_.asked(*name, dns::Type::txt, *answer.answer);
  std::optional<std::string> text;
  if (answer.records.size() == 1) {
    auto parsed = parse_macro_string(answer.records[0], MacroPlace::explanation);
    if (parsed.macro.uses('p')) macros_.validated_name = validated_name();
    if (parsed.valid()) text = expand(parsed.macro, macros_, limits::kMacroExplanation);
  }
  trace_.close(text ? "explained" : "no explanation", "RFC 7208 section 6.2", lookups_,
               void_lookups_);
  return text;
}

std::string Evaluation::validated_name() {
  auto answer = resolver_.ptr(macros_.ip);
  trace_.asked(reverse(), dns::Type::ptr, *answer.answer);
  auto& names = answer.records;
  keep_first(names);
  std::ranges::stable_sort(names, {},
                           [&](const dns::Name& name) { return rank(name, macros_.domain); });
  for (const auto& name : names) {
    auto hosts = resolver_.addresses(name, family());
    trace_.asked(name, address_type(), *hosts.answer);
    if (std::ranges::find(hosts.records, macros_.ip) != hosts.records.end()) return dotted(name);
  }
  return "unknown";
}

}  // namespace mailtrust::spf
