// Members of a zip whose directory is missing or damaged: each has a head of its own (APPNOTE
// section 4.3.7).
#include <algorithm>
#include <cstdint>
#include <optional>

#include "archive/budget.hpp"
#include "archive/gzip.hpp"
#include "archive/zip.hpp"

namespace mailtrust::archive {
namespace {

constexpr std::string_view kHead = "PK\x03\x04";
constexpr std::size_t kHeadSize = 30;

struct Head {
  bool is_encrypted = false;
  bool is_size_behind = false;  ///< a "data descriptor" behind the data has it
  unsigned method = 0;
  std::size_t packed = 0;
  std::string_view name;
  std::size_t data_at = 0;  ///< from the start of the head
};

std::uint32_t number(std::string_view octets, std::size_t at, std::size_t width) {
  std::uint32_t value = 0;
  for (std::size_t i = width; i > 0; --i)
    value = value << 8 | static_cast<unsigned char>(octets[at + i - 1]);
  return value;
}

std::optional<Head> read_head(std::string_view octets) {
  if (octets.size() < kHeadSize) return std::nullopt;
  Head head;
  auto flags = number(octets, 6, 2);
  head.is_encrypted = (flags & 1U) != 0;
  head.is_size_behind = (flags & 8U) != 0;
  head.method = number(octets, 8, 2);
  head.packed = number(octets, 18, 4);
  auto name_size = number(octets, 26, 2);
  head.name = octets.substr(kHeadSize, name_size);
  head.data_at = kHeadSize + name_size + number(octets, 28, 2);
  if (head.data_at > octets.size()) return std::nullopt;
  return head;
}

class HeadReader {
 public:
  HeadReader(std::string_view octets, const Sink& sink, const Bounds& bounds)
      : octets_(octets), sink_(sink), budget_(bounds) {}

  Expected<void> read() {
    bool is_any = false;
    while (true) {
      at_ = octets_.find(kHead, at_);
      auto head = at_ < octets_.size() ? read_head(octets_.substr(at_)) : std::nullopt;
      if (!head) break;
      at_ += head->data_at;
      if (head->name.ends_with('/')) continue;
      is_any = true;
      if (!budget_.take_member()) return budget_.too_many();
      auto member = member_of(*head);
      if (!member) return budget_.too_large();
      if (!sink_(*member) || at_ >= octets_.size()) return {};
    }
    if (!is_any) sink_({{}, {}, "the zip is damaged: no member can be found"});
    return {};
  }

 private:
  // Moves behind the data. Where they end is not known when they are damaged and have their size
  // behind them: then nothing that follows can be told from them.
  std::optional<Member> member_of(const Head& head) {
    Member member{std::string(head.name), {}, "the directory of the zip is damaged"};
    auto data = octets_.substr(at_);
    if (!head.is_size_behind) data = data.substr(0, head.packed);
    auto consumed = std::optional(data.size());
    constexpr unsigned kStored = 0;
    constexpr unsigned kDeflated = 8;
    if (head.is_encrypted)
      member.fault = "it is encrypted";
    else if (head.method == kDeflated)
      consumed = inflate(data, member);
    else if (head.method == kStored && !head.is_size_behind)
      member.octets = data;
    else
      member.fault = "it is packed in a way that is not known here";
    if (!consumed || member.octets.size() > budget_.left()) return std::nullopt;
    budget_.take_octets(member.octets.size());
    at_ += head.is_size_behind ? *consumed : data.size();
    return member;
  }

  // How many octets of `data` it took; nothing over the limit.
  std::optional<std::size_t> inflate(std::string_view data, Member& member) {
    auto inflated = inflate_raw(data, *room_, budget_.left());
    if (inflated.is_over) return std::nullopt;
    member.octets = (*room_).first(inflated.size);
    if (inflated.fault.empty()) return inflated.consumed;
    member.fault = inflated.fault;
    return data.size();
  }

  std::string_view octets_;
  const Sink& sink_;
  Budget budget_;
  LentRoom room_;
  std::size_t at_ = 0;
};

}  // namespace

Expected<void> unzip_by_heads(std::string_view octets, const Sink& sink, const Bounds& bounds) {
  return HeadReader(octets, sink, bounds).read();
}

}  // namespace mailtrust::archive
