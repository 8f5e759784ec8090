// A table of titles and values for each recipient: PMDF, Sun and Oracle Messaging Server
// (return_*.txt), InterMail.

#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/hints.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

enum class Title { recipient, original, reason, diagnostic, remote, none };

Title title_of(string_view name) {
  if (ascii::iequals(name, "Recipient address") || ascii::iequals(name, "Recipient"))
    return Title::recipient;
  if (ascii::iequals(name, "Original address")) return Title::original;
  if (ascii::iequals(name, "Reason")) return Title::reason;
  if (ascii::iequals(name, "Diagnostic code")) return Title::diagnostic;
  if (ascii::iequals(name, "Remote system")) return Title::remote;
  return Title::none;
}

class TableReader {
 public:
  explicit TableReader(const Scene& scene) : scene_(scene), accounts_(scene) {}

  std::vector<Failure> read() {
    for (auto at = scene_.line + 1; at < scene_.mail.lines.size(); ++at) {
      auto line = scene_.mail.lines[at];
      if (is_end(line)) break;
      take(ascii::trim(line));
    }
    close();
    return accounts_.finish();
  }

 private:
  void take(string_view words) {
    auto colon = words.substr(0, kLongestTitle).find(':');
    auto title = colon == string_view::npos ? Title::none : title_of(words.substr(0, colon));
    if (words.empty() || title != Title::none) title_ = title;
    if (title != Title::none) words = ascii::trim(words.substr(colon + 1));
    switch (title_) {
      case Title::recipient: open(words); break;
      case Title::original: original_ = words; break;
      case Title::reason: append_words(reason_, words); break;
      case Title::diagnostic: append_words(diagnostic_, words); break;
      case Title::remote: append_words(remote_, words); break;
      case Title::none: break;
    }
  }

  void open(string_view words) {
    auto entry = entry_of(words);
    if (!entry) return;
    close();
    address_ = entry->address;
  }

  // The server's words where there are any; "Over quota" and the like stand alone.
  void close() {
    constexpr std::size_t kBare = 16;
    if (!address_.empty()) {
      accounts_.open(address_, original_);
      accounts_.say(diagnostic_);
      if (diagnostic_.size() < kBare) accounts_.say(reason_);
      host_ = std::string(remote_in("remote system: " + remote_));
      accounts_.name_remote(host_);
      accounts_.name_command(command_in(reason_));
      accounts_.flush();
    }
    address_ = original_ = {};
    reason_.clear();
    diagnostic_.clear();
    remote_.clear();
  }

  static constexpr std::size_t kLongestTitle = 32;

  const Scene& scene_;
  Collector accounts_;
  Title title_ = Title::none;
  string_view address_;
  string_view original_;
  std::string reason_;
  std::string diagnostic_;
  std::string remote_;
  std::string host_;
};

}  // namespace

std::vector<Failure> read_table(const Scene& scene) {
  return TableReader(scene).read();
}

}  // namespace mailtrust::bounce::layouts
