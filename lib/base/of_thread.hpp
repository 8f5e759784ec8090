#pragma once
// What each thread keeps for itself from one piece of work to the next.

#include <memory>
#include <new>

#include <pthread.h>

namespace mailtrust {

/// The calling thread's T, made by the first call in it and gone with it; that of the main thread
/// stays. `Use` keeps apart those who keep the same type. A thread_local object would do as well,
/// but glibc ends the process when there is no memory to note its destructor; this throws
/// std::bad_alloc.
template <typename Use, typename T>
T& of_thread() {
  thread_local T* kept = nullptr;
  if (kept != nullptr) return *kept;
  static const pthread_key_t kKey = [] {
    pthread_key_t key{};
    auto destroy = [](void* object) {
      kept = nullptr;
      delete static_cast<T*>(object);
    };
    if (::pthread_key_create(&key, destroy) != 0) throw std::bad_alloc();
    return key;
  }();
  auto made = std::make_unique<T>();
  if (::pthread_setspecific(kKey, made.get()) != 0) throw std::bad_alloc();
  kept = made.release();
  return *kept;
}

}  // namespace mailtrust
