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

void add_question(Value::Object& object, const spf::TraceQuestion& asked) {
  object.emplace_back("question", to_string(asked.question));
  object.emplace_back("status", to_string(asked.status));
  object.emplace_back("answer", asked.answer);
}

Value node_value(const spf::TraceNode& node, const std::string& step);

// What is below a term: its questions but the first, which is shown beside it, then its terms.
Value::Array steps_below(const spf::TraceNode& node, const std::string& step) {
  Value::Array steps;
  auto next = [&] { return step + '.' + std::to_string(steps.size() + 1); };
  for (std::size_t i = 1; i < node.questions.size(); ++i) {
    auto object = numbered(next());
    add_question(object, node.questions[i]);
    steps.emplace_back(std::move(object));
  }
  for (const auto& child : node.children) steps.push_back(node_value(child, next()));
  return steps;
}

Value node_value(const spf::TraceNode& node, const std::string& step) {
  auto object = numbered(step);
  object.emplace_back("domain", node.domain);
  object.emplace_back("term", node.term);
  if (!node.questions.empty()) add_question(object, node.questions.front());
  object.emplace_back("ending", node.ending);
  object.emplace_back("clause", node.clause);
  object.emplace_back("lookups", node.lookups);
  object.emplace_back("void_lookups", node.void_lookups);
  auto below = steps_below(node, step);
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
          .columns = {"step", "term:", "question", "answer", "lookups", "void_lookups:voids",
                      "ending", "clause"},
          .children = "steps"};
}

}  // namespace mailtrust::commands
