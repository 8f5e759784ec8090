#pragma once
// The table of contents: every command there is.

#include <span>

#include "cli/program.hpp"

namespace mailtrust::commands {

std::span<const cli::Contents> all();

void add_abuse(cli::Program& program);
void add_abuse_read(cli::Program& program);
void add_abuse_report(cli::Program& program);
void add_bounce(cli::Program& program);
void add_bounce_explain(cli::Program& program);
void add_bounce_report(cli::Program& program);
void add_check(cli::Program& program);
void add_completions(cli::Program& program);
void add_dkim_check(cli::Program& program);
void add_dkim_keygen(cli::Program& program);
void add_dkim_sign(cli::Program& program);
void add_dmarc_check(cli::Program& program);
void add_dmarc_report(cli::Program& program);
void add_explain(cli::Program& program);
void add_import(cli::Program& program);
void add_ip(cli::Program& program);
void add_list_add(cli::Program& program);
void add_list_aggregate(cli::Program& program);
void add_list_create(cli::Program& program);
void add_list_decide(cli::Program& program);
void add_list_diff(cli::Program& program);
void add_list_drop(cli::Program& program);
void add_list_edit(cli::Program& program);
void add_list_export(cli::Program& program);
void add_list_history(cli::Program& program);
void add_list_intersect(cli::Program& program);
void add_list_match(cli::Program& program);
void add_list_names(cli::Program& program);
void add_list_pause(cli::Program& program);
void add_list_publish(cli::Program& program);
void add_list_remove(cli::Program& program);
void add_list_resume(cli::Program& program);
void add_list_show(cli::Program& program);
void add_list_stale(cli::Program& program);
void add_list_subtract(cli::Program& program);
void add_list_undo(cli::Program& program);
void add_list_validate(cli::Program& program);
void add_man_options(cli::Program& program);
void add_received(cli::Program& program);
void add_spf_check(cli::Program& program);
void add_spf_flatten(cli::Program& program);
void add_spf_test(cli::Program& program);
void add_tls_report(cli::Program& program);
void add_verify(cli::Program& program);

}  // namespace mailtrust::commands
