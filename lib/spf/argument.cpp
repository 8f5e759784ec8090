#include "spf/argument.hpp"

#include <algorithm>

#include "base/escape.hpp"

namespace mailtrust::spf {
namespace {

using Kind = SyntaxError::Kind;

// "0" / %x31-39 *DIGIT, at most `most`, taken off the slice.
Problem take_length(Slice& slice, unsigned most, unsigned& length) {
  auto digits = std::min(slice.text.find_first_not_of("0123456789"), slice.text.size());
  auto number = slice.text.substr(0, digits);
  auto wrong = [&](const std::string& what) {
    return Fault{Kind::bad_cidr, slice.offset,
                 what + "; expected a prefix length from 0 to " + std::to_string(most)};
  };
  if (number.empty()) return wrong("no digits after \"/\"");
  if (number.size() > 1 && number[0] == '0') return wrong(quote(number) + " begins with a zero");
  unsigned value = 0;
  for (char c : number) value = std::min(value * 10 + static_cast<unsigned>(c - '0'), most + 1);
  if (value > most) return wrong(quote(number) + " is too long");
  length = value;
  slice = slice.from(digits);
  return std::nullopt;
}

Problem unexpected_rest(Slice slice) {
  if (slice.text.empty()) return std::nullopt;
  return Fault{Kind::bad_cidr, slice.offset, quote(slice.text) + " after the prefix length"};
}

// dual-cidr-length = [ ip4-cidr-length ] [ "/" ip6-cidr-length ]
Problem read_dual_cidr(Slice slice, CidrLengths& lengths) {
  if (slice.text.empty()) return std::nullopt;
  if (!slice.text.starts_with("//")) {
    slice = slice.from(1);
    if (auto problem = take_length(slice, 32, lengths.v4)) return problem;
  }
  if (!slice.text.starts_with("//")) return unexpected_rest(slice);
  slice = slice.from(2);
  if (auto problem = take_length(slice, 128, lengths.v6)) return problem;
  return unexpected_rest(slice);
}

// Where the prefix lengths begin: the first "/" behind which there are only digits and slashes.
std::size_t find_cidr(std::string_view text) {
  auto other = text.find_last_not_of("/0123456789");
  auto slash = text.find('/', other == std::string_view::npos ? 0 : other + 1);
  return std::min(slash, text.size());
}

// RFC 7208 section 12: a slash may stand inside a domain-spec, but never in its last label; there
// it was meant to begin a prefix length.
Fault blame_slash(Slice name, Fault fault) {
  auto slash = name.text.rfind('/');
  if (fault.kind != Kind::bad_domain || slash == std::string_view::npos) return fault;
  if (name.text.find('.', slash) != std::string_view::npos) return fault;
  return {Kind::bad_cidr, name.offset + slash,
          quote(name.text.substr(slash)) + " is not a prefix length"};
}

// [ ":" domain-spec ] [ dual-cidr-length ]
Problem read_hosts(Slice slice, std::optional<DomainSpec>& domain, CidrLengths& lengths) {
  auto cidr = find_cidr(slice.text);
  auto name = slice.until(cidr);
  if (!name.text.empty())
    if (auto problem = read_domain(name.from(1), domain.emplace()))
      return blame_slash(name, *problem);
  return read_dual_cidr(slice.from(cidr), lengths);
}

// ":" domain-spec, and no prefix length.
Problem read_target(Slice slice, DomainSpec& domain) {
  if (slice.text.empty() || slice.text == ":")
    return Fault{Kind::missing_argument, slice.offset + slice.text.size(),
                 "expected \":\" and a domain here"};
  auto cidr = find_cidr(slice.text);
  if (cidr < slice.text.size())
    return Fault{Kind::unexpected_argument, slice.offset + cidr,
                 quote(slice.text.substr(cidr)) + ": this mechanism takes no prefix length"};
  return read_domain(slice.from(1), domain);
}

// ":" network [ cidr-length ]
Problem read_network(Slice slice, net::Family family, net::Prefix& network) {
  bool v4 = family == net::Family::v4;
  if (!slice.text.starts_with(':') || slice.text.size() == 1)
    return Fault{Kind::missing_argument, slice.offset,
                 v4 ? "expected \":\" and an IPv4 network such as 192.0.2.0/24"
                    : "expected \":\" and an IPv6 network such as 2001:db8::/32"};
  slice = slice.from(1);
  auto slash = std::min(slice.text.find('/'), slice.text.size());
  auto address = net::Address::read(slice.text.substr(0, slash));
  if (!address || address->family() != family)
    return Fault{Kind::bad_address, slice.offset,
                 quote(slice.text.substr(0, slash)) +
                     (v4 ? " is not an IPv4 address" : " is not an IPv6 address")};
  network = {*address, net::width(family)};
  slice = slice.from(slash);
  if (slice.text.empty()) return std::nullopt;
  slice = slice.from(1);
  if (auto problem = take_length(slice, net::width(family), network.length)) return problem;
  return unexpected_rest(slice);
}

}  // namespace

Problem read_domain(Slice slice, DomainSpec& domain) {
  if (slice.text.empty())
    return Fault{Kind::missing_argument, slice.offset, "expected a domain here"};
  auto parsed = parse_domain_spec(slice.text);
  domain = std::move(parsed.macro);
  if (!parsed.error) return std::nullopt;
  return Fault{parsed.error->in_domain ? Kind::bad_domain : Kind::bad_macro,
               slice.offset + parsed.error->offset, std::move(parsed.error->message)};
}

Problem read_argument(Slice slice, All& /*all*/) {
  if (slice.text.empty()) return std::nullopt;
  return Fault{Kind::unexpected_argument, slice.offset,
               quote(slice.text) + ": \"all\" takes no argument"};
}

Problem read_argument(Slice slice, Include& include) {
  return read_target(slice, include.domain);
}

Problem read_argument(Slice slice, Exists& exists) {
  return read_target(slice, exists.domain);
}

Problem read_argument(Slice slice, A& a) {
  return read_hosts(slice, a.domain, a.lengths);
}

Problem read_argument(Slice slice, Mx& mx) {
  return read_hosts(slice, mx.domain, mx.lengths);
}

Problem read_argument(Slice slice, Ptr& ptr) {
  if (slice.text.empty()) return std::nullopt;
  return read_target(slice, ptr.domain.emplace());
}

Problem read_argument(Slice slice, Ip4& ip4) {
  return read_network(slice, net::Family::v4, ip4.network);
}

Problem read_argument(Slice slice, Ip6& ip6) {
  return read_network(slice, net::Family::v6, ip6.network);
}

}  // namespace mailtrust::spf
