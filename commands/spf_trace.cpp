#include "commands/spf_trace.hpp"

#include <string>
#include <utility>

namespace mailtrust::commands {
namespace {

using cli::Value;

Value::Object numbered(const std::string& step) {
  Value::Object object;
  object.emplace_back("step", step);
  return object;
}

Value question_value(const spf::TraceQuestion& asked, const std::string& step) {
  auto object = numbered(step);
  object.emplace_back("question", to_string(asked.question));
  object.emplace_back("status", to_string(asked.status));
  object.emplace_back("answer", asked.answer);
  return object;
}

Value node_value(const spf::TraceNode& node, const std::string& step) {
  auto object = numbered(step);
  object.emplace_back("domain", node.domain);
  object.emplace_back("term", node.term);
  object.emplace_back("ending", node.ending);
  object.emplace_back("clause", node.clause);
  object.emplace_back("lookups", node.lookups);
  object.emplace_back("void_lookups", node.void_lookups);
  Value::Array below;
  auto next = [&] { return step + '.' + std::to_string(below.size() + 1); };
  for (const auto& asked : node.questions) below.push_back(question_value(asked, next()));
  for (const auto& child : node.children) below.push_back(node_value(child, next()));
  if (!below.empty()) object.emplace_back("steps", std::move(below));
  return object;
}

}  // namespace

Value trace_value(std::span<const spf::TraceNode> nodes) {
  Value::Array array;
  for (const auto& node : nodes)
    array.push_back(node_value(node, std::to_string(array.size() + 1)));
  return array;
}

cli::Style trace_style() {
  return {.kind = cli::Style::Kind::tree,
          .label = {},
          .columns = {"step term|question", "ending|answer:result", "lookups", "void_lookups:voids",
                      "clause"},
          .children = "steps"};
}

}  // namespace mailtrust::commands
