#include "message/charset.hpp"

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdint>
#include <memory>
#include <new>
#include <type_traits>

#include <iconv.h>

#include "base/ascii.hpp"
#include "base/of_thread.hpp"

namespace mailtrust::message {
namespace {

struct Charset {
  std::string_view name;   ///< in lower case
  const char* conversion;  ///< as iconv(3) has it; empty: UTF-8 already
};

// Superset sets stand for those that mail names and does not keep to: windows-1252 for Latin 1,
// CP932 for Shift_JIS, GB18030 for GBK and GB2312.
constexpr auto kCharsets = std::to_array<Charset>({
    {"utf-8", ""},
    {"utf8", ""},
    {"us-ascii", ""},
    {"ascii", ""},
    {"iso-8859-1", "CP1252"},
    {"latin1", "CP1252"},
    {"windows-1252", "CP1252"},
    {"cp1252", "CP1252"},
    {"iso-8859-2", "ISO-8859-2"},
    {"iso-8859-3", "ISO-8859-3"},
    {"iso-8859-4", "ISO-8859-4"},
    {"iso-8859-5", "ISO-8859-5"},
    {"iso-8859-6", "ISO-8859-6"},
    {"iso-8859-7", "ISO-8859-7"},
    {"iso-8859-8", "ISO-8859-8"},
    {"iso-8859-8-i", "ISO-8859-8"},
    {"iso-8859-9", "ISO-8859-9"},
    {"iso-8859-10", "ISO-8859-10"},
    {"iso-8859-13", "ISO-8859-13"},
    {"iso-8859-14", "ISO-8859-14"},
    {"iso-8859-15", "ISO-8859-15"},
    {"iso-8859-16", "ISO-8859-16"},
    {"windows-1250", "CP1250"},
    {"windows-1251", "CP1251"},
    {"cp1251", "CP1251"},
    {"windows-1253", "CP1253"},
    {"windows-1254", "CP1254"},
    {"windows-1255", "CP1255"},
    {"windows-1256", "CP1256"},
    {"windows-1257", "CP1257"},
    {"windows-1258", "CP1258"},
    {"windows-874", "CP874"},
    {"tis-620", "CP874"},
    {"koi8-r", "KOI8-R"},
    {"koi8-u", "KOI8-U"},
    {"iso-2022-jp", "ISO-2022-JP"},
    {"iso-2022-jp-1", "ISO-2022-JP-2"},
    {"iso-2022-jp-2", "ISO-2022-JP-2"},
    {"shift_jis", "CP932"},
    {"shift-jis", "CP932"},
    {"sjis", "CP932"},
    {"x-sjis", "CP932"},
    {"windows-31j", "CP932"},
    {"cp932", "CP932"},
    {"euc-jp", "EUC-JP"},
    {"gb2312", "GB18030"},
    {"gbk", "GB18030"},
    {"gb18030", "GB18030"},
    {"cp936", "GB18030"},
    {"big5", "BIG5-HKSCS"},
    {"big5-hkscs", "BIG5-HKSCS"},
    {"euc-kr", "CP949"},
    {"ks_c_5601-1987", "CP949"},
    {"cp949", "CP949"},
    {"iso-2022-kr", "ISO-2022-KR"},
    {"utf-7", "UTF-7"},
    {"unicode-1-1-utf-7", "UTF-7"},
    {"utf-16", "UTF-16"},
    {"utf-16le", "UTF-16LE"},
    {"utf-16be", "UTF-16BE"},
});

struct CloseConversion {
  void operator()(void* conversion) const { iconv_close(conversion); }
};

static_assert(std::is_same_v<iconv_t, void*>);

struct KeptConversion {
  std::unique_ptr<void, CloseConversion> conversion;
  std::string name;
};

bool has_failed(iconv_t conversion) {
  return reinterpret_cast<std::intptr_t>(conversion) == -1;
}

// Opening one costs more than converting a notice: the last of each thread is kept.
iconv_t conversion_from(const char* name) {
  auto& kept = of_thread<KeptConversion, KeptConversion>();
  if (kept.conversion && kept.name == name) {
    iconv(kept.conversion.get(), nullptr, nullptr, nullptr, nullptr);
    return kept.conversion.get();
  }
  kept.conversion.reset();
  auto* opened = iconv_open("UTF-8", name);
  if (has_failed(opened) && errno == ENOMEM) throw std::bad_alloc();
  if (has_failed(opened)) return nullptr;
  kept.conversion.reset(opened);
  kept.name = name;
  return opened;
}

std::string convert(iconv_t conversion, std::string_view octets) {
  std::string out;
  std::array<char, 4096> room{};
  auto* in = const_cast<char*>(octets.data());
  auto left = octets.size();
  while (left > 0) {
    auto* to = room.data();
    auto space = room.size();
    bool good = iconv(conversion, &in, &left, &to, &space) != static_cast<std::size_t>(-1);
    int fault = good ? 0 : errno;
    out.append(room.data(), room.size() - space);
    if (fault == EINVAL) break;
    if (fault != EILSEQ || left == 0) continue;
    ++in;
    --left;
  }
  return out;
}

}  // namespace

std::optional<std::string> to_utf8(std::string_view charset, std::string_view octets) {
  charset = charset.substr(0, charset.find('*'));
  const auto* known = std::ranges::find_if(
      kCharsets, [&](const Charset& one) { return ascii::iequals(one.name, charset); });
  if (known == kCharsets.end()) return std::nullopt;
  if (*known->conversion == '\0') return std::string(octets);
  auto* conversion = conversion_from(known->conversion);
  if (conversion == nullptr) return std::nullopt;
  return convert(conversion, octets);
}

bool has_iso_2022_jp(std::string_view octets) {
  return octets.find("\x1b$B") != std::string_view::npos ||
         octets.find("\x1b$@") != std::string_view::npos;
}

}  // namespace mailtrust::message
