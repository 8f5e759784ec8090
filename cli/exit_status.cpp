#include "cli/exit_status.hpp"

namespace mailtrust::cli {
namespace {

int rank(Verdict verdict) {
  switch (verdict) {
    case Verdict::good: return 0;
    case Verdict::unknown: return 1;
    case Verdict::bad: return 2;
    case Verdict::unusable: return 3;
  }
  return 3;
}

}  // namespace

int exit_status(Verdict verdict) {
  switch (verdict) {
    case Verdict::good: return 0;
    case Verdict::bad: return 1;
    case Verdict::unusable: return 2;
    case Verdict::unknown: return 3;
  }
  return 3;
}

Verdict worse(Verdict a, Verdict b) {
  return rank(a) < rank(b) ? b : a;
}

}  // namespace mailtrust::cli
