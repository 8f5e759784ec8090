#pragma once
// Text that is packed while it grows, for what is too long to wait in memory as it is.

#include <functional>
#include <memory>
#include <string>
#include <string_view>

namespace mailtrust {

class PackedText {
 public:
  PackedText();
  PackedText(const PackedText&) = delete;
  PackedText& operator=(const PackedText&) = delete;
  ~PackedText();

  /// Not after finish().
  void add(std::string_view text);

  void finish();

  /// After finish(): all of it, in pieces of at most 64 KiB, until `sink` wants no more.
  void read(const std::function<bool(std::string_view)>& sink) const;

 private:
  class Packer;

  std::unique_ptr<Packer> packer_;
  std::string packed_;
};

}  // namespace mailtrust
