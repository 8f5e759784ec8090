#pragma once
// Reading and writing descriptors that came from outside: a signal may interrupt, and whoever
// shares a pipe or a terminal with us may have made it non-blocking (read(2), write(2)).

#include <span>
#include <string_view>

#include <sys/types.h>

namespace mailtrust {

/// Waits until there is something, and reads it into `room`. 0 at the end, -1 with errno when it
/// cannot be read.
ssize_t read_some(int descriptor, std::span<char> room);

/// Waits until all is written. False with errno when it cannot be, which may be after a part.
bool write_all(int descriptor, std::string_view octets);

}  // namespace mailtrust
