#pragma once
// Changes that software makes to every line it passes on, undone.

#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace mailtrust::dkim::damage {

struct TextUndo {
  std::string_view kind;     ///< of kinds()
  std::string_view message;  ///< what would make the signature verify

  /// Lines in CRLF, in and out. Nothing when there is nothing to undo.
  std::optional<std::string> (*undo)(std::string_view body);
};

/// The likely ones first.
std::span<const TextUndo> text_undos();

}  // namespace mailtrust::dkim::damage
