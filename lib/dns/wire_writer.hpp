#pragma once
// Puts a DNS message together. RFC 1035 section 4.1, RFC 2136 section 2.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "dns/resolver.hpp"

namespace mailtrust::dns::wire {

/// The four sections, by their place; in an UPDATE they are zone, prerequisite, update, additional.
enum class Section : std::uint8_t { question, answer, authority, additional };

void append_u16(std::string& out, std::uint16_t value);
void append_u32(std::string& out, std::uint32_t value);

/// Sections are written in their order.
class Writer {
 public:
  Writer(std::uint16_t id, std::uint16_t flags);

  /// The question, or the zone of an UPDATE: names at or below it are compressed to it.
  void question(const Name& name, Type type, std::uint16_t record_class);

  /// `data` holds its names uncompressed, at most 65,535 octets.
  void record(Section section, const Name& owner, Type type, std::uint16_t record_class,
              std::uint32_t ttl, std::string_view data);

  [[nodiscard]] std::size_t size() const { return message_.size(); }

  /// The message as far as it is written.
  [[nodiscard]] std::string message() const;

 private:
  void append_name(const Name& name);

  std::string message_;
  Name question_;
  std::array<std::uint16_t, 4> counts_{};
};

}  // namespace mailtrust::dns::wire
