// A Report as a page for people.
#include <algorithm>

#include "base/escape.hpp"
#include "cli/paint.hpp"
#include "cli/render.hpp"
#include "cli/width.hpp"

namespace mailtrust::cli {
namespace {

using Kind = Style::Kind;

std::string label(const Report::Field& field) {
  return field.style.label.empty() ? label_of(field.key) : field.style.label;
}

std::string member_line(const Value& object, std::string_view key) {
  const Value* value = object.find(key);
  return value != nullptr ? to_line(*value) : std::string{};
}

class Page {
 public:
  Page(std::string& out, const Report& report, const Screen& screen)
      : out_(out), report_(report), screen_(screen), begin_(out.size()) {
    for (const auto& field : report.fields()) {
      if (!shown(field)) continue;
      auto width = column_count(label(field));
      if (field.style.kind == Kind::area) area_label_ = std::max(area_label_, width);
      if (is_line(field)) line_label_ = std::max(line_label_, std::min(width, kMostLabel));
    }
    if (screen.width < kAlignFrom) line_label_ = 0;
  }

  void render(const std::vector<dns::Evidence>* evidence) {
    bool brief = report_.is_brief() && !screen_.verbose;
    for (const auto& field : report_.fields()) {
      if (!shown(field)) continue;
      add(field);
      if (brief) return;
    }
    if (!report_.findings().empty()) {
      part();
      append_findings(out_, report_, screen_);
    }
    if (evidence != nullptr && !evidence->empty()) {
      part();
      append_evidence(out_, evidence_value(*evidence), screen_);
    }
  }

 private:
  static constexpr std::size_t kMostLabel = 20;
  static constexpr std::size_t kAlignFrom = 60;

  static bool is_line(const Report::Field& field) {
    return field.style.kind == Kind::line || field.style.kind == Kind::verbose;
  }

  [[nodiscard]] bool shown(const Report::Field& field) const {
    if (field.style.kind == Kind::hidden) return false;
    if (field.style.kind == Kind::verbose && !screen_.verbose) return false;
    if (const auto* array = field.value.array()) {
      auto shows = [&](const Value& row) { return shows_row(row, field.style, screen_); };
      if (field.style.kind == Kind::table) return std::ranges::any_of(*array, shows);
      return !array->empty() || field.style.kind == Kind::line || field.style.kind == Kind::title;
    }
    const auto* text = field.value.text();
    return !field.value.is_null() && (text == nullptr || !text->empty());
  }

  // An empty line between blocks; fields that are one line each stay together.
  void part() {
    if (out_.size() > begin_) out_ += '\n';
  }

  void heading(const Report::Field& field) {
    part();
    std::string text;
    append_wrapped(text, label(field) + ':', 0, 0, screen_.width);
    append_painted(out_, Tone::strong, text, screen_);
    out_ += '\n';
  }

  void add(const Report::Field& field) {
    bool small = is_line(field) || field.style.kind == Kind::area;
    if (small && after_block_) part();
    after_block_ = !small && field.style.kind != Kind::title;
    switch (field.style.kind) {
      case Kind::line:
      case Kind::verbose: return line(field);
      case Kind::title: return title(field);
      case Kind::area: return area(field);
      case Kind::prose: part(); return prose(field);
      case Kind::items: heading(field); return items(field);
      case Kind::paste: heading(field); return append_paste(out_, plain_text(field), 4);
      case Kind::verbatim: part(); return append_paste(out_, plain_text(field), 0);
      case Kind::tree: heading(field); return append_tree(out_, field.value, field.style, screen_);
      case Kind::table:
        heading(field);
        return append_table(out_, field.value, field.style, screen_);
      case Kind::hidden: return;
    }
  }

  void line(const Report::Field& field) {
    auto text = label(field) + ':';
    auto columns = std::max(column_count(text), line_label_ == 0 ? 0 : line_label_ + 1) + 1;
    text.append(columns - column_count(text), ' ');
    out_ += text;
    auto indent = line_label_ == 0 ? 2 : line_label_ + 2;
    append_wrapped(out_, to_line(field.value), columns, indent, screen_.width);
    out_ += '\n';
  }

  void title(const Report::Field& field) {
    part();
    std::string text;
    auto words =
        field.style.label.empty() ? to_line(field.value) : escape_unsafe(field.style.label);
    append_wrapped(text, words, 0, 0, screen_.width);
    append_painted(out_, Tone::strong, text, screen_);
    out_ += '\n';
  }

  void area(const Report::Field& field) {
    auto mark = mark_of(member_line(field.value, "verdict"), screen_);
    append_painted(out_, mark.tone, mark.text, screen_);
    out_ += ' ';
    auto name = label(field);
    append_painted(out_, Tone::strong, name, screen_);
    auto indent = area_label_ + 4;
    out_.append(indent - 2 - column_count(name), ' ');
    append_wrapped(out_, member_line(field.value, "summary"), indent, indent, screen_.width);
    out_ += '\n';
  }

  void prose(const Report::Field& field) { append_prose(out_, plain_text(field), 0, screen_); }

  void items(const Report::Field& field) {
    const auto* array = field.value.array();
    if (array == nullptr) return;
    for (const auto& item : *array) {
      out_ += "  ";
      append_wrapped(out_, to_line(item), 2, 4, screen_.width);
      out_ += '\n';
    }
  }

  // Raw text; the lines of an array of texts.
  static std::string plain_text(const Report::Field& field) {
    if (const auto* text = field.value.text()) return *text;
    std::string all;
    if (const auto* array = field.value.array()) {
      for (const auto& item : *array)
        if (const auto* text = item.text()) all += (all.empty() ? "" : "\n") + *text;
    }
    return all;
  }

  std::string& out_;
  const Report& report_;
  const Screen& screen_;
  std::size_t begin_;
  std::size_t area_label_ = 0;
  std::size_t line_label_ = 0;
  bool after_block_ = false;
};

}  // namespace

void append_text(std::string& out, const Report& report, const Screen& screen,
                 const std::vector<dns::Evidence>* evidence) {
  if (report.error() && report.findings().empty()) return;
  Page(out, report, screen).render(evidence);
}

}  // namespace mailtrust::cli
