#include "http/curl_exchange.hpp"

#include <algorithm>
#include <array>
#include <cstdlib>
#include <ctime>
#include <utility>

#include <sys/stat.h>

#include "base/number.hpp"
#include "http/curl_api.hpp"
#include "http/curl_callbacks.hpp"
#include "http/curl_words.hpp"

namespace mailtrust::http {
namespace {

using Clock = std::chrono::steady_clock;

Unexpected trouble(std::string message) {
  return fail(Error::Kind::temporary, "", std::move(message));
}

/// Whom to trust: as OpenSSL's own variables say, else the system's directory, from which one
/// certificate is read when it is needed; its bundle takes 40 ms to read.
struct TrustAnchors {
  const char* file = std::getenv("SSL_CERT_FILE");
  const char* directory = std::getenv("SSL_CERT_DIR");

  TrustAnchors() {
    if (file != nullptr || directory != nullptr) return;

    struct stat status {};

    directory = "/etc/ssl/certs";
    if (::stat(directory, &status) == 0) return;
    directory = nullptr;
    file = "/etc/ssl/cert.pem";
  }
};

const TrustAnchors& trust_anchors() {
  static const TrustAnchors anchors;
  return anchors;
}

class List {
 public:
  explicit List(const CurlApi& api) : api_(api) {}

  List(const List&) = delete;
  List& operator=(const List&) = delete;

  ~List() { api_.slist_free_all(list_); }

  void add(const std::string& line) {
    auto* longer = api_.slist_append(list_, line.c_str());
    if (longer == nullptr) throw std::bad_alloc();
    list_ = longer;
  }

  [[nodiscard]] curl_slist* get() const { return list_; }

 private:
  const CurlApi& api_;
  curl_slist* list_ = nullptr;
};

bool is_printable(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return c >= 0x20 && c != 0x7f; });
}

// RFC 9110 section 10.2.3.
std::optional<std::chrono::seconds> read_retry_after(const CurlApi& api, const std::string& text) {
  using std::chrono::seconds;
  if (text.empty()) return std::nullopt;
  constexpr std::uint32_t kLongest = 366 * 24 * 60 * 60;
  if (text.find_first_not_of("0123456789") == std::string::npos)
    return seconds(std::min(parse_number<std::uint32_t>(text).value_or(kLongest), kLongest));
  auto date = api.getdate(text.c_str(), nullptr);
  if (date == -1) return std::nullopt;
  return seconds(std::clamp<std::time_t>(date - std::time(nullptr), 0, kLongest));
}

}  // namespace

class Exchanger::Impl {
 public:
  Impl(const CurlApi& api, CURL* handle) : api_(api), handle_(handle) {}

  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  ~Impl() { api_.easy_cleanup(handle_); }

  Expected<Answer> perform(const Order& order);

 private:
  template <typename Value>
  void set(CURLoption option, Value value) {
    if (auto code = api_.easy_setopt(handle_, option, value); code != CURLE_OK && bad_ == CURLE_OK)
      bad_ = code;
  }

  void set_rules();
  void set_trust();
  void set_callbacks(Transfer& transfer);
  void set_order(const Order& order);
  void add_fields(const Order& order, List& fields) const;
  void add_addresses(const Order& order, List& hosts);
  Expected<Answer> conclude(CURLcode code, Transfer& transfer) const;

  const CurlApi& api_;
  CURL* handle_;
  CURLcode bad_ = CURLE_OK;  // of an option that this libcurl does not know
  std::string known_host_;   // HOST:PORT whose addresses libcurl has been told
  std::array<char, CURL_ERROR_SIZE> detail_{};
};

void Exchanger::Impl::set_rules() {
  set(CURLOPT_PROTOCOLS_STR, "http,https");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_HTTP_VERSION, long{CURL_HTTP_VERSION_1_1});
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_NETRC, long{CURL_NETRC_IGNORED});
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_USERAGENT, "mailtrust");
  set(CURLOPT_ACCEPT_ENCODING, "gzip");
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L);  // libcurl's does not notice that the end is missing
}

void Exchanger::Impl::set_trust() {
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSLVERSION, long{CURL_SSLVERSION_TLSv1_2});
  set(CURLOPT_CAINFO, trust_anchors().file);
  set(CURLOPT_CAPATH, trust_anchors().directory);
}

