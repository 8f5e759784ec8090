#pragma once
// DNS messages built by hand, right ones and wrong ones, for the tests of what reads them.

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "dns/resolver.hpp"

namespace mailtrust::dns::test {

inline Name name(std::string_view text) {
  return *Name::read(text);
}

inline std::string u16(unsigned value) {
  return {static_cast<char>(value >> 8 & 0xff), static_cast<char>(value & 0xff)};
}

inline std::string u32(std::uint32_t value) {
  return u16(value >> 16) + u16(value & 0xffff);
}

inline std::string octets_of(std::string_view text) {
  return std::string(name(text).wire());
}

/// A pointer to the name of the question, which is where it stands in every message.
inline const std::string kQuestionName = "\xc0\x0c";

/// RDATA of a TXT record with one string.
inline std::string text(std::string_view string) {
  return static_cast<char>(string.size()) + std::string(string);
}

/// A record whose owner is given in wire form.
inline std::string record(const std::string& owner, Type type, const std::string& data,
                          std::uint32_t ttl = 300, unsigned record_class = 1) {
  return owner + u16(static_cast<unsigned>(type)) + u16(record_class) + u32(ttl) +
         u16(static_cast<unsigned>(data.size())) + data;
}

inline std::string soa(std::string_view zone, std::uint32_t ttl = 300,
                       std::uint32_t minimum = 300) {
  return record(octets_of(zone), Type::soa,
                octets_of("ns.example") + octets_of("hostmaster.example") + u32(1) + u32(2) +
                    u32(3) + u32(4) + u32(minimum),
                ttl);
}

/// An OPT record; `rcode` holds the upper eight bits of the extended rcode.
inline std::string opt(unsigned rcode = 0) {
  return record(std::string(1, '\0'), Type::opt, "", rcode << 24, 1232);
}

/// A message put together from its parts; the counts follow what was added.
struct Message {
  unsigned flags = 0x8180;  ///< QR, RD, RA
  std::string question;
  std::string answers = {};
  std::string authority = {};
  std::string additional = {};
  unsigned counts[4] = {1, 0, 0, 0};

  explicit Message(const Question& asked)
      : question(std::string(asked.name.wire()) + u16(static_cast<unsigned>(asked.type)) + u16(1)) {
  }

  Message& rcode(unsigned value) {
    flags |= value;
    return *this;
  }

  Message& set(unsigned bits) {
    flags |= bits;
    return *this;
  }

  Message& clear(unsigned bits) {
    flags &= ~bits;
    return *this;
  }

  Message& answer(const std::string& record) {
    answers += record;
    ++counts[1];
    return *this;
  }

  Message& authorize(const std::string& record) {
    authority += record;
    ++counts[2];
    return *this;
  }

  Message& add(const std::string& record) {
    additional += record;
    ++counts[3];
    return *this;
  }

  /// Overrides the count of a section: 0 question, 1 answer, 2 authority, 3 additional.
  Message& count(int section, unsigned value) {
    counts[section] = value;
    return *this;
  }

  [[nodiscard]] std::string octets(unsigned id = 0x1234) const {
    std::string out = u16(id) + u16(flags);
    for (unsigned value : counts) out += u16(value);
    return out + question + answers + authority + additional;
  }
};

}  // namespace mailtrust::dns::test
