// The lookups behind an answer as data.
#include <algorithm>

#include "cli/render.hpp"

namespace mailtrust::cli {
namespace {

// Records of other types are shown by their number of octets only: nobody reads them here.
std::string record_text(const dns::Record& record) {
  switch (record.type) {
    case dns::Type::a:
    case dns::Type::aaaa:
      if (auto address = dns::decode_address(record)) return to_string(*address);
      break;
    case dns::Type::mx:
      if (auto mx = dns::decode_mx(record))
        return std::to_string(mx->preference) + ' ' + to_string(mx->exchange);
      break;
    case dns::Type::ns:
    case dns::Type::ptr:
    case dns::Type::cname:
    case dns::Type::dname:
      if (auto name = dns::decode_name(record)) return to_string(*name);
      break;
    case dns::Type::txt:
    case dns::Type::spf:
      if (auto text = dns::decode_txt(record)) return *text;
      break;
    default: break;
  }
  return std::to_string(record.data.size()) + " octets";
}

Value records_value(const std::vector<dns::Record>& records) {
  Value::Array array;
  for (const auto& record : records) array.emplace_back(record_text(record));
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
