#include "commands/commands.hpp"

#include <array>

namespace mailtrust::commands {
namespace {

void add_spf(cli::Program& program) {
  program.group("spf", "The Sender Policy Framework (RFC 7208): who may send in a domain's name");
}

void add_dkim(cli::Program& program) {
  program.group("dkim", "DomainKeys Identified Mail (RFC 6376): the keys that a domain signs with");
}

void add_dmarc(cli::Program& program) {
  program.group("dmarc",
                "DMARC (RFC 9989): what becomes of mail that only claims to be a domain's");
}

void add_tls(cli::Program& program) {
  program.group("tls", "TLS between mail servers: what senders report of it (RFC 8460)");
}

void add_list(cli::Program& program) {
  program.group("list",
                "Allow and deny lists: files and kept ones, checked, changed, matched, exported");
}

constexpr auto kContents = std::to_array<cli::Contents>({
    {"check", add_check},
    {"verify", add_verify},
    {"received", add_received},
    {"ip", add_ip},
    {"abuse", add_abuse},
    {"abuse report", add_abuse_report},
    {"abuse read", add_abuse_read},
    {"bounce", add_bounce},
    {"bounce explain", add_bounce_explain},
    {"bounce report", add_bounce_report},
    {"spf", add_spf},
    {"spf check", add_spf_check},
    {"spf flatten", add_spf_flatten},
    {"spf test", add_spf_test},
    {"dkim", add_dkim},
    {"dkim check", add_dkim_check},
    {"dkim keygen", add_dkim_keygen},
    {"dkim sign", add_dkim_sign},
    {"dmarc", add_dmarc},
    {"dmarc check", add_dmarc_check},
    {"dmarc report", add_dmarc_report},
    {"tls", add_tls},
    {"tls report", add_tls_report},
    {"list", add_list},
    {"list add", add_list_add},
    {"list aggregate", add_list_aggregate},
    {"list create", add_list_create},
    {"list decide", add_list_decide},
    {"list diff", add_list_diff},
    {"list drop", add_list_drop},
    {"list edit", add_list_edit},
    {"list export", add_list_export},
    {"list history", add_list_history},
    {"list intersect", add_list_intersect},
    {"list match", add_list_match},
    {"list pause", add_list_pause},
    {"list publish", add_list_publish},
    {"list remove", add_list_remove},
    {"list resume", add_list_resume},
    {"list show", add_list_show},
    {"list stale", add_list_stale},
    {"list subtract", add_list_subtract},
    {"list undo", add_list_undo},
    {"list validate", add_list_validate},
    {"import", add_import},
    {"explain", add_explain},
    {"completions", add_completions},
    {"list-names", add_list_names},
    {"man-options", add_man_options},
});

}  // namespace

std::span<const cli::Contents> all() {
  return kContents;
}

}  // namespace mailtrust::commands
