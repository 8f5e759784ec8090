#!/usr/bin/env python3
"""ip_test.py MAILTRUST ZONE_SERVER: `ip` against live servers: rbldnsd for lists, a scripted one for their faults.

A list that answers everything, one that refuses, one that is dead, silent ones, a resolver that rewrites: each has an
answer of its own. A whole prefix comes in order, test entries are asked once, a key is never shown.
"""
import json
import os
import signal
import subprocess
import sys
import tempfile
import time

from name_servers import ask, free_port, program
from servers import ZoneServer, run

SILENT = """$ORIGIN .
; !timeout 2.0.0.127.silent.example. A
; !timeout 1.0.0.127.silent.example. A
; !servfail 2.0.0.127.failing.example. A
; !servfail 1.0.0.127.failing.example. A
; !servfail 2.0.0.127.closed.example. A refused
; !servfail 1.0.0.127.closed.example. A refused
2.0.0.127.good.example. 60 A 127.0.0.2
25.2.0.192.good.example. 60 A 127.0.0.3
25.2.0.192.good.example. 60 TXT "because\\009of spam"
2.0.0.127.half.example. 60 A 127.0.0.2
; !timeout 25.2.0.192.half.example. A
25.2.0.192.in-addr.arpa. 60 PTR mail.example.org.
mail.example.org. 60 A 192.0.2.25
2.0.0.127.Top5ecret.zen.dq.spamhaus.net. 60 A 127.0.0.2
25.2.0.192.Top5ecret.zen.dq.spamhaus.net. 60 A 127.0.0.4
"""
REWRITING = """$ORIGIN .
*. 60 A 203.0.113.80
"""
LISTS = {  # of rbldnsd: the type of the data, and the data
    "good.bl.example": ("ip4set", ":127.0.0.2:spam from $\n127.0.0.2\n192.0.2.25\n192.0.2.128/25\n"),
    "everybody.bl.example": ("ip4set", ":127.0.0.2:everybody\n0.0.0.0/1\n128.0.0.0/1\n"),
    "refusing.bl.example": ("ip4set", ":127.255.255.254:no\n0.0.0.0/1\n128.0.0.0/1\n"),
    "six.bl.example": ("ip6trie", ":127.0.0.2:six\n::ffff:7f00:2/128\n2001:db8::25/128\n"),
}


class Rbldnsd:
    def __init__(self, folder):
        self.port = free_port()
        words = []
        for zone, (kind, data) in LISTS.items():
            name = zone.split(".")[0]
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(data)
            words.append("%s:%s:%s" % (zone, kind, name))
        self.command = [program("rbldnsd"), "-n", "-b", "127.0.0.1/%d" % self.port, "-w", folder, *words]
        if os.geteuid() == 0:
            os.chmod(folder, 0o755)

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        end = time.monotonic() + 20
        while time.monotonic() < end:
            try:
                if ask(self.port, "2.0.0.127.good.bl.example", 1)[1]:
                    return self
            except OSError:
                time.sleep(0.05)
        raise RuntimeError("rbldnsd does not answer")

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        self.process.wait(timeout=20)


def ip(mailtrust, address, *more):
    """Exit status, the objects, stderr."""
    status, out, err = run(mailtrust, "ip", address, "--no-registry", "--json", "--timeout", "1s", *more)
    return status, [json.loads(line) for line in out.decode().splitlines()], err


def states(answer):
    return {one["zone"]: (one["listed"], one["state"]) for one in answer["listings"]}


def expect(what, got, wanted):
    if got != wanted:
        yield "%s: %r, expected %r" % (what, got, wanted)


