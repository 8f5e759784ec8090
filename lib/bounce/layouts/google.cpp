// Gmail: "Technical details of permanent failure" (until 2016), then "The response from the remote
// server was:".

#include <array>
#include <string>
#include <string_view>

#include "base/ascii.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/shape.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

constexpr std::array<string_view, 5> kTitles = {
    "technical details of", "the response from the remote server", "the response was",
    "final error:", "the error was:"};

// Behind it stand the server's own words.
constexpr std::array<string_view, 2> kQuotes = {"error that the other server returned was:",
                                                "the response was:"};

bool is_title(string_view line) {
  for (auto title : kTitles)
    if (ascii::istarts_with(line, title)) return true;
  return false;
}

string_view quoted(string_view reply) {
  for (auto quote : kQuotes)
    if (auto at = reply.find(quote); at != string_view::npos)
      return ascii::trim(reply.substr(at + quote.size()));
  return reply;
}

}  // namespace

std::vector<Failure> read_google(const Scene& scene) {
  Collector accounts(scene);
  std::string sentence;
  std::string reply;
  bool inside = false;
  const auto& lines = scene.mail.lines;
  for (auto at = scene.line; at < lines.size() && !is_end(lines[at]); ++at) {
    auto line = lines[at];
    if (is_title(line)) {
      inside = true;
    } else if (inside) {
      append_words(reply, line);
    } else if (auto entry = entry_of(line)) {
      accounts.open(entry->address);
    } else {
      append_words(sentence, line);
    }
  }
  if (auto found = accounts.empty() ? find_address(sentence) : std::nullopt)
    accounts.open(found->address);
  auto words = quoted(reply);
  return accounts.finish(words.empty() ? string_view(sentence) : words);
}

}  // namespace mailtrust::bounce::layouts
