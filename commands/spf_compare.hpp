#pragma once
// Two SPF records beside each other: what a change would do.

#include <optional>
#include <string>
#include <string_view>

#include "cli/program.hpp"
#include "dns/overlay_resolver.hpp"
#include "spf/survey.hpp"

namespace mailtrust::commands {

struct CompareOptions {
  std::optional<std::string> old_side;  ///< a record, a zone file, or a domain
  std::optional<dns::Name> domain;      ///< whose records they are
};

/// `spf check --diff OLD NEW`; the input is NEW.
cli::Report compare(const cli::Input& input, cli::Context& context, const CompareOptions& options);

/// Puts `record` in the place of the domain's SPF records; its other TXT records stay.
void publish(dns::OverlayResolver& overlay, dns::Resolver& resolver, const dns::Name& domain,
             const std::string& record);

/// Adds what the change would do; where DNS did not tell, the report becomes "could not tell".
void add_change(cli::Report& report, const spf::Survey& before, const spf::Survey& after);

}  // namespace mailtrust::commands
