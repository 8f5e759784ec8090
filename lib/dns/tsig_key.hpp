#pragma once
// A secret that two servers share to sign what they say to each other, and the files such keys come
// in. RFC 8945 section 6.

#include <cstdint>
#include <string>
#include <string_view>

#include "base/expected.hpp"
#include "dns/name.hpp"

namespace mailtrust::dns {

/// Those of RFC 8945 section 6 that may be used.
enum class TsigAlgorithm : std::uint8_t { sha1, sha224, sha256, sha384, sha512 };

std::string_view to_string(TsigAlgorithm algorithm);  ///< "hmac-sha256"

struct TsigKey {
  Name name;
  TsigAlgorithm algorithm = TsigAlgorithm::sha256;
  std::string secret;  ///< octets; never printed
};

/// One key, in any of the spellings administrators have: named.conf (`key "NAME" { algorithm
/// hmac-sha256; secret "..."; };`), what `keymgr -t` prints for knot.conf, nsd.conf, and
/// `[hmac-sha256:]NAME:SECRET` as dig -y and nsupdate -y take it. The Error is of kind input, names
/// the line, and never quotes the text.
Expected<TsigKey> parse_tsig_key(std::string_view text);

/// The same from a file of at most limits::kPrivateKey octets; `where` is the path.
Expected<TsigKey> read_tsig_key(const std::string& path);

}  // namespace mailtrust::dns
