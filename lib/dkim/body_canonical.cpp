#include "dkim/body_canonical.hpp"

#include <utility>

#include "dkim/copy_text.hpp"

namespace mailtrust::dkim {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

// A piece is worked through in chunks, of which each octet becomes two at most.
constexpr std::size_t kChunk = 16U << 10;
constexpr std::size_t kRoom = 2 * kChunk + 64;
constexpr std::size_t kBuffer = 2 * kRoom;

class StringSink : public OctetSink {
 public:
  explicit StringSink(std::string& out) : out_(out) {}

  void write(std::string_view octets) override { out_ += octets; }

 private:
  std::string& out_;
};

}  // namespace

BodyCanonicalizer::BodyCanonicalizer(Canonicalization form)
    : form_(form), buffer_(std::make_unique_for_overwrite<char[]>(kBuffer)) {}

void BodyCanonicalizer::update(std::string_view piece, OctetSink& sink) {
  while (!piece.empty()) {
    auto part = piece.substr(0, kChunk);
    piece.remove_prefix(part.size());
    if (kBuffer - used_ < kRoom) drain(sink);
    if (form_ == Canonicalization::simple) {
      chunk<Canonicalization::simple>(part, sink);
    } else {
      chunk<Canonicalization::relaxed>(part, sink);
    }
  }
}

void BodyCanonicalizer::finish(OctetSink& sink) {
  if (carriage_return_) lone_cr(sink);
  // RFC 6376 section 3.4.3: a last line without a line end gets one, and an empty body is one.
  if (in_line_ || (!any_ && form_ == Canonicalization::simple)) put_line_ends(1, sink);
  drain(sink);
}

void BodyCanonicalizer::update(std::string_view piece, std::string& out) {
  StringSink sink(out);
  update(piece, sink);
  drain(sink);
}

void BodyCanonicalizer::finish(std::string& out) {
  StringSink sink(out);
  finish(sink);
}

template <Canonicalization form>
void BodyCanonicalizer::chunk(std::string_view piece, OctetSink& sink) {
  std::size_t i = 0;
  if (carriage_return_) {
    carriage_return_ = false;
    if (piece[0] == '\n') {
      ++line_ends_.crlf;
      end_line();
      ++i;
    } else {
      lone_cr(sink);
    }
  }
  while (i < piece.size()) {
    char c = piece[i];
    if (c == '\n') {
      ++line_ends_.bare_lf;
      end_line();
      ++i;
    } else if (c == '\r' && i + 1 == piece.size()) {
      carriage_return_ = true;
      ++i;
    } else if (c == '\r' && piece[i + 1] == '\n') {
      ++line_ends_.crlf;
      end_line();
      i += kLineEnd.size();
    } else if (form == Canonicalization::relaxed && (c == ' ' || c == '\t')) {
      blank_ = true;
      ++i;
    } else {
      if (c == '\r') ++line_ends_.lone_cr;
      begin_text(sink);
      put(c);
      ++i;
      auto* to = buffer_.get() + used_;
      auto copied = TextCopy<form>(piece.data() + i, piece.size() - i, to).run();
      count(copied);
      used_ += copied.written;
      i += copied.taken;
    }
  }
}

void BodyCanonicalizer::count(const Copied& copied) {
  auto bare = copied.written - copied.taken;
  line_ends_.bare_lf += bare;
  line_ends_.crlf += copied.line_ends - bare;
}

void BodyCanonicalizer::lone_cr(OctetSink& sink) {
  ++line_ends_.lone_cr;
  begin_text(sink);
  put('\r');
}

void BodyCanonicalizer::begin_text(OctetSink& sink) {
  if (empty_lines_ > 0) put_line_ends(std::exchange(empty_lines_, 0), sink);
  if (blank_) put(' ');
  blank_ = false;
  in_line_ = true;
  any_ = true;
}

void BodyCanonicalizer::end_line() {
  if (in_line_) {
    put('\r');
    put('\n');
  } else {
    ++empty_lines_;
  }
  in_line_ = false;
  blank_ = false;
}

// Leaves room for the rest of the chunk behind them.
void BodyCanonicalizer::put_line_ends(std::uint64_t count, OctetSink& sink) {
  for (; count > 0; --count) {
    if (kBuffer - used_ < kRoom + kLineEnd.size()) drain(sink);
    put('\r');
    put('\n');
  }
}

void BodyCanonicalizer::drain(OctetSink& sink) {
  sink.write({buffer_.get(), used_});
  used_ = 0;
}

}  // namespace mailtrust::dkim
