#pragma once
// Copies parts of a text in as few pieces as can be.

#include <cstddef>
#include <string>
#include <string_view>

namespace mailtrust::report {

class FragmentWriter {
 public:
  /// `text` must outlive it. Over `most` octets in one target nothing more is written.
  FragmentWriter(std::string_view text, std::size_t most) : text_(text), most_(most) {}

  /// What follows from `at` on goes to `out`; null: nowhere.
  void begin(std::string* out, std::size_t at) {
    out_ = out;
    done_ = at;
  }

  [[nodiscard]] const std::string* target() const { return out_; }

  /// The text up to `end` is written, as far as it is not yet.
  void copy_to(std::size_t end) {
    append(text_.substr(done_, end - done_));
    done_ = end;
  }

  void leave_out(std::size_t end) { done_ = end; }

  /// `octets` stand for the text from `from` to `end`.
  void replace(std::size_t from, std::size_t end, std::string_view octets) {
    copy_to(from);
    append(octets);
    done_ = end;
  }

  void append(std::string_view octets) {
    if (out_ == nullptr) return;
    if (octets.size() > most_ - out_->size())
      is_over_ = true;
    else
      out_->append(octets);
  }

  /// Was something left out for its size since this was asked last?
  bool take_over() {
    bool was_over = is_over_;
    is_over_ = false;
    return was_over;
  }

 private:
  std::string_view text_;
  std::size_t most_;
  std::string* out_ = nullptr;
  std::size_t done_ = 0;
  bool is_over_ = false;
};

}  // namespace mailtrust::report
