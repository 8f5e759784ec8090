#pragma once
// The lines of a recorded zone: sorted, and no more than the replay needs.

#include <string>
#include <vector>

#include "dns/zone_fault.hpp"

namespace mailtrust::dns {

/// Gathers lines in any order; `compose` puts them in theirs.
class RecordingText {
 public:
  /// A record set: one name, one type, at least one record.
  void add(const std::vector<Record>& records);

  /// At most one for a name and type. The line of an nxdomain is left out where the rest says it.
  void add(const ZoneFault& fault);

  /// The master file.
  [[nodiscard]] std::string compose();

 private:
  struct Lines {
    std::string name;  // a key that sorts in canonical order
    Type type = Type::a;
    std::string text;

    friend auto operator<=>(const Lines&, const Lines&) = default;
  };

  [[nodiscard]] std::string join();

  std::vector<Lines> lines_;
  std::vector<ZoneFault> absent_;  // of status nxdomain
};

}  // namespace mailtrust::dns