void Exchanger::Impl::set_callbacks(Transfer& transfer) {
  void* data = &transfer;
  set(CURLOPT_HEADERFUNCTION, &Transfer::on_header);
  set(CURLOPT_HEADERDATA, data);
  set(CURLOPT_WRITEFUNCTION, &Transfer::on_body);
  set(CURLOPT_WRITEDATA, data);
  set(CURLOPT_OPENSOCKETFUNCTION, &Transfer::on_socket);
  set(CURLOPT_OPENSOCKETDATA, data);
  set(CURLOPT_PREREQFUNCTION, &Transfer::on_connection);
  set(CURLOPT_PREREQDATA, data);
  set(CURLOPT_ERRORBUFFER, detail_.data());
}

void Exchanger::Impl::set_order(const Order& order) {
  auto left = std::chrono::ceil<std::chrono::milliseconds>(order.deadline - Clock::now()).count();
  // libcurl drops fractions and might end just before the deadline; 0 would be for ever.
  left = std::clamp<long>(left + 1, 1, 1L << 30);
  set(CURLOPT_URL, order.url.text.c_str());
  set(CURLOPT_TIMEOUT_MS, left);
  set(CURLOPT_CONNECTTIMEOUT_MS, left);
}

void Exchanger::Impl::add_fields(const Order& order, List& fields) const {
  if (!order.accept.empty()) fields.add("Accept: " + order.accept);
  if (!order.if_none_match.empty() && is_printable(order.if_none_match))
    fields.add("If-None-Match: " + order.if_none_match);
}

// libcurl keeps what it is told here for as long as the handle lives.
void Exchanger::Impl::add_addresses(const Order& order, List& hosts) {
  if (!known_host_.empty()) hosts.add('-' + known_host_);
  known_host_.clear();
  if (net::Address::read(order.url.host)) return;
  std::string line = order.url.host + ':' + std::to_string(order.url.port);
  known_host_ = line;
  char before = ':';
  for (const auto& address : order.addresses) {
    line += before + (address.is_v4() ? to_string(address) : '[' + to_string(address) + ']');
    before = ',';
  }
  hosts.add(line);
}

Expected<Answer> Exchanger::Impl::perform(const Order& order) {
  Transfer transfer;
  transfer.anywhere = order.anywhere;
  List fields(api_);
  List hosts(api_);
  add_fields(order, fields);
  add_addresses(order, hosts);
  detail_[0] = '\0';
  api_.easy_reset(handle_);
  set_rules();
  set_trust();
  set_callbacks(transfer);
  set_order(order);
  set(CURLOPT_HTTPHEADER, fields.get());
  set(CURLOPT_RESOLVE, hosts.get());
  auto code = bad_ == CURLE_OK ? api_.easy_perform(handle_) : bad_;
  auto answer = conclude(code, transfer);
  api_.easy_reset(handle_);  // nothing may point to what is about to go
  return answer;
}

Expected<Answer> Exchanger::Impl::conclude(CURLcode code, Transfer& transfer) const {
  if (transfer.exception) std::rethrow_exception(transfer.exception);
  if (code != CURLE_OK) {
    if (!transfer.refused.empty()) return trouble(std::move(transfer.refused));
    long number = 0;
    api_.easy_getinfo(handle_, CURLINFO_OS_ERRNO, &number);
    return trouble(words(api_, code, detail_.data(), number));
  }
  if (!transfer.head.is_complete() || !transfer.body.is_complete())
    return trouble("answer cut short");
  Answer answer;
  api_.easy_getinfo(handle_, CURLINFO_RESPONSE_CODE, &answer.status);
  answer.body = transfer.body.take();
  answer.content_type = std::move(transfer.head.content_type);
  answer.etag = std::move(transfer.head.etag);
  answer.location = std::move(transfer.head.location);
  answer.retry_after = read_retry_after(api_, transfer.head.retry_after);
  return answer;
}

Expected<std::unique_ptr<Exchanger>> Exchanger::make() {
  const auto& api = curl_api();
  if (!api) return fail(api.error());
  auto* handle = api->easy_init();
  if (handle == nullptr) throw std::bad_alloc();
  return std::unique_ptr<Exchanger>(new Exchanger(std::make_unique<Impl>(*api, handle)));
}

Exchanger::Exchanger(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}

Exchanger::~Exchanger() = default;

Expected<Answer> Exchanger::perform(const Order& order) {
  return impl_->perform(order);
}

}  // namespace mailtrust::http
