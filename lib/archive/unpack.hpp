#pragma once
// The members of a packed file, bounded while they are inflated. gzip (RFC 1952), zip (PKWARE's
// APPNOTE). Nothing is written to disk; names inside are data.

#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "base/limits.hpp"

namespace mailtrust::archive {

enum class Packing { none, gzip, zip };

/// By its first octets, not by a name.
Packing packing_of(std::string_view octets);

struct Bounds {
  std::size_t inflated = limits::kReportInflated;  ///< octets of all members together
  std::size_t members = limits::kReportMembers;
  std::size_t inflated_before = 0;  ///< of other archives, which count as well
  std::size_t members_before = 0;
};

struct Member {
  std::string name;         ///< as the archive has it, not escaped; empty for gzip
  std::string_view octets;  ///< as far as it could be read; lives until the sink returns
  std::string fault;        ///< a clause when it is damaged, cut or encrypted; else empty
};

/// False: no more members are wanted.
using Sink = std::function<bool(const Member&)>;

/// Octets that are not packed are handed on as the only member. A damaged member is handed on with
/// what is sound of it, and the others go on; directories are passed over. An Error of kind input
/// names the limit when one is reached: members handed on before stand.
Expected<void> unpack(std::string_view octets, const Sink& sink, const Bounds& bounds = {});

}  // namespace mailtrust::archive
