#include "dkim/canonical.hpp"

#include <algorithm>
#include <unordered_map>
#include <vector>

#include "base/ascii.hpp"

namespace mailtrust::dkim {
namespace {

constexpr std::string_view kLineEnd = "\r\n";

bool is_blank(char c) {
  return c == ' ' || c == '\t';
}

std::string_view without_line_end(std::string_view text) {
  if (text.ends_with(kLineEnd)) text.remove_suffix(kLineEnd.size());
  return text;
}

// RFC 6376 section 3.4.2: lines unfolded, each run of white space one space, none at either end.
void append_relaxed_value(std::string& out, std::string_view value) {
  bool blank = false, any = false;
  for (std::size_t i = 0; i < value.size(); ++i) {
    if (value.substr(i, 2) == kLineEnd) {
      ++i;
    } else if (is_blank(value[i])) {
      blank = true;
    } else {
      if (blank && any) out += ' ';
      out += value[i];
      blank = false;
      any = true;
    }
  }
}

// Fields by name, each list from the top; taken from its end.
using FieldsByName = std::unordered_map<std::string, std::vector<const message::Field*>>;

FieldsByName by_name(const message::Header& header, std::string_view signature_raw) {
  FieldsByName fields;
  for (const auto& field : header.fields()) {
    // RFC 6376 section 5.4: DKIM-Signature in h= means other signatures, never the one itself.
    if (field.is_field() && field.raw.data() != signature_raw.data())
      fields[ascii::to_lower(field.name)].push_back(&field);
  }
  return fields;
}

}  // namespace

void append_canonical(std::string& out, std::string_view raw, Canonicalization form) {
  if (form == Canonicalization::simple) {
    out += raw;
    return;
  }
  auto colon = std::min(raw.find(':'), raw.size());
  for (char c : raw.substr(0, colon))
    if (!is_blank(c)) out += ascii::lower(c);
  out += ':';
  append_relaxed_value(out, without_line_end(raw.substr(std::min(colon + 1, raw.size()))));
  out += kLineEnd;
}

std::string without_signature(std::string_view raw) {
  auto start = std::min(raw.find(':'), raw.size());
  auto text = without_line_end(raw);
  while (start < text.size()) {
    ++start;
    auto end = std::min(text.find(';', start), text.size());
    auto equals = text.find('=', start);
    if (equals < end && ascii::trim(text.substr(start, equals - start)) == "b") {
      // RFC 6376 section 3.7: the value goes with all white space around it.
      auto out = std::string(text.substr(0, equals + 1));
      out += raw.substr(end);
      return out;
    }
    start = end;
  }
  return std::string(raw);
}

std::string signed_octets(const message::Header& header, std::span<const std::string> signed_fields,
                          std::string_view signature_raw, Canonicalization form) {
  auto fields = by_name(header, signature_raw);
  std::string out;
  for (const auto& name : signed_fields) {
    auto found = fields.find(ascii::to_lower(name));
    // RFC 6376 section 5.4.2: a name beyond the last of its fields stands for nothing.
    if (found == fields.end() || found->second.empty()) continue;
    append_canonical(out, found->second.back()->raw, form);
    found->second.pop_back();
  }
  append_canonical(out, without_signature(signature_raw), form);
  if (out.ends_with(kLineEnd)) out.resize(out.size() - kLineEnd.size());
  return out;
}

void BodyCanonicalizer::update(std::string_view piece, std::string& out) {
  std::size_t i = 0;
  if (carriage_return_ && !piece.empty()) {
    carriage_return_ = false;
    if (piece[0] != '\n') put("\r", out);
  }
  while (i < piece.size()) {
    char c = piece[i];
    if (c == '\n') {
      end_line(out);
    } else if (c == '\r' && i + 1 == piece.size()) {
      carriage_return_ = true;
    } else if (c == '\r' && piece[i + 1] == '\n') {
      end_line(out);
      ++i;
    } else if (is_blank(c) && form_ == Canonicalization::relaxed) {
      blank_ = true;
    } else {
      put(piece.substr(i, 1), out);
    }
    ++i;
  }
}

void BodyCanonicalizer::finish(std::string& out) {
  if (carriage_return_) put("\r", out);
  if (in_line_) end_line(out);
  // RFC 6376 section 3.4.3: an empty body is one line end.
  if (!any_ && form_ == Canonicalization::simple) out += kLineEnd;
}

void BodyCanonicalizer::put(std::string_view text, std::string& out) {
  for (; empty_lines_ > 0; --empty_lines_) out += kLineEnd;
  if (blank_) out += ' ';
  blank_ = false;
  out += text;
  in_line_ = true;
  any_ = true;
}

void BodyCanonicalizer::end_line(std::string& out) {
  if (in_line_) {
    out += kLineEnd;
  } else {
    ++empty_lines_;
  }
  in_line_ = false;
  blank_ = false;
}

}  // namespace mailtrust::dkim
