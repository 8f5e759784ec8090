#!/usr/bin/env python3
"""The house rules that a compiler does not check: who may include whom, and what lib/ may not do."""
import os
import re
import sys

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# lib/: a module may include itself, any module of an earlier layer, and the equals named below.
LAYERS = [["base"], ["net", "json", "archive"], ["dns"], ["finding", "http", "message", "provider", "registration", "store", "tag_list"],
          ["mailbox", "rdap", "whois", "maillog"], ["mx", "spf", "dkim", "dmarc", "received", "authres"], ["config"], ["arc", "dnsbl", "iprev", "receivers"],
          ["check", "list", "verify"], ["abuse"], ["complaint"], ["bounce", "report"], ["delivery"]]
STANDARDS_ALSO = {("dmarc", "spf"), ("dmarc", "dkim"), ("dmarc", "mx"), ("dkim", "spf"), ("dkim", "mx")}
FORBIDDEN_IN_LIB = [r"#include <CLI/", r"\bfmt::print\b", r"\bstd::cout\b", r"\bstd::cerr\b", r"\bexit\(", r"\bprintf\(",
                    r"\bstd::regex\b", r"#include <regex>"]
FORBIDDEN_ANYWHERE = [r"\bstd::views\b", r"\bTODO\b", r"\bFIXME\b"]
ONE_FILE_ONLY = {r"#include <CLI/": "cli/program.cpp", r"\btl::": "lib/base/expected.hpp", r"#include <nlohmann/": "lib/json/read.cpp",
                 r"#include <curl/": "lib/http/curl_api.hpp",
                 r"#include <pugixml": "lib/report/xml.cpp", r"#include <zip.h": "lib/archive/zip_api.hpp",
                 r"#include <libdeflate": "lib/archive/gzip.cpp"}


def sources(folder):
    for root, _, names in os.walk(os.path.join(TOP, folder)):
        for name in sorted(names):
            if name.endswith((".cpp", ".hpp", ".inc")):
                path = os.path.join(root, name)
                with open(path, encoding="utf-8") as file:
                    yield os.path.relpath(path, TOP), file.read()


def layer_of(module):
    for level, modules in enumerate(LAYERS):
        if module in modules:
            return level
    return None


def included(text):
    return re.findall(r'^#include "([^"]+)"', text, re.M)


def lib_faults():
    for path, text in sources("lib"):
        module = path.split(os.sep)[1]
        if layer_of(module) is None:
            yield "%s: lib/%s has no layer in tests/structure.py" % (path, module)
            continue
        for header in included(text):
            other = header.split("/")[0]
            allowed = other == module or (module, other) in STANDARDS_ALSO or (
                layer_of(other) is not None and layer_of(other) < layer_of(module))
            if not allowed:
                yield "%s: lib/%s may not include %s" % (path, module, header)
        for pattern in FORBIDDEN_IN_LIB:
            if re.search(pattern, text):
                yield "%s: %s has no place in lib/" % (path, pattern)


def frame_faults():
    for path, text in sources("cli"):
        for header in included(text):
            if header.startswith("commands/") and path != "cli/main.cpp":
                yield "%s: only cli/main.cpp sees the commands" % path
            if not header.startswith(("cli/", "commands/", "base/", "config/", "dns/", "finding/", "mailbox/", "message/", "net/", "provider/")):
                yield "%s: cli may not include %s" % (path, header)


def words_faults():
    for folder in ("lib", "cli", "commands"):
        for path, text in sources(folder):
            for pattern in FORBIDDEN_ANYWHERE:
                if re.search(pattern, text):
                    yield "%s: %s" % (path, pattern)
            for pattern, home in ONE_FILE_ONLY.items():
                if path != home and re.search(pattern, text):
                    yield "%s: %s belongs to %s alone" % (path, pattern, home)


def main():
    faults = [*lib_faults(), *frame_faults(), *words_faults()]
    print("\n".join(faults) or "structure: as the house rules say")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
