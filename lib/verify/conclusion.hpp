#pragma once
// What all of it comes to: is the message genuine?

#include <string>

#include "verify/verify.hpp"

namespace mailtrust::verify {

enum class Standing {
  genuine,   ///< the author's domain vouches, or without a policy somebody does
  unproven,  ///< nobody does, or the author's domain says so
  unknown,   ///< DNS did not tell, and it may be either
};

struct Conclusion {
  Standing standing = Standing::unproven;
  std::string sentence;  ///< "genuine: example.org vouches for it by DKIM (DMARC pass, p=reject)"
};

/// DMARC decides. Without a policy the message is genuine when a signature or SPF passes.
Conclusion conclude(const Outcome& outcome);

/// The domain of the From field, or "the author's domain" where there is not one.
std::string author_domain(const Outcome& outcome);

/// Who vouches though it is not the author's domain: "example.net signed it". Something passes.
std::string who_passes(const Outcome& outcome);

}  // namespace mailtrust::verify
