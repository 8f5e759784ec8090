#include "list/set_text.hpp"

#include <algorithm>
#include <bit>
#include <cstddef>
#include <vector>

#include "list/address_text.hpp"

namespace mailtrust::list {
namespace {

constexpr std::size_t kPiece = 64U << 10;

class Writer {
 public:
  Writer(const SetFormat& format, const std::function<void(std::string_view)>& write)
      : format_(format), write_(write) {
    buffer_.resize(kPiece + kBlockText + format.before.size() + format.after.size() +
                   format.between.size());
  }

  void add(const Block& block) {
    begin();
    at_ = static_cast<std::size_t>(write_block(buffer_.data() + at_, block) - buffer_.data());
    end();
  }

  void add_v4(std::uint32_t first, unsigned length) {
    begin();
    at_ = static_cast<std::size_t>(write_v4(buffer_.data() + at_, first, length) - buffer_.data());
    end();
  }

  void flush() {
    write_({buffer_.data(), at_});
    at_ = 0;
  }

 private:
  void put(std::string_view text) {
    at_ = static_cast<std::size_t>(
        std::copy(text.begin(), text.end(), buffer_.begin() + static_cast<std::ptrdiff_t>(at_)) -
        buffer_.begin());
  }

  void begin() {
    if (any_) put(format_.between);
    any_ = true;
    put(format_.before);
  }

  void end() {
    put(format_.after);
    if (at_ >= kPiece) flush();
  }

  const SetFormat& format_;
  const std::function<void(std::string_view)>& write_;
  std::vector<char> buffer_;
  std::size_t at_ = 0;
  bool any_ = false;
};

// As each_prefix() does, without a call for each of millions.
void add_prefixes(Writer& writer, std::uint32_t first, std::uint32_t last) {
  if (first == last) return writer.add_v4(first, 32);
  std::uint64_t at = first;
  const std::uint64_t end = std::uint64_t{last} + 1;
  while (at < end) {
    unsigned aligned = at == 0 ? 32 : static_cast<unsigned>(std::countr_zero(at));
    unsigned fitting = static_cast<unsigned>(std::bit_width(end - at)) - 1;
    unsigned bits = std::min(aligned, fitting);
    writer.add_v4(static_cast<std::uint32_t>(at), 32 - bits);
    at += std::uint64_t{1} << bits;
  }
}

}  // namespace

void write_set(const AddressSet& set, const SetFormat& format,
               const std::function<void(std::string_view)>& write) {
  Writer writer(format, write);
  if (format.ranges) {
    each_range(set, [&](const Block& range) { writer.add(range); });
  } else {
    for (auto [first, last] : set.v4.intervals()) add_prefixes(writer, first, last);
    for (auto [first, last] : set.v6.intervals())
      each_prefix({net::Family::v6, first, last}, [&](const Block& prefix) { writer.add(prefix); });
  }
  writer.flush();
}

}  // namespace mailtrust::list
