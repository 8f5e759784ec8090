#!/usr/bin/env python3
"""Every promise names tests that exist: promises_test.py CTEST BUILD_DIRECTORY PROMISES."""
import fnmatch
import json
import re
import subprocess
import sys

PROMISES = 12


def tests_of(ctest, directory):
    shown = subprocess.run([ctest, "--test-dir", directory, "--show-only=json-v1"], capture_output=True, check=True)
    return [test["name"] for test in json.loads(shown.stdout)["tests"]]


def faults(text, known):
    numbers = {int(number) for number in re.findall(r"^## (\d+)\. ", text, re.M)}
    for number in sorted(set(range(1, PROMISES + 1)) - numbers):
        yield "promise %d has no table" % number
    for row in re.findall(r"^\| (?!what |---)(.+) \|$", text, re.M):
        named = re.findall(r"`([^`]+)`", row.rsplit(" | ", 1)[-1])
        if not named:
            yield "no test: " + row
        for name in named:
            if not fnmatch.filter(known, name):
                yield "there is no test %s: %s" % (name, row)


def main():
    ctest, directory, path = sys.argv[1:]
    with open(path, encoding="utf-8") as file:
        found = list(faults(file.read(), tests_of(ctest, directory)))
    print("\n".join(found) or "promises: each names its tests")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
