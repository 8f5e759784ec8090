#include "message/mime.hpp"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "base/ascii.hpp"
#include "base/limits.hpp"

namespace mailtrust::message {
namespace {

TransferEncoding encoding_of(const Header& header) {
  const auto* field = header.find("Content-Transfer-Encoding");
  if (field == nullptr) return TransferEncoding::identity;
  auto word = ascii::to_lower(ascii::trim(field->value));
  if (word == "base64") return TransferEncoding::base64;
  if (word == "quoted-printable") return TransferEncoding::quoted_printable;
  bool plain = word == "7bit" || word == "8bit" || word == "binary" || word.empty();
  return plain ? TransferEncoding::identity : TransferEncoding::unknown;
}

// RFC 2045 section 5.2; RFC 2046 section 5.1.5: what a digest holds are messages.
ContentType type_of(const Header& header, bool in_digest) {
  const auto* field = header.find("Content-Type");
  auto type = field != nullptr ? parse_content_type(field->value) : std::nullopt;
  if (type) return std::move(*type);
  return {in_digest && field == nullptr ? "message/rfc822" : "text/plain", {}};
}

void describe(Part& part, const Header& header, bool in_digest) {
  part.content_type = type_of(header, in_digest);
  part.encoding = encoding_of(header);
  if (!part.content_type.type.starts_with("text/")) return;
  part.charset = ascii::to_lower(part.content_type.parameter("charset").value_or("us-ascii"));
}

class Builder {
 public:
  Builder(Structure& structure, std::string_view body) : parts_(structure.parts), body_(body) {}

  void read(const Header& header) {
    auto& message = parts_.emplace_back();
    describe(message, header, false);
    message.content = body_;
    open_multipart(0);
    while (!open_.empty() && at_ < body_.size()) take_line();
    end_part(body_.size());
    while (!open_.empty()) close_multipart(body_.size());
  }

 private:
  /// A multipart whose end was not seen yet.
  struct Open {
    std::string boundary;
    std::size_t part;
  };

  /// Where a line is: of a part's header, of its content, or around parts.
  enum class Place { header, content, between };

  void take_line() {
    auto end = std::min(body_.find('\n', at_), body_.size() - 1) + 1;
    auto line = body_.substr(at_, end - at_);
    if (line.starts_with("--") && take_boundary(line, end)) return;
    bool ends_header = place_ == Place::header && (line == "\n" || line == "\r\n");
    at_ = end;
    if (ends_header) end_header(end - line.size());
  }

  // RFC 2046 section 5.1.1. Blanks may follow. Also the boundary of a multipart further out ends
  // what is inside.
  bool take_boundary(std::string_view line, std::size_t next) {
    auto text = line.substr(2, line.find_last_not_of(" \t\r\n") - 1);
    auto next_part = level_of(text);
    auto last = text.ends_with("--") ? level_of(text.substr(0, text.size() - 2)) : std::size_t{0};
    auto levels = std::max(next_part, last);
    if (levels == 0) return false;
    end_parts(levels);
    at_ = next;
    if (last == levels)
      close_multipart(at_);
    else
      begin_part();
    return true;
  }

  // How many multiparts are open down to the innermost of that boundary; 0: there is none.
  [[nodiscard]] std::size_t level_of(std::string_view boundary) const {
    auto found = levels_.find(boundary);
    return found != levels_.end() ? found->second.back() : 0;
  }

  // Ends the part that is read, and all multiparts but the first `kept`, before the line at at_.
  void end_parts(std::size_t kept) {
    auto end = at_;
    if (end > 0 && body_[end - 1] == '\n') --end;
    if (end > 0 && end < at_ && body_[end - 1] == '\r') --end;
    end_part(end);
    while (open_.size() > kept) close_multipart(end);
  }

  void end_part(std::size_t end) {
    if (place_ == Place::header) end_header(std::max(end, begin_));
    if (place_ == Place::content) set_content(parts_.back(), end);
    place_ = Place::between;
  }

  void set_content(Part& part, std::size_t end) const {
    part.content = body_.substr(begin_, std::max(end, begin_) - begin_);
  }

  void begin_part() {
    auto& around = parts_[open_.back().part];
    if (parts_.size() >= limits::kMimeParts) {
      around.limit = MimeLimit::parts;
      open_.clear();
      return;
    }
    auto& part = parts_.emplace_back();
    part.parent = open_.back().part;
    part.depth = open_.size();
    begin_ = at_;
    place_ = Place::header;
  }

  // `end` is where the empty line begins, or where the part ends without one.
  void end_header(std::size_t end) {
    auto& part = parts_.back();
    part.header = body_.substr(begin_, end - begin_);
    bool in_digest = parts_[part.parent].content_type.type == "multipart/digest";
    describe(part, Header::parse(part.header), in_digest);
    begin_ = at_;
    place_ = Place::content;
    open_multipart(parts_.size() - 1);
  }

  void open_multipart(std::size_t number) {
    auto& part = parts_[number];
    if (!part.content_type.is_multipart()) return;
    auto boundary = part.content_type.parameter("boundary").value_or("");
    if (boundary.empty() || boundary.size() > limits::kMimeBoundary)
      part.limit = MimeLimit::boundary;
    else if (open_.size() >= limits::kMimeDepth)
      part.limit = MimeLimit::depth;
    if (part.limit != MimeLimit::none) return;
    open_.push_back({std::string(boundary), number});
    levels_[open_.back().boundary].push_back(open_.size());
    part.content = body_.substr(begin_);
    place_ = Place::between;
  }

  void close_multipart(std::size_t end) {
    auto& part = parts_[open_.back().part];
    auto begin = static_cast<std::size_t>(part.content.data() - body_.data());
    part.content = body_.substr(begin, std::max(end, begin) - begin);
    auto levels = levels_.find(open_.back().boundary);
    levels->second.pop_back();
    if (levels->second.empty()) levels_.erase(levels);
    open_.pop_back();
  }

  std::vector<Part>& parts_;
  std::string_view body_;
  std::size_t at_ = 0;
  std::size_t begin_ = 0;  ///< of the header or the content that is read
  Place place_ = Place::between;
  std::vector<Open> open_;
  std::map<std::string, std::vector<std::size_t>, std::less<>> levels_;  ///< of each boundary
};

}  // namespace

std::vector<const Part*> Structure::all(std::string_view type) const {
  std::vector<const Part*> all;
  for (const auto& part : parts)
    if (part.content_type.type == type) all.push_back(&part);
  return all;
}

Structure read_structure(const Header& header, std::string_view body) {
  Structure structure;
  Builder(structure, body).read(header);
  return structure;
}

}  // namespace mailtrust::message
