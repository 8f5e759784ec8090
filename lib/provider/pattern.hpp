#pragma once
// Names with placeholders, as the provider table writes them: "u{account}.wl{pod}.sendgrid.net".

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "provider/provider.hpp"

namespace mailtrust::provider {

/// The pattern's text after its last placeholder, which every match ends with.
std::string_view literal_tail(std::string_view pattern);

/// Does the whole `text` (lower case) match? A placeholder takes one or more octets, dots only if
/// it is `{domain}` or `{macro}`. Text over 255 octets matches nothing.
std::optional<std::vector<Capture>> match(std::string_view pattern, std::string_view text);

/// The pattern with its placeholders replaced; nothing when one has no capture.
std::optional<std::string> fill(std::string_view pattern, const std::vector<Capture>& captures);

}  // namespace mailtrust::provider
