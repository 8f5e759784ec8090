#pragma once
// A certificate authority of the test's own, and web servers that speak TLS with what it issues.

#include <atomic>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <stdexcept>
#include <string>

#include <fcntl.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

#include "support/stream_server.hpp"

namespace mailtrust::test {

using Key = std::shared_ptr<EVP_PKEY>;
using Certificate = std::shared_ptr<X509>;

inline Key make_key() {
  // EVP_EC_gen() casts const away.
  return {::EVP_PKEY_Q_keygen(nullptr, nullptr, "EC", "P-256"), ::EVP_PKEY_free};
}

/// Who a server says it is.
struct Identity {
  Key key;
  Certificate certificate;
};

struct Wanted {
  std::string name = "Authority of a test";
  std::string host = {};  ///< empty: an authority
  long begins = -3600;    ///< seconds from now
  long ends = 3600;
};

inline void add_extension(X509* certificate, int nid, const std::string& value) {
  std::unique_ptr<X509_EXTENSION, void (*)(X509_EXTENSION*)> extension(
      ::X509V3_EXT_conf_nid(nullptr, nullptr, nid, value.c_str()), ::X509_EXTENSION_free);
  ::X509_add_ext(certificate, extension.get(), -1);
}

/// Issued by `issuer`, or by itself.
inline Identity issue(const Wanted& wanted, const Identity* issuer = nullptr) {
  static std::atomic<long> serial = 1;
  Identity made{make_key(), {::X509_new(), ::X509_free}};
  auto* certificate = made.certificate.get();
  ::X509_set_version(certificate, 2);
  ::ASN1_INTEGER_set(::X509_get_serialNumber(certificate), serial++);
  ::X509_gmtime_adj(::X509_getm_notBefore(certificate), wanted.begins);
  ::X509_gmtime_adj(::X509_getm_notAfter(certificate), wanted.ends);
  ::X509_set_pubkey(certificate, made.key.get());
  auto common = wanted.host.empty() ? wanted.name : wanted.host;
  ::X509_NAME_add_entry_by_txt(::X509_get_subject_name(certificate), "CN", MBSTRING_ASC,
                               reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1, 0);
  const auto& by = issuer == nullptr ? made : *issuer;
  ::X509_set_issuer_name(certificate, ::X509_get_subject_name(by.certificate.get()));
  if (wanted.host.empty())
    add_extension(certificate, NID_basic_constraints, "critical,CA:TRUE");
  else
    add_extension(certificate, NID_subject_alt_name, "DNS:" + wanted.host);
  ::X509_sign(certificate, by.key.get(), ::EVP_sha256());
  return made;
}

/// The authority that the client is told to trust, by SSL_CERT_FILE, before its first request.
inline const Identity& authority() {
  static const auto made = [] {
    auto identity = issue({});
    std::string path = "/tmp/mailtrust-test-authority-XXXXXX";
    auto descriptor = ::mkstemp(path.data());
    std::unique_ptr<FILE, int (*)(FILE*)> file(::fdopen(descriptor, "w"), std::fclose);
    ::PEM_write_X509(file.get(), identity.certificate.get());
    ::setenv("SSL_CERT_FILE", path.c_str(), 1);
    static const std::unique_ptr<std::string, void (*)(std::string*)> remover(
        new std::string(path), [](std::string* name) {
          ::unlink(name->c_str());
          delete name;
        });
    return identity;
  }();
  return made;
}

class TlsConversation : public Conversation {
 public:
  TlsConversation(int descriptor, const std::atomic<bool>& stopping, SSL_CTX* context)
      : Conversation(descriptor, stopping), ssl_(::SSL_new(context)) {
    ::SSL_set_fd(ssl_, descriptor);
  }

  TlsConversation(const TlsConversation&) = delete;
  TlsConversation& operator=(const TlsConversation&) = delete;

  ~TlsConversation() override {
    ::SSL_shutdown(ssl_);
    ::SSL_free(ssl_);
  }

  bool accept() { return ::SSL_accept(ssl_) == 1; }

 protected:
  ssize_t receive(char* begin, std::size_t size) override {
    return ::SSL_read(ssl_, begin, static_cast<int>(size));
  }

  ssize_t transmit(const char* begin, std::size_t size) override {
    return ::SSL_write(ssl_, begin, static_cast<int>(size));
  }

 private:
  SSL* ssl_;
};

/// Puts TLS around the connections of a StreamServer.
inline StreamServer::Wrap tls(const Identity& identity, int highest = TLS1_3_VERSION) {
  std::signal(SIGPIPE, SIG_IGN);  // OpenSSL writes with write(2)
  std::shared_ptr<SSL_CTX> context(::SSL_CTX_new(::TLS_server_method()), ::SSL_CTX_free);
  ::SSL_CTX_use_certificate(context.get(), identity.certificate.get());
  ::SSL_CTX_use_PrivateKey(context.get(), identity.key.get());
  ::SSL_CTX_set_security_level(context.get(), 0);
  ::SSL_CTX_set_max_proto_version(context.get(), highest);
  return [context](int descriptor, const std::atomic<bool>& stopping) {
    auto conversation = std::make_unique<TlsConversation>(descriptor, stopping, context.get());
    if (!conversation->accept()) conversation.reset();
    return conversation;
  };
}

}  // namespace mailtrust::test
