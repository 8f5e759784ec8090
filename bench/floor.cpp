// What verifying DKIM costs at the least on this machine: each step alone, one after the other,
// over the files of a list, in microseconds a message. Nothing here parses or decides anything.
//
//   g++ -O2 -march=native -o floor floor.cpp -lcrypto && ./floor LIST
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include <emmintrin.h>
#include <fcntl.h>
#include <openssl/evp.h>
#include <openssl/rsa.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

namespace {

double cpu_seconds() {
  timespec now{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
  return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

std::size_t read_into(std::vector<char>& buffer, const std::string& path) {
  int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return 0;

  struct stat about {};

  fstat(file, &about);
  auto size = static_cast<std::size_t>(about.st_size);
  if (buffer.size() < size) buffer.resize(size);
  std::size_t got = 0;
  for (ssize_t part; (part = read(file, buffer.data() + got, size - got)) > 0;)
    got += static_cast<std::size_t>(part);
  close(file);
  return got;
}

// Are there, among the 16 octets, blanks that may have to go: a tab, or a blank before a blank or
// CR?
bool is_plain(const char* at) {
  auto here = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at));
  auto next = _mm_loadu_si128(reinterpret_cast<const __m128i*>(at + 1));
  auto is = [](__m128i octets, char c) { return _mm_cmpeq_epi8(octets, _mm_set1_epi8(c)); };
  auto ends = _mm_or_si128(_mm_or_si128(is(next, ' '), is(next, '\t')), is(next, '\r'));
  auto odd = _mm_or_si128(_mm_and_si128(is(here, ' '), ends), is(here, '\t'));
  return _mm_movemask_epi8(odd) == 0;
}

// Relaxed form of a body in CRLF: runs of white space become one blank, none at the end of a line.
std::size_t canonicalize(std::string_view body, std::vector<char>& out) {
  if (out.size() < body.size() + 16) out.resize(body.size() + 16);
  char* to = out.data();
  for (const char *at = body.data(), *end = at + body.size(); at < end;) {
    if (end - at > 16 && is_plain(at)) {
      memcpy(to, at, 16);
      to += 16;
      at += 16;
      continue;
    }
    for (const auto* stop = at + std::min<std::ptrdiff_t>(16, end - at); at < stop;) {
      if (*at != ' ' && *at != '\t') {
        *to++ = *at++;
        continue;
      }
      while (at < end && (*at == ' ' || *at == '\t')) ++at;
      if (at < end && *at != '\r') *to++ = ' ';
    }
  }
  return static_cast<std::size_t>(to - out.data());
}

struct Key {
  EVP_PKEY* key = EVP_RSA_gen(2048);
  EVP_PKEY_CTX* context = EVP_PKEY_CTX_new(key, nullptr);
  std::vector<unsigned char> signature;

  Key() {
    unsigned char hash[32] = {};
    std::size_t size = 512;
    signature.resize(size);
    EVP_PKEY_sign_init(context);
    EVP_PKEY_CTX_set_signature_md(context, EVP_sha256());
    EVP_PKEY_sign(context, signature.data(), &size, hash, sizeof hash);
    signature.resize(size);
    EVP_PKEY_verify_init(context);
    EVP_PKEY_CTX_set_signature_md(context, EVP_sha256());
  }
};

std::vector<std::string> lines_of(const char* path) {
  std::vector<std::string> lines;
  std::ifstream list(path);
  for (std::string line; std::getline(list, line);) lines.push_back(line);
  return lines;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  auto files = lines_of(argv[1]);
  Key key;
  auto* digest = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  auto* hasher = EVP_MD_CTX_new();
  std::vector<char> message;
  std::vector<char> canonical;
  double reading = 0, canonicalizing = 0, hashing = 0, verifying = 0;
  std::size_t octets = 0;
  for (const auto& path : files) {
    auto a = cpu_seconds();
    auto size = read_into(message, path);
    auto b = cpu_seconds();
    auto length = canonicalize({message.data(), size}, canonical);
    auto c = cpu_seconds();
    unsigned char hash[32] = {};
    EVP_DigestInit_ex2(hasher, digest, nullptr);
    EVP_DigestUpdate(hasher, canonical.data(), length);
    EVP_DigestFinal_ex(hasher, hash, nullptr);
    auto d = cpu_seconds();
    memset(hash, 0, sizeof hash);
    if (EVP_PKEY_verify(key.context, key.signature.data(), key.signature.size(), hash,
                        sizeof hash) != 1)
      return 1;
    auto e = cpu_seconds();
    reading += b - a, canonicalizing += c - b, hashing += d - c, verifying += e - d;
    octets += size;
  }
  auto each = 1e6 / static_cast<double>(files.size());
  std::printf("%.1f %.1f %.1f %.1f %zu\n", reading * each, canonicalizing * each, hashing * each,
              verifying * each, octets / files.size());
}
