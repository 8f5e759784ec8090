#include "base/shared_library.hpp"

#include <string>

#include <dlfcn.h>

namespace mailtrust {

Expected<SharedLibrary> SharedLibrary::load(const char* file, const char* package) {
  if (auto* handle = ::dlopen(file, RTLD_NOW | RTLD_LOCAL)) return SharedLibrary(handle);
  return fail(Error::Kind::temporary, file,
              std::string("this library cannot be loaded; install the package ") + package);
}

void* SharedLibrary::symbol(const char* name) const {
  return ::dlsym(handle_, name);
}

}  // namespace mailtrust
