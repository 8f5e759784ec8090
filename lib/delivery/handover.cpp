#include "delivery/handover.hpp"

#include <utility>

#include "base/ascii.hpp"

namespace mailtrust::delivery {
namespace {

// Postfix local(8), of what a .forward file sends on.
constexpr std::string_view kForwarded = "forwarded as ";

constexpr std::size_t kGeneration = 32'768;

std::string_view word_at(std::string_view text) {
  auto end =
      text.find_first_not_of("0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_.");
  auto word = text.substr(0, end);
  while (word.ends_with('.')) word.remove_suffix(1);
  return word;
}

std::string_view behind(std::string_view text, std::string_view words) {
  auto at = text.rfind(words);
  return at == std::string_view::npos ? std::string_view{}
                                      : word_at(text.substr(at + words.size()));
}

}  // namespace

std::string_view next_id(std::string_view text) {
  if (auto id = behind(text, kForwarded); !id.empty()) return id;
  if (auto id = behind(text, "queued as "); !id.empty()) return id;
  if (auto id = behind(text, "OK id="); !id.empty()) return id;
  auto at = text.find(" Message accepted for delivery");  // sendmail
  if (at == std::string_view::npos) return {};
  auto before = text.substr(0, at);
  return word_at(before.substr(before.find_last_of(" (") + 1));
}

bool is_local_hop(const maillog::Event& event) {
  return event.text.starts_with(kForwarded) || event.remote_ip.starts_with("127.") ||
         event.remote_ip == "::1" || event.remote == "localhost" ||
         event.remote.starts_with("127.");
}

std::vector<Handovers::Undo> Handovers::see(const maillog::Event& event) {
  if (event.id.empty() || event.id == last_) return {};
  last_ = event.id;
  auto id = hash_(event.id);
  if (young_.size() >= kGeneration) old_ = std::exchange(young_, {});
  young_.insert(id);
  for (auto* waiting : {&waiting_, &waited_})
    if (auto found = waiting->find(id); found != waiting->end())
      return std::move(waiting->extract(found).mapped());
  return {};
}

bool Handovers::goes_on(const maillog::Event& event, Undo undo) {
  auto next = next_id(event.text);
  if (next.empty() || next == event.id) return false;
  auto id = hash_(next);
  if (young_.contains(id) || old_.contains(id)) return true;
  if (waiting_.size() >= kGeneration) waited_ = std::exchange(waiting_, {});
  waiting_[id].push_back(std::move(undo));
  return false;
}

}  // namespace mailtrust::delivery
