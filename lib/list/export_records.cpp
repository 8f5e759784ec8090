// Formats that carry an entry as it is: CSV (RFC 4180), JSON, and list files.
#include <chrono>
#include <optional>
#include <utility>

#include "base/csv.hpp"
#include "base/escape.hpp"
#include "list/export_makers.hpp"
#include "list/export_words.hpp"

namespace mailtrust::list {
namespace {

std::string two_digits(unsigned number) {
  return {static_cast<char>('0' + number / 10 % 10), static_cast<char>('0' + number % 10)};
}

// RFC 3339 section 5.6, in UTC; empty for a time that is not known.
std::string time_text(std::int64_t seconds) {
  using std::chrono::floor;
  if (seconds == 0) return {};
  std::chrono::sys_seconds moment{std::chrono::seconds(seconds)};
  auto day = floor<std::chrono::days>(moment);
  std::chrono::year_month_day date(day);
  std::chrono::hh_mm_ss clock(moment - day);
  auto part = [](auto count) { return two_digits(static_cast<unsigned>(count)); };
  auto year = static_cast<int>(date.year());
  return part(year / 100) + part(year % 100) + '-' + part(unsigned{date.month()}) + '-' +
         part(unsigned{date.day()}) + 'T' + part(clock.hours().count()) + ':' +
         part(clock.minutes().count()) + ':' + part(clock.seconds().count()) + 'Z';
}

std::string time_text(const std::optional<std::int64_t>& seconds) {
  return seconds ? time_text(*seconds) : std::string();
}

class RecordExporter : public Exporter {
 public:
  explicit RecordExporter(Heading heading) : heading_(std::move(heading)) {}

  [[nodiscard]] std::string refuse(const Entry& /*entry*/) const override { return {}; }

 protected:
  Heading heading_;
  std::string out_;
};

class CsvExporter : public RecordExporter {
 public:
  explicit CsvExporter(const Heading& heading) : RecordExporter(heading) {
    out_ = "entry,kind,comment,state,created,updated,expires,source\r\n";
  }

  void add(const Stored& stored) override {
    cell(to_string(stored.entry), ',');
    cell(to_string(stored.entry.kind), ',');
    cell(stored.comment, ',');
    cell(to_string(stored.state), ',');
    cell(time_text(stored.created), ',');
    cell(time_text(stored.updated), ',');
    cell(time_text(stored.expires), ',');
    cell(stored.source, '\r');
    out_ += '\n';
  }

  Expected<std::string> finish() override { return std::move(out_); }

 private:
  void cell(std::string_view text, char end) {
    append_csv_cell(out_, text);
    out_ += end;
  }
};

class JsonExporter : public RecordExporter {
 public:
  explicit JsonExporter(const Heading& heading) : RecordExporter(heading) {
    out_ = "{\"schema\":1";
    text("list", heading_.name);
    if (heading_.verdict) text("verdict", to_string(*heading_.verdict));
    if (heading_.exclusive) out_ += ",\"exclusive\":true";
    out_ += ",\"entries\":[";
  }

  void add(const Stored& stored) override {
    out_ += out_.ends_with('[') ? "\n{" : ",\n{";
    text("entry", to_string(stored.entry));
    text("comment", stored.comment);
    text("state", to_string(stored.state));
    text("kind", to_string(stored.entry.kind));
    text_or_null("created", time_text(stored.created));
    text_or_null("updated", time_text(stored.updated));
    text_or_null("expires", time_text(stored.expires));
    text_or_null("source", stored.source);
    out_ += '}';
  }

  Expected<std::string> finish() override {
    out_ += "\n]}\n";
    return std::move(out_);
  }

 private:
  void key(std::string_view name) {
    if (!out_.ends_with('{')) out_ += ',';
    out_.append("\"").append(name).append("\":");
  }

  void text(std::string_view name, std::string_view value) {
    key(name);
    out_ += '"';
    append_json(out_, value);
    out_ += '"';
  }

  void text_or_null(std::string_view name, std::string_view value) {
    if (!value.empty()) return text(name, value);
    key(name);
    out_ += "null";
  }
};

class TextExporter : public RecordExporter {
 public:
  using RecordExporter::RecordExporter;

  void add(const Stored& stored) override {
    out_ += to_string(stored.entry);
    if (!stored.comment.empty()) out_ += ';' + escape_unsafe(stored.comment);
    out_ += '\n';
    ++count_;
  }

  Expected<std::string> finish() override {
    return heading_lines(heading_, "# ", count_, {}) + out_;
  }

 private:
  std::size_t count_ = 0;
};

}  // namespace

std::unique_ptr<Exporter> make_csv(const Heading& heading) {
  return std::make_unique<CsvExporter>(heading);
}

std::unique_ptr<Exporter> make_json(const Heading& heading) {
  return std::make_unique<JsonExporter>(heading);
}

std::unique_ptr<Exporter> make_text(const Heading& heading) {
  return std::make_unique<TextExporter>(heading);
}

}  // namespace mailtrust::list
