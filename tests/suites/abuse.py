#!/usr/bin/env python3
"""abuse.py MAILTRUST: every case of the corpus about abuse contacts, each beside the corpus's own fake registries.

77, "skipped", where the corpus is not there."""
import contextlib
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("MAILTRUST_SHARED", os.path.join(HERE, "../../../shared"))
CORPUS = os.path.join(SHARED, "corpus/abuse")


@contextlib.contextmanager
def server(tool, data):
    command = [sys.executable, os.path.join(SHARED, "tools", tool), "--data", data]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            yield process.stdout.readline().split()[-1]
        finally:
            process.terminate()


@contextlib.contextmanager
def registries(folder):
    """Data for either may be missing: such a server knows nobody."""
    with tempfile.TemporaryDirectory() as nothing:
        with open(os.path.join(nothing, "index.json"), "w", encoding="ascii") as file:
            file.write("{}")
        found = [path if os.path.isdir(path) else nothing
                 for path in (os.path.join(folder, name) for name in ("rdap", "whois"))]
        with server("fake_rdap.py", found[0]) as rdap, server("fake_whois.py", found[1]) as whois:
            yield ["--rdap-base", "http://127.0.0.1:" + rdap, "--whois-server", "127.0.0.1:" + whois]


def ask(mailtrust, address, options):
    """DNS is an empty world, so that nothing is asked of the Internet."""
    command = [mailtrust, "abuse", address, "--json", "--zone", "/dev/null", "--no-cache", *options]
    done = subprocess.run(command, capture_output=True, text=True, timeout=40)
    return done.returncode, json.loads(done.stdout)


def fault(case, status, answer):
    emails = [contact["email"] for contact in answer["contacts"]]
    first = emails[0] if emails else None
    before = emails[:emails.index(first) + 1] if emails else []
    good = first in case["right"] and not set(before) & set(case["avoid"])
    right_places = [emails.index(right) for right in case["right"] if right in emails]
    avoided = [emails.index(avoid) for avoid in case["avoid"] if avoid in emails]
    if right_places and avoided:
        good = good and min(right_places) < min(avoided)
    if case.get("country", answer["country"]) != answer["country"]:
        good = False
    if good and (status == 0) == bool(emails):
        return None
    name = case.get("name", case.get("file"))
    return "%s, %s: exit %d, %s" % (name, case["ip"], status, json.dumps(answer))


def main():
    mailtrust = sys.argv[1]
    if not os.path.isdir(CORPUS):
        return 77
    told = []
    with open(os.path.join(CORPUS, "expect.json"), encoding="utf-8") as file:
        cases = json.load(file)
    for kind in ("rdap", "whois"):
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.join(CORPUS, kind), os.path.join(folder, kind))
            with registries(folder) as options:
                told += [fault(case, *ask(mailtrust, case["ip"], options)) for case in cases if case["kind"] == kind]
    with registries(CORPUS) as options:
        told += [fault(case, *ask(mailtrust, case["ip"], options)) for case in cases]
    ways = os.path.join(CORPUS, "ways")
    for name in sorted(os.listdir(ways)):
        with open(os.path.join(ways, name, "expect.json"), encoding="utf-8") as file:
            case = json.load(file)
        with registries(os.path.join(ways, name)) as options:
            told.append(fault(case, *ask(mailtrust, case["ip"], options)))
    faults = [text for text in told if text]
    print("\n".join(faults + ["%d cases, %d failures" % (len(told), len(faults))]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
