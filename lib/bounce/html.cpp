#include "bounce/html.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

#include "base/ascii.hpp"
#include "base/number.hpp"
#include "base/utf8.hpp"

namespace mailtrust::bounce {
namespace {

constexpr auto kBreaks = std::to_array<std::string_view>(
    {"br",    "p",  "div", "tr", "td", "th", "li",    "ul",         "ol", "pre",
     "table", "hr", "h1",  "h2", "h3", "h4", "title", "blockquote", "dd", "dt"});

struct Entity {
  std::string_view name;
  std::string_view text;
};

constexpr auto kEntities = std::to_array<Entity>({{"lt", "<"},
                                                  {"gt", ">"},
                                                  {"amp", "&"},
                                                  {"quot", "\""},
                                                  {"apos", "'"},
                                                  {"nbsp", " "},
                                                  {"shy", ""},
                                                  {"rsquo", "'"},
                                                  {"lsquo", "'"},
                                                  {"ndash", "-"},
                                                  {"mdash", "-"},
                                                  {"hellip", "..."}});

constexpr std::size_t kMaxEntity = 10;

// Of a number nobody can mean nothing is left; the blank that does not break is one.
void append_code_point(std::string& out, std::uint32_t code) {
  if (code != 0) append_utf8(out, code == 0xa0 ? ' ' : code);
}

std::optional<std::uint32_t> number_of(std::string_view name) {
  if (name.size() < 2 || name[0] != '#') return std::nullopt;
  bool hex = ascii::lower(name[1]) == 'x';
  return parse_number<std::uint32_t>(name.substr(hex ? 2 : 1), hex ? 16 : 10);
}

class Stripper {
 public:
  explicit Stripper(std::string_view html) : rest_(html) { out_.reserve(html.size()); }

  std::string run() {
    while (!rest_.empty()) {
      auto at = std::min(rest_.find_first_of("<&\r\n"), rest_.size());
      out_.append(rest_.substr(0, at));
      rest_.remove_prefix(at);
      if (!rest_.empty()) take_special();
    }
    return std::move(out_);
  }

 private:
  void take_special() {
    switch (rest_.front()) {
      case '<': return take_tag();
      case '&': return take_entity();
      default:
        // A line end in HTML is white space; in what is preformatted it ends a line.
        out_ += preformatted_ && rest_.front() == '\n' ? '\n' : ' ';
        rest_.remove_prefix(1);
    }
  }

  void take_tag() {
    if (rest_.starts_with("<!--")) return skip_past("-->");
    bool closes = rest_.substr(1, 1) == "/";
    auto begin = closes ? std::size_t{2} : std::size_t{1};
    auto end = begin;
    while (end < rest_.size() && ascii::is_alnum(rest_[end])) ++end;
    auto name = ascii::to_lower(rest_.substr(begin, std::min<std::size_t>(end - begin, 16)));
    // "<a@b.example>" in HTML that nobody escaped is an address.
    if (!closes && (name.empty() || (end < rest_.size() && is_of_address(rest_[end])))) {
      if (rest_.substr(1, 1) != "!" && rest_.substr(1, 1) != "?") return take_as_it_is();
    }
    skip_past(">");
    if (!closes && (name == "style" || name == "script")) return skip_element("</" + name);
    if (name == "pre") preformatted_ = !closes;
    if (std::ranges::find(kBreaks, name) != kBreaks.end()) out_ += '\n';
  }

  static bool is_of_address(char c) { return c == '@' || c == '.' || c == '_' || c == '+'; }

  void take_as_it_is() {
    out_ += '<';
    rest_.remove_prefix(1);
  }

  void take_entity() {
    auto end = rest_.substr(0, kMaxEntity).find(';');
    if (end == std::string_view::npos) {
      out_ += '&';
      rest_.remove_prefix(1);
      return;
    }
    auto name = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    if (auto code = number_of(name)) return append_code_point(out_, *code);
    const auto* known =
        std::ranges::find_if(kEntities, [&](const Entity& one) { return one.name == name; });
    if (known != kEntities.end())
      out_ += known->text;
    else
      out_.append("&").append(name).append(";");
  }

  void skip_past(std::string_view end) {
    auto at = rest_.find(end);
    rest_.remove_prefix(at == std::string_view::npos ? rest_.size() : at + end.size());
  }

  void skip_element(const std::string& closing) {
    while (!rest_.empty() && !ascii::istarts_with(rest_, closing)) {
      auto at = rest_.find('<', 1);
      rest_.remove_prefix(std::min(at, rest_.size()));
    }
  }

  std::string_view rest_;
  std::string out_;
  bool preformatted_ = false;
};

}  // namespace

std::string text_of_html(std::string_view html) {
  return Stripper(html).run();
}

}  // namespace mailtrust::bounce
