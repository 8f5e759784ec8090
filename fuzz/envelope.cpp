// How reports come: by themselves, packed, in mails, in mails within mails.
#include "report/envelope.hpp"

#include "base/limits.hpp"
#include "fuzz/target.hpp"

using namespace mailtrust;

MAILTRUST_FUZZ(envelope, octets) {
  std::size_t documents = 0;
  std::size_t others = 0;
  auto sink = [&](const report::Document& document) {
    ++documents;
    others += document.kind == report::Kind::other ? 1U : 0U;
    require(document.octets.size() <= limits::kReportInflated, "no more than is inflated");
    return true;
  };
  auto opened = report::open_envelope(octets, sink);
  require(documents <= limits::kReportMembers + 1, "no more members than the limit");
  require(!opened || documents > 0, "something is said of every input");
  if (opened) require(others <= documents, "what is no report is told as that");

  std::size_t first = 0;
  static_cast<void>(report::open_envelope(octets, [&](const auto&) { return ++first, false; }));
  require(first == (documents > 0 ? 1 : 0), "who wants no more gets no more");
}
