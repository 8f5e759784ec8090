#pragma once
// How long something took or may take, for people: "5 s", "1.5 s", "250 ms".

#include <chrono>
#include <string>

namespace mailtrust {

inline std::string time_text(std::chrono::steady_clock::duration time) {
  auto milliseconds = std::chrono::round<std::chrono::milliseconds>(time).count();
  if (milliseconds < 1000) return std::to_string(milliseconds) + " ms";
  auto tenths = (milliseconds + 50) / 100;
  auto text = std::to_string(tenths / 10);
  if (tenths % 10 != 0) text += '.' + std::to_string(tenths % 10);
  return text + " s";
}

}  // namespace mailtrust
