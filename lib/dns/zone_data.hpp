#pragma once
// What a zone file holds, ready to be asked: records by name and type, names that exist without
// records, and faults made on purpose. RFC 1034 section 4.3.2 (the search), RFC 4592 (wildcards).

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/limits.hpp"
#include "dns/resolver.hpp"
#include "dns/zone_sets.hpp"

namespace mailtrust::dns {

/// Seconds, of records without a TTL in a file without `$TTL`, and of negative answers.
inline constexpr std::uint32_t kDefaultTtl = 3600;

/// How questions about a name end, whatever records there are.
struct ZoneFault {
  Name name;
  Type type = Type::any;  ///< `any`: all types without a fault of their own
  Status status = Status::failed;
  Failure failure = Failure::none;
};

/// Filled first, then sealed, then only read (by any number of threads).
class ZoneData {
 public:
  /// Where a name's answers come from.
  struct Match {
    bool exists = false;  ///< by itself, as the ancestor of another, or by a wildcard
    bool is_wildcard = false;
    AnswerPtr answer;  ///< of the type asked, or a fault; null when there is neither
    AnswerPtr alias;   ///< the CNAME set, when there is no answer
    AnswerPtr dname;   ///< the DNAME set of the closest encloser, when the name is below it
  };

  /// `most`: octets that all of it may take.
  explicit ZoneData(std::size_t most = limits::kZoneData) : most_(most) {}

  /// What is added when it is full is not kept.
  void add(const Record& record);

  /// The name then exists, except by a fault of status nxdomain.
  void add(const ZoneFault& fault);

  /// What all of it takes, about.
  [[nodiscard]] std::size_t octets() const { return sets_.octets() + kFault * faults_.size(); }

  [[nodiscard]] bool is_full() const { return octets() > most_; }

  [[nodiscard]] std::size_t most() const { return most_; }

  /// Collapses identical records. Call once, after the last add.
  void seal();

  /// The answer to a question whose name is in the zone as it stands, without aliases. Else null.
  [[nodiscard]] AnswerPtr exact(const Question& question) const;

  /// The names that have records of the type, sorted.
  [[nodiscard]] std::vector<Name> owners(Type type) const { return sets_.owners(type); }

  /// The search of RFC 1034 section 4.3.2 step 3 for a name; follows nothing.
  [[nodiscard]] Match match(const Question& question) const;

 private:
  // Lower-cased wire form.
  using Faults = std::map<std::string, std::map<Type, AnswerPtr>, std::less<>>;

  [[nodiscard]] AnswerPtr fault(std::string_view wire, Type type) const;
  bool take(Match& match, std::string_view wire, Type type) const;

  static constexpr std::size_t kFault = 512;  // octets that one takes, about

  std::size_t most_;
  ZoneSets sets_;
  Faults faults_;
};

}  // namespace mailtrust::dns
