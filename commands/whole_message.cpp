#include "commands/whole_message.hpp"

#include "bounce/line_ends.hpp"
#include "message/reader.hpp"

namespace mailtrust::commands {
namespace {

// Hands on what it reads, and keeps it.
class Kept : public message::Octets {
 public:
  explicit Kept(message::Octets& source) : source_(source) {}

  Expected<std::size_t> read(std::span<char> room) override {
    auto size = source_.read(room);
    if (size) octets_.append(room.data(), *size);
    return size;
  }

  std::string take() { return std::move(octets_); }

 private:
  message::Octets& source_;
  std::string octets_;
};

// All octets, in one piece; one more than `most` where there are that many.
Expected<std::string> read_octets(message::Octets& source, std::size_t most) {
  constexpr std::size_t kPiece = 16U << 10;
  std::string octets(kPiece, '\0');
  std::size_t filled = 0;
  while (filled <= most) {
    if (octets.size() - filled < kPiece / 2) octets.resize(octets.size() * 2);
    auto size = source.read(std::span(octets).subspan(filled));
    if (!size) return fail(size.error());
    if (*size == 0) break;
    filled += *size;
  }
  octets.resize(filled);
  return octets;
}

}  // namespace

Expected<std::string> read_any_lines(mailbox::Item& item, std::size_t most) {
  auto octets = read_octets(*item.octets, most);
  if (!octets) return octets;
  if (bounce::has_lone_cr(*octets)) octets = bounce::with_lf(*octets);
  // The limits of headers hold for these lines too.
  message::ViewedOctets viewed(*octets);
  message::Reader reader(viewed, name_of(item), most);
  auto header = reader.header();
  if (!header) return fail(header.error());
  if (octets->size() <= most) return octets;
  while (true) {
    auto piece = reader.body();
    if (!piece) return fail(piece.error());
  }
}

Expected<std::string> read_whole(mailbox::Item& item, std::size_t most) {
  Kept octets(*item.octets);
  message::Reader reader(octets, name_of(item), most);
  auto header = reader.header();
  if (!header) return fail(header.error());
  while (true) {
    auto piece = reader.body();
    if (!piece) return fail(piece.error());
    if (piece->empty()) return octets.take();
  }
}

}  // namespace mailtrust::commands
