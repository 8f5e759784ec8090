#include "dns/wire_writer.hpp"

namespace mailtrust::dns::wire {
namespace {

constexpr std::size_t kCounts = 4;                  // where in the header they begin
constexpr std::uint16_t kToQuestion = 0xc000 | 12;  // RFC 1035 section 4.1.4

}  // namespace

void append_u16(std::string& out, std::uint16_t value) {
  out += static_cast<char>(value >> 8);
  out += static_cast<char>(value & 0xff);
}

void append_u32(std::string& out, std::uint32_t value) {
  append_u16(out, static_cast<std::uint16_t>(value >> 16));
  append_u16(out, static_cast<std::uint16_t>(value & 0xffff));
}

Writer::Writer(std::uint16_t id, std::uint16_t flags) {
  append_u16(message_, id);
  append_u16(message_, flags);
  message_.append(8, '\0');
}

void Writer::question(const Name& name, Type type, std::uint16_t record_class) {
  question_ = name;
  message_ += name.wire();
  append_u16(message_, static_cast<std::uint16_t>(type));
  append_u16(message_, record_class);
  ++counts_[0];
}

void Writer::record(Section section, const Name& owner, Type type, std::uint16_t record_class,
                    std::uint32_t ttl, std::string_view data) {
  append_name(owner);
  append_u16(message_, static_cast<std::uint16_t>(type));
  append_u16(message_, record_class);
  append_u32(message_, ttl);
  append_u16(message_, static_cast<std::uint16_t>(data.size()));
  message_ += data;
  ++counts_.at(static_cast<std::size_t>(section));
}

std::string Writer::message() const {
  auto message = message_;
  std::string counts;
  for (auto count : counts_) append_u16(counts, count);
  return message.replace(kCounts, counts.size(), counts);
}

void Writer::append_name(const Name& name) {
  if (question_.is_root() || !name.is_within(question_)) {
    message_ += name.wire();
    return;
  }
  message_ += name.wire().substr(0, name.wire().size() - question_.wire().size());
  append_u16(message_, kToQuestion);
}

}  // namespace mailtrust::dns::wire
