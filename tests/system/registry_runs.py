"""Runs of abuse beside registries of our own, and what those say in the tests."""
import json
import os
import time

import registries
import servers

NOW = 1700000000
DAY = 86400
IP = "192.0.2.66"
NET = ("192.0.2.0", "192.0.2.255")
ABUSE = registries.entity("abuse@isp.example")
PERSON = registries.entity("erika@isp.example", "technical", "EX1")
GOOD = registries.response(registries.network(*NET, ABUSE))
NO_CONTACT = registries.response(registries.network(*NET, PERSON))
NOT_FOUND = registries.response({"errorCode": 404, "title": "Not Found"}, "404 Not Found")
WHOIS_GOOD = registries.inetnum(*NET, "abuse-mailbox:  whois@isp.example")
WHOIS_NONE = b"%ERROR:101: no entries found\r\n"


class Run:
    def __init__(self, mailtrust, *args, timeout="1s", at=NOW, offline=True):
        begin = time.monotonic()
        world = ["--zone", os.devnull] if offline else []
        self.status, out, self.err = servers.run(mailtrust, "abuse", "--json", *world, "--timeout", timeout, "--at",
                                                 str(at), *args)
        self.seconds = time.monotonic() - begin
        self.answers = [json.loads(line) for line in out.splitlines()]

    def emails(self, index=0):
        return [contact["email"] for contact in self.answers[index]["contacts"]]

    def words(self):
        return " ".join(finding["message"] for finding in self.answers[0]["findings"])


class Checks:
    def __init__(self):
        self.failures = 0

    def __call__(self, what, found, expected):
        if found != expected:
            self.failures += 1
            print("%s: %r, expected %r" % (what, found, expected))


def both(mailtrust, rdap, whois, *args, **options):
    """One run beside the two; the answers are what each sends for everything."""
    with registries.Rdap(lambda path, headers: rdap) as web, registries.Whois(lambda query: whois) as port43:
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, *args, **options)
        run.requests, run.queries = len(web.questions), len(port43.questions)
        return run


def endless(piece):
    while True:
        yield piece


def drops(octets):
    for octet in octets:
        yield bytes([octet])
        yield 0.2


def redirect(location):
    return registries.response(b"", "302 Found", Location=location)
