#include "dkim/damage/running_hash.hpp"

#include <array>

#include <openssl/evp.h>

#include "dkim/openssl.hpp"

namespace mailtrust::dkim::damage {
class RunningHash::Impl {
 public:
  explicit Impl(Hash kind) : context_(EVP_MD_CTX_new()), branch_(EVP_MD_CTX_new()) {
    const auto* type = kind == Hash::sha1 ? EVP_sha1() : EVP_sha256();
    good_ = context_ && branch_ && EVP_DigestInit_ex(context_.get(), type, nullptr) == 1;
  }

  void update(std::string_view octets) {
    good_ = good_ && EVP_DigestUpdate(context_.get(), octets.data(), octets.size()) == 1;
  }

  // The branch is kept, so that hundreds of questions allocate nothing new.
  std::string digest_with(std::string_view more) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    if (!good_ || EVP_MD_CTX_copy_ex(branch_.get(), context_.get()) != 1 ||
        EVP_DigestUpdate(branch_.get(), more.data(), more.size()) != 1 ||
        EVP_DigestFinal_ex(branch_.get(), digest.data(), &size) != 1)
      return {};
    return {digest.begin(), digest.begin() + size};
  }

 private:
  openssl::Digest context_;
  openssl::Digest branch_;
  bool good_ = false;
};

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

}  // namespace mailtrust::dkim::damage
