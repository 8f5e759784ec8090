#pragma once
// gzip that arrives in pieces. RFC 1952, all members. For files see base/octet_stream.hpp.

#include <functional>
#include <memory>
#include <string_view>

namespace mailtrust {

class Inflater {
 public:
  enum class Outcome { good, damaged, stopped };

  using Sink = std::function<bool(std::string_view)>;  ///< false: no more

  Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;
  ~Inflater();

  /// Hands on what comes out, in pieces of at most 64 KiB, also what came out in front of damage.
  /// Stopped when `sink` says so; nothing may be added then, nor to what is damaged.
  Outcome add(std::string_view packed, const Sink& sink);

  /// Nothing is missing at the end: a member has just ended, or none has begun.
  [[nodiscard]] bool is_complete() const;

 private:
  class Impl;

  std::unique_ptr<Impl> impl_;
};

}  // namespace mailtrust
