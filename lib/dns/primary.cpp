#include "dns/primary.hpp"

#include <algorithm>
#include <utility>

#include <sys/random.h>

#include "base/limits.hpp"
#include "dns/wire_message.hpp"
#include "dns/wire_reader.hpp"

namespace mailtrust::dns {
namespace {

constexpr auto kAxfr = static_cast<Type>(252);
constexpr std::uint16_t kUpdate = 5 << 11;  // RFC 2136 section 2.2

// RFC 2136 section 2.2.
constexpr unsigned kNxRrset = 8;

std::uint16_t random_id() {
  std::uint16_t id = 0;
  return ::getrandom(&id, sizeof id, 0) == sizeof id ? id : std::uint16_t{1};
}

struct Header {
  std::uint16_t id = 0;
  std::uint16_t flags = 0;
};

Header header_of(std::string_view message) {
  wire::Reader reader(message);
  Header header;
  header.id = reader.u16();
  header.flags = reader.u16();
  return header;
}

bool answers(std::string_view message, std::string_view request) {
  auto asked = header_of(request);
  auto said = header_of(message);
  return said.id == asked.id && (said.flags & wire::flag::kResponse) != 0 &&
         (said.flags & wire::flag::kOpcode) == (asked.flags & wire::flag::kOpcode) &&
         (said.flags & wire::flag::kTruncated) == 0;
}

}  // namespace

Primary::Primary(Server server, Name zone, TsigKey key, std::chrono::milliseconds timeout,
                 Seconds now)
    : server_(std::move(server)),
      zone_(std::move(zone)),
      key_(std::move(key)),
      timeout_(timeout),
      now_(std::move(now)),
      deadline_(TcpStream::Clock::now() + timeout * limits::kTimeoutsPerInput),
      words_{to_string(server_), to_string(zone_), to_string(key_.name)} {}

Expected<ZoneSoa> Primary::soa() {
  words_.asked = "the answer about the serial";
  auto answer = ask(begin(Type::soa, 0).message());
  if (!answer) return fail(answer.error());
  if (answer->rcode != wire::rcode::kNoError) return fail(words_.refusal(answer->rcode));
  auto message = wire::read_message(answer->message, {zone_, Type::soa});
  if (message)
    for (const auto& record : message->answers)
      if (record.type == Type::soa && record.owner == zone_) return *read_soa(record.data);
  return fail(words_.temporary("did not tell the serial of " + words_.zone));
}

Expected<ZoneSoa> Primary::transfer(const Transfer::Visit& visit) {
  words_.asked = "the transfer";
  auto request = begin(kAxfr, 0).message();
  TsigDialogue dialogue(key_);
  dialogue.sign(request, now_());
  auto first = send_and_receive(request, end_of_exchange());
  if (!first) return fail(first.error());
  Transfer transfer(zone_, visit);
  auto done = receive_all(request, std::move(*first), dialogue, transfer);
  if (done) return transfer.soa();
  stream_.reset();
  return fail(done.error());
}

Expected<void> Primary::receive_all(std::string_view request, std::string message,
                                    TsigDialogue& dialogue, Transfer& transfer) {
  while (true) {
    auto rcode = believe(request, message, dialogue);
    if (!rcode) return fail(rcode.error());
    if (*rcode != wire::rcode::kNoError) return fail(words_.refusal(*rcode));
    if (auto taken = transfer.take(message); !taken) return taken;
    if (transfer.is_complete()) break;
    auto next = stream_->receive(end_of_exchange());
    if (!next) return fail(next.error());
    message = std::move(*next);
  }
  // RFC 8945 section 5.3.1: the last message is signed.
  if (!dialogue.has_unproven()) return {};
  return fail(words_.distrust({TsigState::absent}));
}

wire::Writer Primary::begin_update(const ZoneSoa& version) const {
  auto message = begin(Type::soa, kUpdate);
  message.record(wire::Section::answer, zone_, Type::soa, wire::kClassIn, 0, version.data);
  return message;
}

Expected<Primary::Update> Primary::update(const wire::Writer& message) {
  words_.asked = "the update";
  auto answer = ask(message.message());
  if (!answer) return fail(answer.error());
  if (answer->rcode == wire::rcode::kNoError) {
    deadline_ = TcpStream::Clock::now() + timeout_ * limits::kTimeoutsPerInput;
    return Update::done;
  }
  if (answer->rcode == kNxRrset) return Update::moved;
  return fail(words_.refusal(answer->rcode));
}

Expected<Primary::Answer> Primary::ask(std::string message) {
  TsigDialogue dialogue(key_);
  dialogue.sign(message, now_());
  auto octets = send_and_receive(message, end_of_exchange());
  if (!octets) return fail(octets.error());
  auto rcode = believe(message, *octets, dialogue);
  if (rcode) return Answer{*rcode, std::move(*octets)};
  stream_.reset();
  return fail(rcode.error());
}

// A server may close a connection it has answered on whenever it likes (RFC 7766 section 6.2.4), so
// one that was used before is worth a second try. Updates may be sent twice: the second time the
// zone has another version than they ask for.
Expected<std::string> Primary::send_and_receive(std::string_view message,
                                                TcpStream::Clock::time_point deadline) {
  while (true) {
    bool was_open = stream_.has_value();
    if (auto open = connect(deadline); !open) return fail(open.error());
    auto sent = stream_->send(message, deadline);
    auto answer = sent ? stream_->receive(deadline) : Expected<std::string>(fail(sent.error()));
    if (answer) return answer;
    stream_.reset();
    if (!was_open || TcpStream::Clock::now() >= deadline) return answer;
  }
}

TcpStream::Clock::time_point Primary::end_of_exchange() const {
  return std::min(deadline_, TcpStream::Clock::now() + timeout_);
}

Expected<void> Primary::connect(TcpStream::Clock::time_point deadline) {
  if (stream_) return {};
  auto stream = TcpStream::connect(server_, deadline);
  if (!stream) return fail(stream.error());
  stream_.emplace(std::move(*stream));
  return {};
}

Expected<unsigned> Primary::believe(std::string_view request, std::string_view message,
                                    TsigDialogue& dialogue) const {
  if (!answers(message, request)) return fail(words_.temporary("sent something that is no answer"));
  bool had_signature = dialogue.has_signature();
  auto check = dialogue.verify(message, now_());
  unsigned rcode = header_of(message).flags & wire::flag::kRcode;
  if (check.state == TsigState::good) return rcode;
  if (check.state != TsigState::absent) return fail(words_.distrust(check));
  // A server that could not check our signature cannot sign its refusal either.
  if (rcode != wire::rcode::kNoError) return fail(words_.refusal(rcode));
  if (had_signature) return rcode;
  return fail(words_.distrust(check));
}

wire::Writer Primary::begin(Type type, std::uint16_t flags) const {
  wire::Writer writer(random_id(), flags);
  writer.question(zone_, type, wire::kClassIn);
  return writer;
}

}  // namespace mailtrust::dns
