#pragma once
// A shared library that is loaded only when it is needed.

#include "base/expected.hpp"

namespace mailtrust {

class SharedLibrary {
 public:
  /// `file` as dlopen(3) finds it. Without it an Error, temporary, that names the Debian package to
  /// install. Never unloaded: others may hold on to it.
  static Expected<SharedLibrary> load(const char* file, const char* package);

  /// Points `function` to the function of that name. False when the library has none.
  template <typename Function>
  bool find(const char* name, Function*& function) const {
    function = reinterpret_cast<Function*>(symbol(name));
    return function != nullptr;
  }

 private:
  explicit SharedLibrary(void* handle) : handle_(handle) {}

  [[nodiscard]] void* symbol(const char* name) const;

  void* handle_;
};

}  // namespace mailtrust
