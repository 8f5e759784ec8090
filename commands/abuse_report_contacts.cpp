#include "commands/abuse_report_contacts.hpp"

#include <algorithm>
#include <atomic>
#include <future>
#include <system_error>

#include "base/limits.hpp"
#include "complaint/text.hpp"

namespace mailtrust::commands {
namespace {

constexpr unsigned kJobs = 16;  // registries ask for few requests at a time

}  // namespace

std::string best_contact(const abuse::Answer& answer) {
  auto usable = [](const registration::Contact& contact) {
    return !contact.undeliverable && complaint::is_plain_mailbox(contact.email);
  };
  auto found = std::ranges::find_if(answer.contacts, usable);
  return found != answer.contacts.end() ? found->email : std::string{};
}

abuse::Answer Contacts::ask(const net::Address& address) {
  auto deadline = deadline_of(context_);
  dns::Inquiry inquiry(context_.resolver.behind(), limits::kVerifyQuestions, deadline);
  return options_.get(context_).find(address, abuse::Want::contacts, inquiry, deadline);
}

void Contacts::look_up(const std::vector<net::Address>& addresses) {
  std::vector<net::Address> missing;
  for (const auto& address : addresses)
    if (answers_.emplace(address, abuse::Answer{}).second) missing.push_back(address);
  std::atomic<std::size_t> next{0};
  auto work = [&] {
    for (auto i = next++; i < missing.size(); i = next++) answers_.at(missing[i]) = ask(missing[i]);
  };
  auto jobs = std::min<std::size_t>(context_.globals.jobs.value_or(kJobs), missing.size());
  std::vector<std::future<void>> others;
  others.reserve(jobs);
  try {
    for (std::size_t i = 1; i < jobs; ++i) others.push_back(std::async(std::launch::async, work));
  } catch (const std::system_error&) {
    // Where there can be no more threads, those that are do the work.
  }
  work();
  for (auto& other : others) other.get();
}

}  // namespace mailtrust::commands
