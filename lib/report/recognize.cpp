#include "report/recognize.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "base/ascii.hpp"
#include "message/header.hpp"
#include "report/aggregate.hpp"
#include "report/tls.hpp"

namespace mailtrust::report {
namespace {

using Magic = std::pair<std::string_view, std::string_view>;

constexpr std::array<Magic, 10> kOthers = {{
    {{"\xfd"
      "7zXZ\0",
      6},
     "packed by xz; gzip and zip are read"},
    {"BZh", "packed by bzip2; gzip and zip are read"},
    {"\x28\xb5\x2f\xfd", "packed by zstd; gzip and zip are read"},
    {"7z\xbc\xaf\x27\x1c", "packed by 7-Zip; gzip and zip are read"},
    {"Rar!", "packed by RAR; gzip and zip are read"},
    {"%PDF", "a PDF"},
    {"\xd0\xcf\x11\xe0", "a document of Microsoft Office or Outlook (.doc, .msg)"},
    {"<!DOCTYPE html", "a web page"},
    {"<!doctype html", "a web page"},
    {"<html", "a web page"},
}};

bool starts_as_document(std::string_view octets) {
  auto begin = octets.find_first_not_of("\xef\xbb\xbf \t\r\n");
  constexpr std::string_view kStarts = "<{[";
  return begin != std::string_view::npos && kStarts.find(octets[begin]) != std::string_view::npos;
}

}  // namespace

Kind kind_of(std::string_view document) {
  if (is_tls(document)) return Kind::tls;
  return is_aggregate(document) ? Kind::aggregate : Kind::other;
}

bool is_mail(std::string_view octets) {
  if (starts_as_document(octets)) return false;
  auto line = octets.substr(0, octets.find('\n'));
  if (message::is_from_line(line)) return true;
  auto header = message::Header::parse(line);
  return !header.fields().empty() && header.fields().front().is_field();
}

std::string_view what_else(std::string_view octets) {
  if (ascii::trim(octets).empty()) return "it is empty";
  auto is_start = [&](const Magic& magic) { return octets.starts_with(magic.first); };
  const auto* found = std::ranges::find_if(kOthers, is_start);
  return found != kOthers.end() ? found->second
                                : "neither a DMARC report nor a TLS report, nor a mail with one";
}

}  // namespace mailtrust::report
