#pragma once
// How an evaluation went: a tree of terms, each with its questions, its cost and the clause that
// decided. A receipt for people; nothing in it is used to decide.

#include <string>
#include <string_view>
#include <vector>

#include "dns/resolver.hpp"

namespace mailtrust::spf {

/// One question a term asked.
struct TraceQuestion {
  dns::Question question;
  dns::Status status = dns::Status::failed;
  std::string answer;  ///< the records in short; the status or the failure where there are none
};

/// A term, or a whole record ("check_host(example.org)").
struct TraceNode {
  std::string domain;  ///< whose record it stands in
  std::string term;    ///< as written
  std::vector<TraceQuestion> questions;
  std::string ending;         ///< "match", "no match", or a result of section 2.6
  std::string_view clause;    ///< what decided: "RFC 7208 section 5.4"
  unsigned lookups = 0;       ///< so far, this term included
  unsigned void_lookups = 0;  ///< so far
  std::vector<TraceNode> children;
};

/// Collects nodes as they are opened and closed; does nothing when off.
class Tracer {
 public:
  explicit Tracer(bool on) : on_(on) {}

  [[nodiscard]] bool on() const { return on_; }

  void open(std::string domain, std::string term);

  /// A question of the node that is open.
  void asked(const dns::Name& name, dns::Type type, const dns::Answer& answer);

  void close(std::string_view ending, std::string_view clause, unsigned lookups,
             unsigned void_lookups);

  /// The closed roots.
  std::vector<TraceNode> take() { return std::move(roots_); }

 private:
  bool on_;
  std::vector<TraceNode> open_;  // from the root to the node being worked on
  std::vector<TraceNode> roots_;
};

}  // namespace mailtrust::spf
