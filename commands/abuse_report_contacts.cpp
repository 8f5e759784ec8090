#include "commands/abuse_report_contacts.hpp"

#include <algorithm>
#include <atomic>
#include <thread>

#include "base/limits.hpp"
#include "complaint/text.hpp"
#include "list/store.hpp"

namespace mailtrust::commands {
namespace {

constexpr unsigned kJobs = 16;  // registries ask for few requests at a time

abuse::Options finder_options(const AbuseReportOptions& options, const cli::Context& context) {
  abuse::Options wanted;
  wanted.rdap_base = options.rdap_base;
  wanted.whois_server = options.whois_server;
  if (auto path = list::store_path(context.globals.store)) wanted.store = *path;
  wanted.now = context.now;
  wanted.timeout = context.globals.timeout;
  wanted.offline = !context.globals.zones.empty();
  return wanted;
}

}  // namespace

std::string best_contact(const abuse::Answer& answer) {
  auto usable = [](const registration::Contact& contact) {
    return !contact.undeliverable && complaint::is_plain_mailbox(contact.email);
  };
  auto found = std::ranges::find_if(answer.contacts, usable);
  return found != answer.contacts.end() ? found->email : std::string{};
}

Contacts::Contacts(const AbuseReportOptions& options, cli::Context& context)
    : context_(context), finder_(finder_options(options, context)) {}

abuse::Answer Contacts::ask(const net::Address& address) {
  constexpr auto kBeforeTheLast = limits::kTimeoutsPerInput - 1;
  auto deadline = dns::Inquiry::Clock::now() + context_.globals.timeout * kBeforeTheLast;
  dns::Inquiry inquiry(context_.resolver.behind(), limits::kVerifyQuestions, deadline);
  return finder_.find(address, abuse::Want::contacts, inquiry, deadline);
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
  std::vector<std::jthread> threads;
  for (std::size_t i = 1; i < jobs; ++i) threads.emplace_back(work);
  work();
}

}  // namespace mailtrust::commands
