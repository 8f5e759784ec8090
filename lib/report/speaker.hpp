#pragma once
// One record of an aggregate report, understood: which of its identities are the author's own, who
// sent it, and why it failed.

#include <optional>
#include <string>
#include <string_view>

#include "net/address.hpp"
#include "report/aggregate.hpp"
#include "report/party.hpp"
#include "report/sums.hpp"

namespace mailtrust::report {

/// What is known of an address beside the report.
struct Host {
  std::string name = {};                        ///< that points back; else empty
  const provider::Provider* service = nullptr;  ///< by its name, or by the range it is in
  bool unresolved = false;                      ///< DNS did not tell its name
};

/// Who a record's source is.
struct Speaker {
  std::string who = {};  ///< a service, an organization's domain, or a network: the name of a row
  const provider::Provider* service = nullptr;
  bool own_host = false;      ///< its name is within the author's organization
  bool unresolved = false;    ///< the name of one of its addresses could not be had
  bool internal = false;      ///< an address of the reporter's inside
  std::string other = {};     ///< the organization whose identity passes, if it is another's
  std::string selector = {};  ///< "SELECTOR DOMAIN" of the organization's signature that fails
};

struct Understood {
  Speaker speaker;
  std::optional<net::Address> address;  ///< nothing for a source_ip that is none
  Sums sums;                            ///< of this record
};

/// The selectors of the organization's signatures: "SELECTOR DOMAIN", and did it verify?
using SelectorSink = std::function<void(std::string_view selector, bool verified)>;

/// How a source is named, the first that there is: the service by its address or confirmed name;
/// the organization of the confirmed name; the service, then the organization, that SPF passes for;
/// the one that signed; the network (IPv4 /24, IPv6 /48).
Understood understand(const Record& record, const Host& host, Parties& parties,
                      const SelectorSink& selector);

}  // namespace mailtrust::report
