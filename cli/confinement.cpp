#include "cli/confinement.hpp"

#include <sys/prctl.h>

namespace mailtrust::cli {
namespace {

// Sanitizers look at their own process from a child, by ptrace.
#ifdef MAILTRUST_SANITIZED
constexpr bool kIsSanitized = true;
#else
constexpr bool kIsSanitized = false;
#endif

}  // namespace

void confine(const Reach& reach) {
  if (reach.starts_programs) return;
  if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return;
  refuse_writes(reach.writes);
  if (!kIsSanitized) refuse_system_calls();
}

}  // namespace mailtrust::cli
