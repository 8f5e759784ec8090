#!/usr/bin/env python3
"""dns_bounds_test.py MAILTRUST: answers that ask for ever more cost a bounded number of questions and a bounded time.

Every name has sixty mail hosts, sixty names and an SPF record that leads to a dozen more. They are told at once,
late, or never: one input ends within six times --timeout all the same, with its budget of questions held.
"""
import concurrent.futures
import os
import sys
import tempfile
import time

from dns_faults import HERE, TC
from limits_of_header import LIMITS
from lying_dns import LyingServer
from name_servers import record, wire_name
from servers import run

MESSAGE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples", "genuine.eml")
TIMEOUT = 0.5
SLACK = 5.0  # for a loaded machine and sanitizers
COMMANDS = [  # and the questions that one input may ask
    (["spf", "test", "example.org", "--ip", "192.0.2.25"], 120),
    (["spf", "check", "example.org"], 120),
    (["spf", "flatten", "example.org"], 300),
    (["check", "example.org"], 300),
    (["dkim", "check", "example.org"], 300),
    (["dmarc", "check", "example.org"], 300),
    (["verify", MESSAGE, "--ip", "192.0.2.25", "--helo", "h.example.org", "--mail-from", "a@example.org"], 300),
    (["ip", "192.0.2.25", "--no-registry"], 3200),
    (["abuse", "192.0.2.25", "--rdap-base", "http://127.0.0.1:9/", "--whois-server", "127.0.0.1:9", "--no-cache"], 300),
]
A, PTR, MX, TXT, AAAA = 1, 12, 15, 16, 28


def text(words):
    octets = words.encode()
    return b"".join(bytes([len(octets[i:i + 255])]) + octets[i:i + 255] for i in range(0, len(octets), 255))


def text_of(name):
    if name.startswith("_dmarc."):
        return "v=DMARC1; p=reject; rua=" + ",".join("mailto:d@r%d.example.net" % i for i in range(40))
    if "_report._dmarc" in name:
        return "v=DMARC1"
    if "_domainkey" in name:
        return "v=DKIM1; p="
    base = name if len(name) < 120 else "x.example"
    hosts = " ".join("mx:m%d.%s" % (i, base) for i in range(4))
    includes = " ".join("include:i%d.%s" % (i, base) for i in range(6))
    return "v=spf1 %s %s ptr exists:%%{i}.e.%s -all" % (hosts, includes, base)


def records(query):
    base = query.name() if len(query.name()) < 120 else "x.example"
    if query.type == TXT:
        return [text(text_of(query.name()))]
    if query.type == MX:
        return [b"\0\1" + wire_name("h%d.%s" % (i, base)) for i in range(60)]
    if query.type == PTR:
        return [wire_name("p%d.example" % i) for i in range(60)]
    if query.type == A:
        return [bytes([203, 0, 113, i]) for i in range(3)]
    return [b"\x20\x01\x0d\xb8" + bytes([i] * 12) for i in range(3)] if query.type == AAAA else []


def ever_more(delay):
    def fault(query):
        yield delay
        message = query.reply([record(HERE, query.type, data) for data in records(query)])
        yield message if query.tcp or len(message) <= 1232 else query.reply(flags=0x8180 | TC)
    return fault


def failures(mailtrust, folder, number, command, most, delay):
    with LyingServer(0, ever_more(delay)) as server:
        begin = time.monotonic()
        status, _, err = run(mailtrust, *command, "--json", "--resolver", server.address, "--timeout",
                             "%dms" % (TIMEOUT * 1000), "--store", os.path.join(folder, "%d.db" % number))
        took = time.monotonic() - begin
        asked = server.questions()
        tries = max(server.asked.values())
    name = "%s, answers after %g s" % (" ".join(command[:2]), delay)
    if status not in ((0, 1, 3) if delay < 60 else (3,)):
        yield "%s: status %d, %s" % (name, status, err)
    if asked > most or tries > 3:
        yield "%s: %d questions, one %d times" % (name, asked, tries)
    if took > LIMITS["kTimeoutsPerInput"] * TIMEOUT + SLACK:
        yield "%s: took %.1f s" % (name, took)


def all_failures(mailtrust, folder):
    """Those that only wait do so at once."""
    quick = [(command, most, 0) for command, most in COMMANDS]
    slow = [(command, most, delay) for delay in (0.8 * TIMEOUT, 60) for command, most in COMMANDS]
    for at_once, trials in ((1, quick), (3, slow)):
        with concurrent.futures.ThreadPoolExecutor(at_once) as pool:
            tried = [pool.submit(lambda *trial: list(failures(mailtrust, folder, *trial)), number, *trial)
                     for number, trial in enumerate(trials)]
            for one in tried:
                yield from one.result()


def main():
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder:
        found = list(all_failures(sys.argv[1], folder))
    print("\n".join(found) or "dns bounds: held")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
