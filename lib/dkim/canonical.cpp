#include "dkim/canonical.hpp"

#include <algorithm>
#include <vector>

#include "base/ascii.hpp"
#include "dkim/copy_text.hpp"

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
  auto start = out.size();
  out.resize(start + value.size());
  char* to = out.data() + start;
  bool blank = false;
  for (std::size_t i = 0; i < value.size();) {
    if (is_blank(value[i])) {
      blank = true;
      ++i;
    } else if (value.substr(i, kLineEnd.size()) == kLineEnd) {
      i += kLineEnd.size();
    } else {
      if (blank && to != out.data() + start) *to++ = ' ';
      blank = false;
      *to++ = value[i++];
      auto copied =
          TextCopy<Canonicalization::relaxed>(value.data() + i, value.size() - i, to).run_line();
      to += copied;
      i += copied;
    }
  }
  out.resize(static_cast<std::size_t>(to - out.data()));
}

// Names without regard to case; shorter ones first, as that is told fastest.
int compare_names(std::string_view a, std::string_view b) {
  if (a.size() != b.size()) return a.size() < b.size() ? -1 : 1;
  for (std::size_t i = 0; i < a.size(); ++i) {
    char left = ascii::lower(a[i]), right = ascii::lower(b[i]);
    if (left != right) return left < right ? -1 : 1;
  }
  return 0;
}

// The fields of a header, taken by name from the bottom up.
class FieldPicker {
 public:
  FieldPicker(const message::Header& header, std::string_view signature_raw) {
    for (const auto& field : header.fields()) {
      // RFC 6376 section 5.4: DKIM-Signature in h= means other signatures, never the one itself.
      if (field.is_field() && field.raw.data() != signature_raw.data()) fields_.push_back(&field);
    }
    std::ranges::stable_sort(
        fields_, [](const auto* a, const auto* b) { return compare_names(a->name, b->name) < 0; });
    taken_.resize(fields_.size());
  }

  // Null when all of that name are taken.
  const message::Field* take(std::string_view name) {
    auto before = [](const auto* field, std::string_view wanted) {
      return compare_names(field->name, wanted) <= 0;
    };
    // One place behind the bottommost of them.
    auto end = std::lower_bound(fields_.begin(), fields_.end(), name, before);
    auto count = static_cast<std::size_t>(end - fields_.begin());
    if (count == 0 || taken_[count - 1] == count) return nullptr;
    const auto* field = fields_[count - 1 - taken_[count - 1]];
    if (!ascii::iequals(field->name, name)) return nullptr;
    ++taken_[count - 1];
    return field;
  }

 private:
  std::vector<const message::Field*> fields_;  // by name, then from the top
  std::vector<std::size_t> taken_;             // beside the bottommost field of each name
};

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
  FieldPicker fields(header, signature_raw);
  std::string out;
  for (const auto& name : signed_fields) {
    // RFC 6376 section 5.4.2: a name beyond the last of its fields stands for nothing.
    if (const auto* field = fields.take(name)) append_canonical(out, field->raw, form);
  }
  append_canonical(out, without_signature(signature_raw), form);
  if (out.ends_with(kLineEnd)) out.resize(out.size() - kLineEnd.size());
  return out;
}

}  // namespace mailtrust::dkim
