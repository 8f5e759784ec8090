#!/usr/bin/env python3
"""connections_test.py MAILTRUST ZONE_SERVER: it keeps to itself.

What the system sees of runs with typed servers (strace): connections to those and to nobody else, no child process, no
file opened but those that were named, its own configuration, and what libraries and certificates are.
"""
import os
import re
import shutil
import sys
import tempfile

import registries
from registry_runs import GOOD, IP, NOT_FOUND, WHOIS_GOOD, redirect
from servers import ZoneServer, run

EXAMPLES = os.path.realpath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples"))
SKIP = 77
OF_THE_SYSTEM = ("/lib", "/usr/lib", "/usr/local/lib", "/etc/ld.so", "/proc/", "/sys/", "/dev/null", "/dev/urandom",
                 "/etc/ssl/", "/usr/lib/ssl/", "/usr/share/zoneinfo", "/etc/localtime", "/etc/mailtrust")
CALLS = "connect,sendto,sendmsg,sendmmsg,bind,listen,execve,execveat,fork,vfork,clone,clone3,openat,open,openat2,creat"
PLACE = re.compile(r'sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')


class Seen:
    """What one run did, by its system calls."""

    def __init__(self, mailtrust, folder, *words):
        trace = os.path.join(folder, "trace")
        environment = {"HOME": folder, "PATH": os.environ["PATH"], "ASAN_OPTIONS": "detect_leaks=0",
                       "TSAN_OPTIONS": "report_bugs=0", "MAILTRUST_STORE": os.path.join(folder, "store.db")}
        settings = ["%s=%s" % pair for pair in environment.items()]
        self.status, self.out, self.err = run("env", "-i", *settings, "strace", "-f", "-qq", "-s", "300",
                                              "-e", "trace=" + CALLS, "-o", trace, mailtrust, *words)
        with open(trace, encoding="utf-8", errors="replace") as file:
            self.calls = [line.split(maxsplit=1)[1] for line in file if " " in line]

    def connections(self):
        """Where it went; what is no address of the Internet comes as the line of the call."""
        for call in self.calls:
            if not call.startswith(("connect", "send", "bind", "listen")) or "resumed" in call:
                continue
            place = PLACE.search(call)
            if place:
                yield "%s:%s" % (place[2], place[1])
            elif not call.startswith("send") or "sa_family" in call:
                yield call

    def children(self):
        for call in self.calls[1:]:
            if call.startswith(("execve", "fork", "vfork")) or call.startswith("clone") and "CLONE_THREAD" not in call:
                yield call

    def files(self):
        for call in self.calls:
            path = re.match(r'(?:open|creat)\w*\((?:AT_FDCWD, )?"([^"]*)"', call)
            if path and not any(word in call for word in ("ENOENT", "O_DIRECTORY", "O_PATH")):
                yield path[1]


def faults_of(name, seen, places, must, files):
    if seen.status not in (0, 1, 3):
        yield "%s: status %d, %s" % (name, seen.status, seen.err)
    for call in seen.children():
        yield "%s: a child: %s" % (name, call)
    for place in seen.connections():
        if place not in places:
            yield "%s: connects to %s" % (name, place)
    if must and must not in seen.connections():
        yield "%s: did not ask %s: the trace tells nothing" % (name, must)
    for path in seen.files():
        if not path.startswith((*files, *OF_THE_SYSTEM)):
            yield "%s: opens %s" % (name, path)


def runs(resolver, web, port43):
    """The words, whom they name (the first must be asked), and which files."""
    message, zone = os.path.join(EXAMPLES, "genuine.eml"), os.path.join(EXAMPLES, "example.zone")
    asks = ["--resolver", resolver, "--timeout", "2s"]
    registry = ["--rdap-base", web.base, "--whois-server", port43.address]
    registries_too = [web.base.split("//")[1].strip("/"), port43.address, resolver]
    yield ["abuse", IP, "--no-cache", *asks, *registry], registries_too, []
    yield ["ip", IP, *asks, *registry], registries_too, []
    if web.answer("", {}) is not GOOD:
        return
    for words in (["spf", "test", "example.org", "--ip", "192.0.2.25"], ["check", "example.org"],
                  ["dkim", "check", "example.org"], ["dmarc", "check", "example.org"],
                  ["ip", "192.0.2.25", "--no-registry"]):
        yield [*words, *asks], [resolver], []
    yield ["verify", message, *asks], [resolver], [message]
    yield ["received", message], [], [message]
    yield ["check", "example.org", "--zone", zone], [], [zone]
    yield ["abuse", IP, "--zone", zone], [], [zone]


def main():
    mailtrust, zone_server = sys.argv[1:]
    if not shutil.which("strace"):
        print("strace is not installed")
        return SKIP
    faults = []
    elsewhere = WHOIS_GOOD.replace(b"abuse-mailbox", b"remarks") + b"ReferralServer: whois://127.0.0.1:9\r\n"
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder, \
            ZoneServer(zone_server, os.path.join(EXAMPLES, "example.zone")) as server:
        probe = Seen(mailtrust, folder, "--version")
        if probe.status != 0:
            print("strace cannot trace here: %s" % probe.err)
            return SKIP
        for rdap, whois in ((GOOD, WHOIS_GOOD), (NOT_FOUND, elsewhere), (redirect("https://127.0.0.1:9/"), elsewhere)):
            with registries.Rdap(lambda path, headers, rdap=rdap: rdap) as web, \
                    registries.Whois(lambda query, whois=whois: whois) as port43:
                for words, places, files in runs(server.address, web, port43):
                    seen = Seen(mailtrust, folder, *words)
                    faults += faults_of(" ".join(words[:2]), seen, places, places and places[0], [folder, *files])
    print("\n".join(faults) or "it keeps to itself")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
