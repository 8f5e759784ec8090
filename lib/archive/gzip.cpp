#include "archive/gzip.hpp"

#include <algorithm>
#include <cstring>
#include <memory>

#include <libdeflate.h>

#include "base/inflater.hpp"
#include "base/number.hpp"
#include "base/of_thread.hpp"

namespace mailtrust::archive {
namespace {

constexpr std::string_view kMagic = "\x1f\x8b";

struct FreeDecompressor {
  void operator()(libdeflate_decompressor* decompressor) const {
    ::libdeflate_free_decompressor(decompressor);
  }
};

using Decompressor = std::unique_ptr<libdeflate_decompressor, FreeDecompressor>;

libdeflate_decompressor* decompressor() {
  auto& kept = of_thread<Decompressor, Decompressor>();
  if (!kept) kept.reset(::libdeflate_alloc_decompressor());
  if (!kept) throw std::bad_alloc();
  return kept.get();
}

using Decompress = decltype(&::libdeflate_gzip_decompress_ex);

// libdeflate says nothing of how much it will be, and a claimed size is a claim: the room doubles
// until it fits, so that the work is at most twice that of one go.
libdeflate_result inflate_one(Decompress decompress, std::string_view packed, Room& room,
                              Inflated& out, std::size_t most) {
  while (true) {
    std::size_t consumed = 0;
    std::size_t written = 0;
    auto free = std::min(room.size(), most) - out.size;
    auto result = decompress(decompressor(), packed.data(), packed.size(), room.data() + out.size,
                             free, &consumed, &written);
    if (result == LIBDEFLATE_SUCCESS) {
      out.size += written;
      out.consumed += consumed;
    }
    if (result != LIBDEFLATE_INSUFFICIENT_SPACE || room.size() >= most) return result;
    room.grow(std::min(most, room.size() * 2));
  }
}

// libdeflate gives nothing of what is damaged; zlib gives what came out in front of it.
Inflater::Outcome salvage(Inflater& inflater, std::string_view packed, Room& room, Inflated& out,
                          std::size_t most) {
  return inflater.add(packed, [&](std::string_view piece) {
    out.is_over = piece.size() > most - out.size;
    if (out.is_over) return false;
    room.grow(std::min(most, std::max(room.size(), 2 * (out.size + piece.size()))));
    std::memcpy(room.data() + out.size, piece.data(), piece.size());
    out.size += piece.size();
    return true;
  });
}

void salvage_gzip(std::string_view packed, Room& room, Inflated& out, std::size_t most) {
  Inflater inflater;
  auto outcome = salvage(inflater, packed, room, out, most);
  out.fault = outcome == Inflater::Outcome::damaged
                  ? "the gzip data are damaged or their checksum does not match"
                  : "the gzip data are cut: their end is missing";
}

std::string fault_behind(std::string_view rest) {
  if (rest.find_first_not_of('\0') == std::string_view::npos) return {};
  return grouped(rest.size()) + " octets behind the gzip data belong to nothing";
}

}  // namespace

Inflated inflate_gzip(std::string_view packed, Room& room, std::size_t most) {
  Inflated out;
  do {
    auto rest = packed.substr(out.consumed);
    auto result = inflate_one(&::libdeflate_gzip_decompress_ex, rest, room, out, most);
    out.is_over = result == LIBDEFLATE_INSUFFICIENT_SPACE;
    if (result == LIBDEFLATE_BAD_DATA) salvage_gzip(rest, room, out, most);
    if (result != LIBDEFLATE_SUCCESS) return out;
  } while (packed.substr(out.consumed).starts_with(kMagic));
  out.fault = fault_behind(packed.substr(out.consumed));
  return out;
}

Inflated inflate_raw(std::string_view packed, Room& room, std::size_t most) {
  Inflated out;
  auto result = inflate_one(&::libdeflate_deflate_decompress_ex, packed, room, out, most);
  out.is_over = result == LIBDEFLATE_INSUFFICIENT_SPACE;
  if (result != LIBDEFLATE_BAD_DATA) return out;
  // The head of a gzip member makes it one; where the checksum would be does not matter any more.
  constexpr std::string_view kHead("\x1f\x8b\x08\0\0\0\0\0\0\xff", 10);
  Inflater inflater;
  inflater.add(kHead, [](std::string_view) { return true; });
  salvage(inflater, packed, room, out, most);
  out.fault = "its data are cut or damaged";
  return out;
}

}  // namespace mailtrust::archive
