#pragma once
// Bodies in canonical form, piece by piece. RFC 6376 sections 3.4.3 and 3.4.4.

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "dkim/copy_text.hpp"
#include "dkim/signature.hpp"

namespace mailtrust::dkim {

/// Where canonical octets go.
class OctetSink {
 public:
  OctetSink() = default;
  OctetSink(const OctetSink&) = delete;
  OctetSink& operator=(const OctetSink&) = delete;
  virtual ~OctetSink() = default;

  virtual void write(std::string_view octets) = 0;
};

/// How the lines of a body end, as it came. Mixed ones are read as different lines by different
/// programs (RFC 5322 section 2.3).
struct LineEnds {
  std::uint64_t crlf = 0;
  std::uint64_t bare_lf = 0;  ///< counts as CRLF all the same
  std::uint64_t lone_cr = 0;  ///< no line end, an octet
};

/// Turns a body into its canonical form. Lines may end in CRLF or LF (both count as CRLF); a lone
/// CR is an octet. Memory is fixed, whatever the body: octets go to the sink in large pieces.
class BodyCanonicalizer {
 public:
  explicit BodyCanonicalizer(Canonicalization form);

  /// Any pieces, cut anywhere. Empty lines are held back until a line follows.
  void update(std::string_view piece, OctetSink& sink);

  /// The rest, once: a last line gets its CRLF. An empty body is CRLF in simple form, nothing in
  /// relaxed form.
  void finish(OctetSink& sink);

  /// Of what came so far.
  [[nodiscard]] const LineEnds& line_ends() const { return line_ends_; }

  /// The same, appended to `out`.
  void update(std::string_view piece, std::string& out);
  void finish(std::string& out);

 private:
  template <Canonicalization form>
  void chunk(std::string_view piece, OctetSink& sink);
  void count(const Copied& copied);
  void lone_cr(OctetSink& sink);
  void begin_text(OctetSink& sink);
  void end_line();

  void put(char c) { buffer_[used_++] = c; }

  void put_line_ends(std::uint64_t count, OctetSink& sink);
  void drain(OctetSink& sink);

  Canonicalization form_;
  std::unique_ptr<char[]> buffer_;
  std::size_t used_ = 0;
  LineEnds line_ends_;
  std::uint64_t empty_lines_ = 0;  ///< not yet written
  bool in_line_ = false;           ///< octets of the current line were written
  bool blank_ = false;             ///< relaxed: a run of white space waits
  bool carriage_return_ = false;   ///< a CR waits for what follows it
  bool any_ = false;               ///< something was written
};

}  // namespace mailtrust::dkim
