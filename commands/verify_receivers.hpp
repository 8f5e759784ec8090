#pragma once
// How `verify --receivers` shows what the large receivers would say.

#include <span>

#include "cli/report.hpp"
#include "receivers/receivers.hpp"

namespace mailtrust::commands {

/// `[{"receiver","opinion","rules":[{"id","opinion","text","reason","source","date","old",...}]}]`.
/// "decides" tells whether a rule has a say in the receiver's opinion and is not kept; "remark" is
/// for the page.
cli::Value receivers_value(std::span<const receivers::ReceiverOpinion> opinions);

/// A tree: every receiver with its opinion, under it the rules that decide; all rules with -v.
/// `bulk`: the rules for bulk mail are among them.
cli::Style receivers_style(bool bulk);

}  // namespace mailtrust::commands
