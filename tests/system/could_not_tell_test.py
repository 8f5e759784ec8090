#!/usr/bin/env python3
"""could_not_tell_test.py MAILTRUST ZONE_SERVER: what DNS does not tell ends in exit status 3, in time.

Every command that asks, against a live server that is silent, refuses, fails or sends aliases in a
circle, and against a port where nobody listens.
"""
import socket
import sys
import tempfile
import time

from servers import ZoneServer, run

ZONE = """$ORIGIN .
; !timeout silent.example. ANY
; !servfail failing.example. ANY
; !servfail refusing.example. ANY refused
; !timeout _dmarc.silent.example. ANY
; !servfail _dmarc.failing.example. ANY
; !servfail _dmarc.refusing.example. ANY refused
; !servfail _dmarc.circle.example. ANY
circle.example. IN CNAME square.example.
square.example. IN CNAME circle.example.
"""
DOMAINS = ("silent.example", "failing.example", "refusing.example", "circle.example")
TIMEOUT = 1.0
SLACK = 2.0  # for a loaded machine and sanitizers


def commands(domain):
    """The command, and how many bounds in a row it may use: one question, or one whole input."""
    yield ["spf", "test", domain, "--ip", "192.0.2.1"], 1
    yield ["spf", "check", domain], 1
    yield ["spf", "flatten", domain], 1
    yield ["check", domain], 6


def faults_of(mailtrust, server, domain):
    for command, bounds in commands(domain):
        start = time.monotonic()
        status, out, err = run(mailtrust, *command, "--json", "--resolver", server, "--timeout", "%gs" % TIMEOUT)
        took = time.monotonic() - start
        name = " ".join(command) + " at " + server
        if status != 3:
            yield "%s: status %d; %s %s" % (name, status, out.decode()[:300], err[:300])
        if took > bounds * TIMEOUT + SLACK:
            yield "%s: took %.1f s" % (name, took)


def main():
    mailtrust, zone_server = sys.argv[1:]
    faults = []
    with tempfile.NamedTemporaryFile("w", suffix=".zone") as zone:
        zone.write(ZONE)
        zone.flush()
        with ZoneServer(zone_server, zone.name) as server:
            for domain in DOMAINS:
                faults += faults_of(mailtrust, server.address, domain)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as unused:
        unused.bind(("127.0.0.1", 0))
        closed = "127.0.0.1:%d" % unused.getsockname()[1]
    faults += faults_of(mailtrust, closed, "example.org")
    print("\n".join(faults) or "could not tell, and said so")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
