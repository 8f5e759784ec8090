#pragma once
// What to do about a failure, for people.

#include <string>
#include <string_view>
#include <vector>

#include "bounce/classify.hpp"

namespace mailtrust::bounce {

enum class Actor { you, list_owner, receiver, recipient, nobody };

std::string_view to_string(Actor actor);  ///< "you", "list", "receiver", "recipient", "nobody"

struct Advice {
  Actor actor = Actor::you;  ///< who must act
  std::string meaning;       ///< what the reply says, one sentence
  std::string what_to_do;    ///< one sentence
  std::vector<std::string>
      checks;                    ///< commands, ready to paste: "mailtrust dmarc check example.com"
  bool retry = false;            ///< is it worth to send the same message again?
  std::string retry_when;        ///< "after an hour", "when the block is lifted"; may be empty
  std::vector<std::string> ask;  ///< pages and addresses where the receiver can be asked
  std::string receiver;          ///< whose words they are: "google" (receiver.hpp); may be empty
};

/// `failure` is what `verdict` was made of: names in it (addresses, IPs, domains) fill the checks,
/// where they are safe to paste. What it does not name is YOUR-DOMAIN, YOUR-IP, RECIPIENT-DOMAIN.
/// Pages in it come first in `ask`, as they are: they are the server's words, not ours.
Advice advise(const Failure& failure, const Verdict& verdict);

/// The same for a reason alone, as a person asks for the meaning of a word.
Advice advise(Reason reason);

}  // namespace mailtrust::bounce
