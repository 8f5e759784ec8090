#include "bounce/layouts/shape.hpp"

#include <algorithm>
#include <array>

#include "base/ascii.hpp"
#include "base/limits.hpp"
#include "bounce/layouts/address_in.hpp"
#include "bounce/layouts/hints.hpp"

namespace mailtrust::bounce::layouts {
namespace {

using std::string_view;

// Octets of a reply that several share: what is kept grows with the text alone.
constexpr std::size_t kSharedReply = 2048;

// What stands before the returned message in one system or another, rules before it left away.
constexpr std::array<string_view, 36> kEnds = {
    "original message",
    "original headers",
    "original message headers:",
    "original message follows",
    "the original message",
    "below this line is",
    "below is a copy",
    "enclosed is a copy",
    "attached is a copy",
    "this is a copy of",
    "included is a copy",
    "a copy of the message",
    "message header follow",
    "message headers follow",
    "message follows",
    "message text follows",
    "the header of the original message",
    "the headers of the original message",
    "headers of the original message",
    "the header and top",
    "the first part of the message",
    "unsent message follows",
    "returned message",
    "returned mail",
    "undelivered message follows",
    "rejected message",
    "begin message",
    "forwarded message",
    "the body of the message is",
    "message-header",
    "header of original message",
    "reporting-mta:",
    "return-path:",
    "received:",
    "final-recipient:",
    "content-type: message/",
};

bool is_mark(char c) {
  return string_view("-*#=_~+ \t").find(c) != string_view::npos;
}

}  // namespace

void Collector::open(string_view address, string_view original) {
  if (has_reply()) close();
  if (failures_.size() >= kMostCollected) return;
  Failure failure;
  failure.address = address;
  failure.original = original;
  failure.system = scene_.system;
  failure.action = scene_.action;
  failures_.push_back(std::move(failure));
}

void Collector::say(string_view words) {
  append_words(reply_, words);
}

void Collector::name_origin(string_view address) {
  if (failures_.empty() || address.empty()) return;
  auto& last = failures_.back();
  (last.address.empty() ? last.address : last.original) = address;
}

bool Collector::is_open(string_view address) const {
  return !failures_.empty() && ascii::iequals(failures_.back().address, address);
}

void Collector::close() {
  auto count = failures_.size() - first_;
  auto reply = string_view(reply_).substr(0, count > 1 ? kSharedReply : reply_.size());
  for (; first_ < failures_.size(); ++first_) {
    auto& failure = failures_[first_];
    if (!reply.empty()) failure.diagnostic = reply;
    failure.remote = ascii::to_lower(remote_);
    failure.command = command_;
  }
  reply_.clear();
  remote_ = command_ = {};
}

std::vector<Failure> Collector::finish(string_view otherwise) {
  close();
  otherwise = otherwise.substr(0, kSharedReply);
  for (auto& failure : failures_) {
    if (failure.diagnostic.empty()) failure.diagnostic = otherwise;
    fill_in(failure);
  }
  return std::move(failures_);
}

std::size_t indent_of(string_view line) {
  std::size_t columns = 0;
  for (char c : line) {
    if (c != ' ' && c != '\t') break;
    columns += c == '\t' ? 8 : 1;
  }
  return columns;
}

string_view without_rule(string_view line) {
  while (!line.empty() && is_mark(line.front())) line.remove_prefix(1);
  return line;
}

bool is_rule(string_view line) {
  auto words = ascii::trim(line);
  return words.size() > 2 && std::ranges::all_of(words, is_mark);
}

bool is_end(string_view line) {
  auto words = without_rule(line);
  return std::ranges::any_of(kEnds, [&](auto end) { return ascii::istarts_with(words, end); });
}

void append_words(std::string& reply, string_view words) {
  words = ascii::trim(words);
  if (words.empty() || reply.size() + 1 >= limits::kDiagnostic) return;
  if (!reply.empty()) reply += ' ';
  reply += words.substr(0, limits::kDiagnostic - reply.size());
}

}  // namespace mailtrust::bounce::layouts
