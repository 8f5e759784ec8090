#pragma once
// What a zone file holds, ready to be asked: records by name and type, names that exist without
// records, and faults made on purpose. RFC 1034 section 4.3.2 (the search), RFC 4592 (wildcards).

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "dns/resolver.hpp"

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

  void add(Record record);

  /// The name then exists, except by a fault of status nxdomain.
  void add(const ZoneFault& fault);

  /// Collapses identical records. Call once, after the last add.
  void seal();

  /// The answer to a question whose name is in the zone as it stands, without aliases. Else null.
  [[nodiscard]] AnswerPtr exact(const Question& question) const;

  /// The names that have records of the type, sorted.
  [[nodiscard]] std::vector<Name> owners(Type type) const;

  /// The search of RFC 1034 section 4.3.2 step 3 for a name; follows nothing.
  [[nodiscard]] Match match(const Question& question) const;

 private:
  struct Hash {
    using is_transparent = void;

    std::size_t operator()(std::string_view wire) const {
      return std::hash<std::string_view>{}(wire);
    }
  };

  template <typename T>
  using ByName =
      std::unordered_map<std::string, T, Hash, std::equal_to<>>;  // lower-cased wire form
  using Sets = std::map<Type, std::shared_ptr<Answer>>;

  Sets& node(std::string_view wire);
  [[nodiscard]] const Sets* find(std::string_view wire) const;
  [[nodiscard]] AnswerPtr fault(std::string_view wire, Type type) const;
  bool take(Match& match, std::string_view wire, Type type) const;

  ByName<Sets> nodes_;
  ByName<Sets> faults_;
};

}  // namespace mailtrust::dns