def live_faults(mailtrust, server):
    zones = "good.example,silent.example,failing.example,closed.example,nothing.example,half.example"
    start = time.monotonic()
    status, answers, _ = ip(mailtrust, "192.0.2.25", "--zones", zones, "--resolver", server)
    yield from expect("status of a listing beside trouble", status, 1)
    yield from expect("states", states(answers[0]), {
        "good.example": (True, "listed"), "silent.example": (None, "no answer"),
        "failing.example": (None, "no answer"), "closed.example": (None, "refused"),
        "nothing.example": (None, "no answer"), "half.example": (None, "no answer")})
    if time.monotonic() - start > 6 + 2:
        yield "took more than six times the bound"
    for zone in ("silent.example", "failing.example", "closed.example", "nothing.example", "half.example"):
        status, _, _ = ip(mailtrust, "192.0.2.25", "--zones", zone, "--resolver", server)
        yield from expect("status with %s alone" % zone, status, 3)
    status, out, _ = run(mailtrust, "ip", "192.0.2.25", "--no-registry", "--zones", "good.example", "--resolver", server)
    if b"because\\x09of spam" not in out or b"\t" in out:
        yield "the list's text is not escaped: %r" % out


def key_faults(mailtrust, server, folder):
    conf = os.path.join(folder, "conf")
    with open(conf, "w", encoding="utf-8") as file:
        file.write("key spamhaus-dqs Top5ecret\n")
    for more in ([], ["-v"], ["-v", "--json"]):
        status, out, err = run(mailtrust, "ip", "192.0.2.25", "--no-registry", "--zones", "zen.spamhaus.org",
                               "--config", conf, "--resolver", server, *more)
        yield from expect("status with a key", status, 1)
        if b"top5ecret" in out.lower() or "top5ecret" in err.lower():
            yield "the key is shown with %s" % more
        if "-v" in more and b"*********.zen.dq.spamhaus.net" not in out:
            yield "the look-ups lack the masked name: %r" % out


def rewriting_faults(mailtrust, server):
    status, answers, _ = ip(mailtrust, "192.0.2.25", "--zones", "a.example,b.example", "--resolver", server)
    yield from expect("status behind a rewriting resolver", status, 3)
    yield from expect("states behind a rewriting resolver", states(answers[0]),
                      {"a.example": (None, "lies"), "b.example": (None, "lies")})


def rbldnsd_faults(mailtrust, server):
    zones = ",".join(LISTS)
    resolver = "127.0.0.1:%d" % server.port
    status, answers, _ = ip(mailtrust, "192.0.2.25", "--zones", zones, "--resolver", resolver)
    yield from expect("status with rbldnsd", status, 1)
    four = states(answers[0])
    yield from expect("states with rbldnsd", {zone: four[zone] for zone in list(LISTS)[:3]}, {
        "good.bl.example": (True, "listed"), "everybody.bl.example": (None, "lies"),
        "refusing.bl.example": (None, "refused")})
    yield from expect("text", answers[0]["listings"][0]["text"], "spam from 192.0.2.25")
    _, answers, _ = ip(mailtrust, "2001:db8::24/127", "--zones", "six.bl.example", "--resolver", resolver)
    yield from expect("states of IPv6", [states(one)["six.bl.example"] for one in answers],
                      [(False, "clean"), (True, "listed")])
    _, answers, _ = ip(mailtrust, "192.0.2.0/24", "--zones", "good.bl.example", "--resolver", resolver)
    yield from expect("order of a prefix", [one["ip"] for one in answers], ["192.0.2.%d" % i for i in range(256)])
    yield from expect("listed of a prefix", [one["listings"][0]["listed"] for one in answers],
                      [i == 25 or i >= 128 for i in range(256)])


def main():
    mailtrust, zone_server = sys.argv[1:]
    faults = []
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder:
        for name, text in (("silent", SILENT), ("rewriting", REWRITING)):
            with open(os.path.join(folder, name + ".zone"), "w", encoding="utf-8") as file:
                file.write(text)
        with ZoneServer(zone_server, os.path.join(folder, "silent.zone")) as server:
            faults += live_faults(mailtrust, server.address)
            faults += key_faults(mailtrust, server.address, folder)
        with ZoneServer(zone_server, os.path.join(folder, "rewriting.zone")) as server:
            faults += rewriting_faults(mailtrust, server.address)
        if program("rbldnsd"):
            with Rbldnsd(folder) as server:
                faults += rbldnsd_faults(mailtrust, server)
        else:
            faults.append("rbldnsd is missing")
    print("\n".join(faults) or "ip: every list got its own answer")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
