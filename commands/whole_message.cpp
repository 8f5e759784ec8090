#include "commands/whole_message.hpp"

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

}  // namespace

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
