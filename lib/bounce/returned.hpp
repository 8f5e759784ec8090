#pragma once
// Where, in a notice without MIME, the message begins that comes back.

#include <cstddef>
#include <span>
#include <string_view>

namespace mailtrust::bounce {

struct ReturnedAt {
  std::size_t text_end = 0;  ///< lines before it are the notice's own
  std::size_t begin = 0;     ///< the first line of the message; the number of lines: there is none
};

/// Behind a marker ("--- Below this line is a copy of the message."), or else where lines begin
/// that are a message's header: fields with a Received, Return-Path or Message-ID among them.
/// Lines are counted from 0. One pass.
ReturnedAt find_returned(std::span<const std::string_view> lines);

}  // namespace mailtrust::bounce
