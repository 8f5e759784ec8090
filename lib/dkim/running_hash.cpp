#include "dkim/running_hash.hpp"

#include <array>
#include <new>

#include "base/crypto_memory.hpp"
#include "dkim/openssl.hpp"

namespace mailtrust::dkim {
namespace {

const EVP_MD* fetched(const char* name) {
  openssl::prepare();
  const auto* found = EVP_MD_fetch(nullptr, name, nullptr);
  check_crypto_memory();
  return found;
}

// Fetched once: what EVP_sha256() names is looked up again at each use.
const EVP_MD* method(Hash kind) {
  static const EVP_MD* const sha1 = fetched("SHA1");
  static const EVP_MD* const sha256 = fetched("SHA256");
  return kind == Hash::sha1 ? sha1 : sha256;
}

std::string text(const std::array<unsigned char, EVP_MAX_MD_SIZE>& digest, unsigned size) {
  return {digest.begin(), digest.begin() + size};
}

}  // namespace

class RunningHash::Impl {
 public:
  explicit Impl(Hash kind) : method_(method(kind)) {
    if (method_ == nullptr) return;
    context_.reset(EVP_MD_CTX_new());
    branch_.reset(EVP_MD_CTX_new());
    good_ = context_ && branch_ && EVP_DigestInit_ex(context_.get(), method_, nullptr) == 1;
  }

  void update(std::string_view octets) {
    good_ = good_ && EVP_DigestUpdate(context_.get(), octets.data(), octets.size()) == 1;
  }

  // The branch is kept, so that hundreds of questions allocate nothing new.
  std::string digest_with(std::string_view more) {
    if (method_ == nullptr) return {};
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (!good_ || EVP_MD_CTX_copy_ex(branch_.get(), context_.get()) != 1 ||
        EVP_DigestUpdate(branch_.get(), more.data(), more.size()) != 1 ||
        EVP_DigestFinal_ex(branch_.get(), digest.data(), &size) != 1)
      throw std::bad_alloc();
    return text(digest, size);
  }

 private:
  const EVP_MD* method_;
  openssl::Digest context_;
  openssl::Digest branch_;
  bool good_ = false;  ///< false where there is a method: no memory
};

std::string hash(Hash kind, std::string_view octets) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const auto* wanted = method(kind);
  if (wanted == nullptr) return {};
  if (EVP_Digest(octets.data(), octets.size(), digest.data(), &size, wanted, nullptr) != 1)
    throw std::bad_alloc();
  return text(digest, size);
}

RunningHash::RunningHash(Hash kind) : impl_(std::make_unique<Impl>(kind)) {}

RunningHash::RunningHash(RunningHash&&) noexcept = default;
RunningHash& RunningHash::operator=(RunningHash&&) noexcept = default;
RunningHash::~RunningHash() = default;

void RunningHash::update(std::string_view octets) {
  impl_->update(octets);
}

std::string RunningHash::digest_with(std::string_view more) const {
  return impl_->digest_with(more);
}

}  // namespace mailtrust::dkim
