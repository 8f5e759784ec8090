#pragma once
// The rows behind advise(): data (advice*.inc, ask*.inc), each file dated.

#include <array>
#include <span>
#include <string_view>

#include "bounce/advice.hpp"

namespace mailtrust::bounce {

/// What is told when no rule says more. Empty text in a row of rule_advice(): as for its reason.
struct AdviceRow {
  Reason reason = Reason::undetermined;
  std::string_view rule = {};  ///< the id it is for; empty: every reply of this reason
  Actor actor = Actor::you;
  std::string_view meaning = {};
  std::string_view action = {};
  /// Commands; {ip}, {domain}, {sender} and {recipient-domain} stand for what the reply names.
  std::array<std::string_view, 3> checks = {};
  bool retry = false;
  std::string_view when = {};
};

/// One for each reason.
std::span<const AdviceRow> reason_advice();

/// For single rules whose remedy is not that of their reason.
std::span<const AdviceRow> rule_advice();

/// What a page is good for.
enum class Topic {
  delivery,  ///< refused for what the sender is or sends: guidelines, requests for removal
  trouble,   ///< anything, also servers that do not answer
};

/// A page where a receiver can be asked, or the meaning of its replies read.
struct Page {
  std::string_view receiver;
  Topic topic = Topic::delivery;
  std::string_view where = {};  ///< "https://..." or a mailbox
};

std::span<const Page> pages();

/// Words by which a reply names a block list or a filter whose pages are not the receiver's own.
struct ListMark {
  std::string_view words;       ///< in lower case: "spamhaus"
  std::string_view zone = {};   ///< a row of dnsbl::all(), whose page is taken; or empty
  std::string_view where = {};  ///< else: the page; {ip} stands for the address
};

std::span<const ListMark> list_marks();

}  // namespace mailtrust::bounce
