#pragma once
// How far down the Received fields of a message can be believed: the one walk behind the origin
// (trace.hpp) and the SMTP hand-over that SPF wants (handover.hpp).

#include <cstddef>
#include <optional>
#include <vector>

#include "message/header.hpp"
#include "received/field.hpp"
#include "received/hosts.hpp"
#include "received/trusted.hpp"

namespace mailtrust::received {

/// The Received fields of a header, the newest first, each parsed when it is asked for.
class Fields {
 public:
  /// At most limits::kReceivedHops of them. `header` must outlive this.
  explicit Fields(const message::Header& header);

  [[nodiscard]] std::size_t size() const { return sources_.size(); }

  [[nodiscard]] std::size_t left_out() const { return left_out_; }

  [[nodiscard]] const message::Field& source(std::size_t index) const { return *sources_[index]; }

  const Field& operator[](std::size_t index);

  /// The field itself, to be moved from.
  Field&& take(std::size_t index);

 private:
  std::vector<const message::Field*> sources_;
  std::vector<std::optional<Field>> parsed_;
  std::size_t left_out_ = 0;
};

/// Why the walk ended.
enum class End {
  no_field,       ///< there is nothing to believe
  inside,         ///< every peer was internal, trusted or of the same provider
  left_out,       ///< the same, and there are more fields than are read
  hand_over,      ///< a public peer
  submission,     ///< a client that showed who it is, or one over HTTP
  hidden_client,  ///< the same, and the field does not tell its address
  hidden_peer,    ///< a peer whose address the field does not tell, or not for certain
};

struct Belief {
  End end = End::no_field;
  std::size_t hop = 0;  ///< where it ended: the last field that is believed
  /// The first public peer that was passed because its verified name is the provider's who also
  /// wrote the field: there the message came to the mailbox's own server.
  std::optional<std::size_t> crossed;
  const Hosts* provider = nullptr;  ///< of `crossed`
};

/// Section "Algorithm" of the rules for originating addresses, step 3. Linear.
Belief walk(Fields& fields, const Trusted& trusted);

/// The client of a message that `hand_over` got from a server of a known provider: the hop that
/// shows it, if that provider's own fields lead there. Step 4.
struct Voucher {
  std::size_t hop = 0;
  const Hosts* provider = nullptr;
};

std::optional<Voucher> vouched_client(Fields& fields, std::size_t hand_over);

}  // namespace mailtrust::received
