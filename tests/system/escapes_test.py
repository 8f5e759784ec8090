#!/usr/bin/env python3
"""Whatever comes from outside is escaped in every output: each field of command_cases.py is spoiled in turn.

    escapes_test.py MAILTRUST [--part N] [--thorough] [--only TEXT]

Escape sequences, controls, marks that turn the direction of writing, and octets that are no UTF-8 must not be in stdout
or stderr; JSON must be JSON, and cells of CSV no formulas; an error quotes no more than 80 characters. A command without
a case fails. Each field is spoiled once, every eighth of a case in one run, with what the others are not; --thorough
spoils each alone in every way. --part N makes every Nth run only.
"""
import argparse
import csv
import io
import itertools
import json
import os
import re
import subprocess
import sys
import tempfile
import unicodedata
from concurrent.futures import ThreadPoolExecutor

import command_cases
import registries
from command_cases import MARK, plain

QUOTED = 80
STRIDE = 8
POISONS = {
    "controls": b"q\x1b]0;x\x07\x1b[2J\x08\x01\x0b\x0c\x7f\tq",
    "format": "q\u202e\u2066\u200f\u061c\u200b\u2060\ufeff\u00ad\u2028\u0085\u009b31m\U000e0041\ue000q".encode(),
    "octets": b"q\x9b31m\x85\xff\xc0\xaf\xe0\x80\xaf\xed\xa0\x80\xf4\x90\x80\x80\xe2\x82q",
    "lines": b"q\r\nEvil: 1\rq",
    "quotes": b"q\"'\\;#{}<>&|`$(x)%s[0m,q",
    "formula": b"=cmd|'/c calc'!A1",
    "long": b"q" * 1000,
}
UNSAFE = {"Cc", "Cf", "Co", "Cs", "Zl", "Zp"}


class Spoiled:
    """A case with fields spoiled: `kinds` by their index, which counts the marks of its words, then of its files."""

    def __init__(self, case, kinds, output):
        self.case, self.kinds, self.output = case, kinds, output
        self.seen = 0

    def __str__(self):
        return "%s, %s, %s" % (self.case, self.kinds, " ".join(self.output) or "text")

    def fill(self, text, spell):
        """The octets of a text: the marks taken away, those that are meant spoiled."""
        names_a_file = self.case.names_a_file(text)

        def one(match):
            kind = self.kinds.get(self.seen)
            self.seen += 1
            if kind is None or names_a_file and kind == "long":
                return match[1]
            # The start stays, so that the field keeps its place in the grammar; a formula has to come first.
            poison = spell(POISONS[kind]).decode("utf-8", "surrogateescape")
            return poison + match[1] if kind == "formula" else match[1] + poison
        return MARK.sub(one, text).encode("utf-8", "surrogateescape")

    def words(self, words):
        return [self.fill(word, spell_word) for word in words]


def spell_word(octets):
    return octets.replace(b"\0", b"")


def spell_zone(octets):
    """RFC 1035 section 5.1."""
    return b"".join(b"\\%03d" % octet for octet in octets)


def spell_json(octets):
    """What JSON can say; the octets that are no UTF-8 as they are."""
    return b"".join(b"\\u%04x" % octet if octet < 0x20 or octet in b"\"\\" else bytes([octet]) for octet in octets)


def spelling(name):
    return {".zone": spell_zone, ".json": spell_json}.get(os.path.splitext(name)[1], lambda octets: octets)


def field_count(case):
    texts = [word for words in [case.words, *case.before] for word in words]
    return sum(map(command_cases.fields, texts + [command_cases.template(name) for name in case.files()]))


def lay_out(spoiled, folder):
    """Writes the files; one that is named by a spoiled word has that name, too."""
    names, contents = {}, {}
    for word, octets in spoiled.named:
        names.setdefault(plain(word), set()).update({octets, plain(word).encode()})
    for name in spoiled.case.files():
        spell = (lambda octets: octets) if name.startswith("faulty") else spelling(name)
        contents[name] = spoiled.fill(command_cases.template(name), spell)
        for path in names.get(name, {name.encode()}):
            if b"/" in path or len(path) > 255:
                continue
            with open(os.path.join(os.fsencode(folder), path), "wb") as file:
                file.write(contents[name])
    return contents


def execute(mailtrust, spoiled, folder, **servers):
    environment = {"PATH": os.environ["PATH"], "HOME": folder, "COLUMNS": "200", "LC_ALL": "C.UTF-8"}
    case = spoiled.case
    words = spoiled.words(case.words)
    before = [spoiled.words(step) for step in case.before]
    spoiled.named = list(zip(case.words + sum(case.before, []), words + sum(before, [])))
    contents = lay_out(spoiled, folder)
    for step in before:
        subprocess.run([mailtrust, *step], cwd=folder, env=environment, capture_output=True, stdin=subprocess.DEVNULL)
    for name, address in servers.items():
        words = [word.replace(b"{%s}" % name.encode(), address.encode()) for word in words]
    done = subprocess.run([mailtrust, *words, *spoiled.output], cwd=folder, env=environment, capture_output=True,
                          stdin=subprocess.DEVNULL, timeout=60)
    return done, contents


