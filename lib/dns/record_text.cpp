#include "dns/record_text.hpp"

namespace mailtrust::dns {

std::string record_text(const Record& record) {
  switch (record.type) {
    case Type::a:
    case Type::aaaa:
      if (auto address = decode_address(record)) return to_string(*address);
      break;
    case Type::mx:
      if (auto mx = decode_mx(record))
        return std::to_string(mx->preference) + ' ' + to_string(mx->exchange);
      break;
    case Type::ns:
    case Type::ptr:
    case Type::cname:
    case Type::dname:
      if (auto name = decode_name(record)) return to_string(*name);
      break;
    case Type::txt:
    case Type::spf:
      if (auto text = decode_txt(record)) return *text;
      break;
    default: break;
  }
  return std::to_string(record.data.size()) + " octets";
}

}  // namespace mailtrust::dns
