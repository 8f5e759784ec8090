// The lookups behind an answer as data.
#include <algorithm>

#include "cli/render.hpp"
#include "dns/record_text.hpp"

namespace mailtrust::cli {
namespace {

Value records_value(const std::vector<dns::Record>& records) {
  Value::Array array;
  for (const auto& record : records) array.emplace_back(dns::record_text(record));
  return array;
}

Value one(const dns::Evidence& evidence) {
  const auto& [question, answer] = evidence;
  Value::Object object = {{"name", to_string(question.name)},
                          {"type", to_string(question.type)},
                          {"status", dns::to_string(answer->status)}};
  if (answer->status == dns::Status::failed)
    object.emplace_back("failure", dns::to_string(answer->failure));
  if (!answer->aliases.empty()) object.emplace_back("aliases", records_value(answer->aliases));
  object.emplace_back("records", records_value(answer->records));
  return object;
}

}  // namespace

Value evidence_value(std::span<const dns::Evidence> evidence) {
  Value::Array array;
  for (const auto& item : evidence) array.push_back(one(item));
  return array;
}

}  // namespace mailtrust::cli