def run_beside_servers(mailtrust, spoiled, folder):
    """The registries answer with the files, which are there once the run is on its way."""
    def read(name):
        with open(os.path.join(folder, name), "rb") as file:
            return file.read()
    with registries.Rdap(lambda path, headers: registries.response(read("rdap.json"))) as rdap, \
            registries.Whois(lambda query: read("whois.txt").replace(b"\n", b"\r\n")) as whois:
        return execute(mailtrust, spoiled, folder, rdap=rdap.base, whois=whois.address)[0]


def unsafe(octets, kept="\n"):
    """What is wrong with an output, or nothing."""
    try:
        text = octets.decode("utf-8")
    except UnicodeDecodeError as error:
        return "not UTF-8: %r" % octets[max(error.start - 40, 0):error.end + 20]
    for place, character in enumerate(text):
        if character not in kept and unicodedata.category(character) in UNSAFE:
            return "%r in %r" % (character, text[max(place - 40, 0):place + 20])
    return None


def faults_of_json(octets):
    for line in octets.splitlines():
        try:
            answer = json.loads(line, object_pairs_hook=keys_once)
            json.dumps(answer, ensure_ascii=False).encode("utf-8")
        except ValueError as error:
            return "no JSON: %s in %r" % (error, line[:300])
        if not isinstance(answer, dict):
            return "no object: %r" % line[:300]
    return None


def keys_once(pairs):
    keys = [key for key, _ in pairs]
    if len(keys) != len(set(keys)):
        raise ValueError("a key twice: %s" % keys)
    return dict(pairs)


def faults_of_csv(octets):
    for row in csv.reader(io.StringIO(octets.decode("utf-8", "replace"))):
        for cell in row:
            if re.match(r"\s*[-=+@|%]", cell):
                return "a formula: %r" % cell
    return None


def too_long_quotes(octets):
    """An error quotes at most 80 characters; names of files are told whole."""
    found = re.search(rb"q{%d,}" % (QUOTED + 1), octets)
    return "quotes %d characters: %r" % (len(found[0]), octets[:300]) if found else None


def injected(folder):
    """No header field of a mail that was written may be ours."""
    for name in os.listdir(folder):
        if not name.startswith("complaint-") or not name.endswith(".eml"):
            continue
        with open(os.path.join(folder, name), "rb") as file:
            header = file.read().split(b"\r\n\r\n", 1)[0]
        if re.search(rb"(^|[\r\n])Evil:", header):
            return "a field of the sender's: %r" % header
    return None


def faults(spoiled, done, folder):
    case = spoiled.case
    yield None if 0 <= done.returncode <= 3 else "status %d: %r" % (done.returncode, done.stderr[-2000:])
    yield unsafe(done.stderr)
    yield too_long_quotes(done.stderr)
    for line in done.stderr.splitlines():
        yield None if line.startswith(b"mailtrust: ") else "on stderr: %r" % line[:300]
    as_json = "--json" in spoiled.output
    as_csv = "--csv" in case.words or "csv" in case.words
    if as_json and not case.pages:
        yield unsafe(done.stdout) or faults_of_json(done.stdout)
    elif not case.raw:
        yield unsafe(done.stdout.replace(b"\r\n", b"\n") if as_csv else done.stdout)
    if as_csv:
        yield faults_of_csv(done.stdout)
    if case.command == "abuse report":
        yield injected(folder)


def judge(mailtrust, spoiled):
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder:
        run = run_beside_servers if spoiled.case.servers else lambda *args: execute(*args)[0]
        done = run(mailtrust, spoiled, folder)
        return [fault for fault in faults(spoiled, done, folder) if fault]


def spoil(cases, thorough):
    """The runs. Text and JSON take turns, so that each sees each kind."""
    outputs = itertools.cycle([["-v"], ["--json", "-v"], ["--json"], []])
    kinds = list(POISONS)
    for number, case in enumerate(cases):
        count = field_count(case)
        if thorough:
            for index, kind in itertools.product(range(count), kinds):
                yield Spoiled(case, {index: kind}, next(outputs))
            continue
        for first in range(min(count, STRIDE)):
            fields = range(first, count, STRIDE)
            yield Spoiled(case, {field: kinds[(number + field + field // STRIDE) % len(kinds)] for field in fields},
                          next(outputs))


def options_of_all(mailtrust):
    """Every option of every command with a spoiled value; new ones are found by themselves."""
    for command in command_cases.commands(mailtrust):
        for name, metavar in command_cases.options(mailtrust, command):
            yield command_cases.Case(command, "--%s=‹›" % name, file=metavar in ("FILE", "DIR", "PROGRAM", "NAME|FILE"))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("--part", type=int, default=1)
    parser.add_argument("--thorough", action="store_true")
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    mailtrust = os.path.abspath(options.mailtrust)
    failures = ["no case for " + command for command in command_cases.missing(mailtrust)]
    cases = [case for case in command_cases.cases() if options.only in str(case)]
    if not options.only:
        cases += options_of_all(mailtrust)
    runs = list(spoil(cases, options.thorough))[::options.part]
    with ThreadPoolExecutor(2) as pool:
        for one, found in zip(runs, pool.map(lambda one: judge(mailtrust, one), runs)):
            failures += ["%s: %s" % (one, fault) for fault in found]
    for failure in failures:
        print(failure)
    print("%d runs, %d failures" % (len(runs), len(failures)))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
