#include "maillog/reader.hpp"

#include <algorithm>
#include <cstring>
#include <memory>
#include <string>
#include <utility>

#include "base/limits.hpp"
#include "maillog/dialects.hpp"

namespace mailtrust::maillog {

class Reader::Impl {
 public:
  Impl(Options options, Sink sink) : dialects_(options, std::move(sink)) {}

  void add(std::string_view octets) {
    while (!octets.empty()) {
      const void* found = std::memchr(octets.data(), '\n', octets.size());
      if (found == nullptr) return keep(octets);
      auto length = static_cast<std::size_t>(static_cast<const char*>(found) - octets.data());
      if (rest_.empty()) {
        line(octets.substr(0, length));
      } else {
        keep(octets.substr(0, length));
        line(rest_);
        rest_.clear();
      }
      octets.remove_prefix(length + 1);
    }
  }

  void end_of_file(Rest rest) {
    if (rest == Rest::read && !rest_.empty()) line(rest_);
    rest_ = {};
    dialects_.end_of_file();
  }

  [[nodiscard]] std::string state(std::size_t limit) const {
    return dialects_.ledger().state(limit);
  }

  void restore(std::string_view state) { dialects_.ledger().restore(state); }

  const Counts& counts() {
    counts_.forgotten = dialects_.ledger().forgotten();
    return counts_;
  }

 private:
  void keep(std::string_view octets) {
    auto room = limits::kLogLine - std::min(rest_.size(), limits::kLogLine);
    rest_.append(octets.substr(0, room));
  }

  void line(std::string_view text) {
    text = text.substr(0, limits::kLogLine);
    if (text.ends_with('\r')) text.remove_suffix(1);
    ++counts_.lines;
    switch (dialects_.read(text)) {
      case Outcome::understood: ++counts_.understood; break;
      case Outcome::foreign: ++counts_.foreign; break;
      case Outcome::damaged: ++counts_.damaged; break;
    }
  }

  Dialects dialects_;
  Counts counts_;
  std::string rest_;  // of a line that has not come to its end
};

Reader::Reader(Options options, Sink sink)
    : impl_(std::make_unique<Impl>(options, std::move(sink))) {}

Reader::~Reader() = default;

void Reader::add(std::string_view octets) {
  impl_->add(octets);
}

void Reader::end_of_file(Rest rest) {
  impl_->end_of_file(rest);
}

std::string Reader::queue_state(std::size_t limit) const {
  return impl_->state(limit);
}

void Reader::restore(std::string_view queue_state) {
  impl_->restore(queue_state);
}

const Reader::Counts& Reader::counts() const {
  return impl_->counts();
}

}  // namespace mailtrust::maillog
