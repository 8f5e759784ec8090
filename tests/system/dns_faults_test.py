#!/usr/bin/env python3
"""dns_faults_test.py MAILTRUST ZONE_SERVER [--every N] [--all]: a name server that lies costs an answer, not its truth.

Each fault of dns_faults.py against the commands that ask. What can be healed must not change a single octet of the
output; what cannot is "could not tell" and exit status 3, in time; beside an honest server it changes nothing either.
--every N takes every Nth fault; --all each command for each, not `spf test` and one in turn.
"""
import argparse
import concurrent.futures
import json
import os
import sys
import tempfile
import time

from dns_faults import BLIND, HEALED, honest
from lying_dns import LyingServer
from servers import ZoneServer, run

SOURCE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")
TIMEOUT = 0.4  # where it will be waited for
PATIENCE = 3.0  # where an answer comes in the end
SLACK = 5.0  # for a loaded machine and sanitizers
MESSAGE = os.path.join(SOURCE, "genuine.eml")
SESSION = ["--ip", "192.0.2.25", "--helo", "mx1.example.org", "--mail-from", "anna@example.org"]
COMMANDS = {  # and how many bounds in a row they may use: one question, or one whole input
    "spf test": (["spf", "test", "example.org", "--ip", "198.51.100.5"], 6),
    "spf check": (["spf", "check", "example.org"], 6),
    "spf flatten": (["spf", "flatten", "example.org"], 6),
    "dkim check": (["dkim", "check", "example.org", "--selector", "google"], 1),
    "dmarc check": (["dmarc", "check", "example.org"], 6),
    "verify": (["verify", MESSAGE, *SESSION], 6),
    "check": (["check", "example.org"], 6),
    "ip": (["ip", "192.0.2.25", "--no-registry", "--zones", "bl.example"], 6),
    "abuse": (["abuse", "198.51.100.7", "--rdap-base", "http://127.0.0.1:9/", "--whois-server", "127.0.0.1:9",
               "--no-cache"], 6),
}
ONLY = {
    "a flood": ("spf test",),  # more questions are too much work for whoever floods
    "truncated, a flood over TCP": ("spf test",),
    "60 KB of text": ("spf test", "dkim check", "dmarc check", "verify"),  # others tell of the size
}

# Check asks for a hundred selectors at once: on a loaded machine not each of them is told in time.
ONLY.update((slow, [command for command in COMMANDS if command != "check"])
            for slow in ("a lost datagram", "EDNS lost on the way", "late", "truncated, in pieces"))


class Done:
    """One run, and what it comes to."""

    def __init__(self, mailtrust, command, resolvers, folder, timeout=PATIENCE):
        words, bounds = COMMANDS[command]
        options = [word for one in resolvers for word in ("--resolver", one)]
        store = ["--store", os.path.join(folder, command + ".db")]
        begin = time.monotonic()
        self.status, out, self.err = run(mailtrust, *words, "--json", "--timeout", "%dms" % (timeout * 1000),
                                          *options, *store)
        self.seconds = time.monotonic() - begin
        self.out = out.decode()
        self.answers = [json.loads(line) for line in out.splitlines()]
        self.in_time = self.seconds < bounds * timeout + SLACK


def claims(command, answer):
    """What was made of the answers, where that can be named: each must be one of `UNKNOWN`."""
    if command == "spf test":
        return [answer["result"]]
    if command == "dkim check":
        return [key["found"] for key in answer["keys"]]
    if command == "dmarc check":
        return [answer["policy"], answer["record"]]
    if command == "verify":
        return [answer["spf"]["result"], answer["dmarc"]["result"], *[one["result"] for one in answer["dkim"]]]
    if command == "ip":
        return [answer["ptr"], *[one["listed"] for one in answer["listings"]]]
    if command == "abuse":
        return [contact["email"] for contact in answer["contacts"]]
    return [answer["valid"]] if command == "spf check" else []


UNKNOWN = ("temperror", None)


def blind(mailtrust, command, fault, honest_port, folder):
    with LyingServer(honest_port, BLIND[fault], tcp=not fault.endswith("refused")) as server:
        done = Done(mailtrust, command, [server.address], folder, TIMEOUT)
        most = max(server.asked.values(), default=0)
        questions = server.questions()
    if done.status != 3:
        yield "status %d" % done.status
    wrong = [claim for answer in done.answers for claim in claims(command, answer) if claim not in UNKNOWN]
    if wrong:
        yield "made of it: %r" % wrong
    if not done.in_time:
        yield "took %.1f s" % done.seconds
    if most > 4 or questions > 300:  # three tries over UDP and one without EDNS
        yield "asked %d times, %d questions" % (most, questions)


def same(done, expected):
    if (done.status, done.out) != (expected.status, expected.out):
        at = max(len(os.path.commonprefix([done.out, expected.out])) - 60, 0)
        yield "status %d, ...%s, expected ...%s" % (done.status, done.out[at:at + 160], expected.out[at:at + 160])
    if not done.in_time:
        yield "took %.1f s" % done.seconds


def healed(mailtrust, command, fault, honest_port, folder, expected):
    with LyingServer(honest_port, HEALED[fault]) as server:
        yield from same(Done(mailtrust, command, [server.address], folder), expected)


def beside(mailtrust, command, fault, honest_port, folder, expected):
    """The liar is asked first, and an honest server after it."""
    with LyingServer(honest_port, BLIND[fault], tcp=not fault.endswith("refused")) as server:
        with LyingServer(honest_port, honest) as second:
            yield from same(Done(mailtrust, command, [server.address, second.address], folder), expected)


def trials(options, expected):
    """The function, and what it is to be called with."""
    names = list(COMMANDS)
    turn = 0
    for kind, faults, more in ((healed, HEALED, True), (blind, BLIND, False), (beside, BLIND, True)):
        for fault in faults:
            turn += 1
            commands = ONLY.get(fault, names)
            commands = commands if options.all else {commands[0], commands[turn % len(commands)]}
            if kind is beside and "alias" in fault:
                continue  # aliases that lead nowhere are an answer: another server is not asked
            for command in commands:
                if turn % options.every:
                    continue
                yield kind, command, fault, (expected[command],) if more else ()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mailtrust")
    parser.add_argument("zone_server")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--all", action="store_true")
    options = parser.parse_args()
    failures = count = 0
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder, \
            ZoneServer(options.zone_server, os.path.join(SOURCE, "example.zone")) as server, \
            concurrent.futures.ThreadPoolExecutor(6) as pool:
        port = int(server.address.rsplit(":", 1)[1])
        Done(options.mailtrust, "ip", [server.address], folder)  # makes the store
        expected = {command: Done(options.mailtrust, command, [server.address], folder) for command in COMMANDS}
        waiting = [(kind.__name__, command, fault, pool.submit(
            lambda kind=kind, command=command, fault=fault, more=more:
            list(kind(options.mailtrust, command, fault, port, folder, *more))))
            for kind, command, fault, more in trials(options, expected)]
        for kind, command, fault, result in waiting:
            count += 1
            for what in result.result():
                failures += 1
                print("%s: %s (%s): %s" % (command, fault, kind, what))
    print("dns faults: %d runs, %d failures" % (count, failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
