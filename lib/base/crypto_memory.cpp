#include "base/crypto_memory.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <new>

#include <malloc.h>
#include <openssl/crypto.h>
#include <openssl/err.h>

#include "base/once.hpp"

namespace mailtrust {
namespace {

// Setting the library up takes some 300 KiB. Until it is used the reserve takes no memory.
constexpr std::size_t kReserve = 1U << 20;
constexpr std::size_t kAlignment = 16;

alignas(kAlignment) std::byte reserve[kReserve];
std::atomic<std::size_t> reserve_used{0};
std::atomic<bool> starved{false};

bool is_of_reserve(const void* octets) {
  auto at = reinterpret_cast<std::uintptr_t>(octets);
  auto begin = reinterpret_cast<std::uintptr_t>(&reserve[0]);
  return at >= begin && at < begin + kReserve;
}

// What is taken is never given back: the size stands in front of it.
void* take(std::size_t size) {
  auto wanted = (std::min(size, kReserve) + 2 * kAlignment - 1) / kAlignment * kAlignment;
  auto at = reserve_used.fetch_add(wanted);
  if (at + wanted > kReserve) {
    reserve_used -= wanted;
    starved = true;
    return nullptr;
  }
  std::memcpy(&reserve[at], &size, sizeof size);
  return &reserve[at + kAlignment];
}

std::size_t size_of(void* octets) {
  if (!is_of_reserve(octets)) return ::malloc_usable_size(octets);
  std::size_t size = 0;
  std::memcpy(&size, static_cast<std::byte*>(octets) - kAlignment, sizeof size);
  return size;
}

void* allocate(std::size_t size, const char* /*file*/, int /*line*/) {
  if (size == 0) return nullptr;
  void* octets = std::malloc(size);
  return octets != nullptr ? octets : take(size);
}

void release(void* octets, const char* /*file*/, int /*line*/) {
  if (!is_of_reserve(octets)) std::free(octets);
}

void* reallocate(void* old, std::size_t size, const char* file, int line) {
  if (old == nullptr) return allocate(size, file, line);
  if (size == 0) {
    release(old, file, line);
    return nullptr;
  }
  if (!is_of_reserve(old))
    if (void* octets = std::realloc(old, size)) return octets;
  void* octets = allocate(size, file, line);
  if (octets == nullptr) return nullptr;
  std::memcpy(octets, old, std::min(size, size_of(old)));
  release(old, file, line);
  return octets;
}

}  // namespace

void prepare_crypto() {
  static Once once;
  once.run([] {
    CRYPTO_set_mem_functions(allocate, reallocate, release);
    OPENSSL_init_crypto(OPENSSL_INIT_NO_LOAD_CONFIG, nullptr);
  });
}

void check_crypto_memory() {
  ERR_clear_error();
  if (starved) throw std::bad_alloc();
}

}  // namespace mailtrust
