#!/usr/bin/env python3
"""SpamAssassin finds nothing to complain about in what `list export` writes, and welcomes or blocks messages by it."""
import os
import pwd
import re
import shutil
import subprocess
import sys

from export_lists import (ADDRESSES, LISTED, LISTED_SENDERS, NAMES, UNLISTED, UNLISTED_SENDERS, Checks, Exports, skip)

MESSAGE = """From %(sender)s Sun Nov 22 01:00:00 2026
Return-Path: <%(sender)s>
Received: from mail.example.invalid (mail.example.invalid [%(address)s])
\tby mx.example.com (Postfix) with ESMTP id 4711
\tfor <us@example.com>; Sun, 22 Nov 2026 01:00:00 +0000 (UTC)
From: <%(sender)s>
To: us@example.com
Subject: %(address)s %(sender)s
Date: Sun, 22 Nov 2026 01:00:00 +0000
Message-ID: <%(number)d.x@example.invalid>

Hello.

"""
OURS = re.compile(r"USER_IN_WELCOMELIST|USER_IN_BLOCKLIST|MAILTRUST_[A-Z_]+")
WELCOME, BLOCK, RULE = {"USER_IN_WELCOMELIST"}, {"USER_IN_BLOCKLIST"}, {"MAILTRUST_DENY"}


class SpamAssassin:
    """Runs with a site configuration of its own and nobody's preferences."""

    def __init__(self, program, exports, extra):
        home, site = exports.path("home"), exports.path("site")
        for folder in (home, site):
            os.makedirs(folder, exist_ok=True)
        for name in os.listdir("/etc/spamassassin"):
            if name.endswith(".pre"):
                shutil.copy(os.path.join("/etc/spamassassin", name), site)
        with open(os.path.join(site, "local.cf"), "w", encoding="utf-8") as file:
            file.write("use_bayes 0\nskip_rbl_checks 1\ndns_available no\ntrusted_networks 203.0.113.250\n"
                       "clear_headers\nadd_header all Status tests=_TESTS_\nfold_headers 0\nreport_safe 0\n")
        shutil.copy(extra, os.path.join(site, "mailtrust.cf"))
        preferences = exports.write("user_prefs", "")
        self.command = [program, "--local", "-x", "--siteconfigpath=" + site, "-p", preferences]
        self.environment = {**os.environ, "HOME": home, "LC_ALL": "C"}

    def run(self, *options, text=""):
        return subprocess.run([*self.command, *options], input=text, capture_output=True, text=True, timeout=300,
                              env=self.environment)

    def tests_hit(self, cases):
        """The tests of ours that each (address, sender) hits. The messages come back in any order."""
        mbox = "".join(MESSAGE % {"address": address, "sender": sender, "number": number}
                       for number, (address, sender) in enumerate(cases))
        hits = {}
        for message in self.run("--mbox", text=mbox).stdout.split("\nFrom "):
            status = re.search(r"^X-Spam-Status: (.*)$", message, re.M)
            subject = re.search(r"^Subject: (\S+) (\S+)$", message, re.M)
            if status and subject:
                hits[subject.groups()] = set(OURS.findall(status.group(1)))
        return hits


def check(checks, program, exports, form, entries, verdict, wanted):
    """`wanted` maps (address, sender) to the tests it should hit."""
    path = exports.make("lists.cf", entries, form, verdict, "--name", "deny")
    spamassassin = SpamAssassin(program, exports, path)
    lint = spamassassin.run("--lint")
    checks.equal("%s --lint" % verdict, (lint.returncode, lint.stdout, lint.stderr), (0, "", ""))
    hits = spamassassin.tests_hit(list(wanted))
    for case, tests in wanted.items():
        checks.equal("%s %s" % (verdict, case), hits.get(case), tests)


def expectations(by_address, by_sender, listed, unlisted):
    wanted = {(address, "someone@example.invalid"): by_address for address in listed}
    wanted.update({(address, "someone@example.invalid"): set() for address in unlisted})
    wanted.update({("192.0.2.0", sender): by_sender for sender in LISTED_SENDERS})
    wanted.update({("192.0.2.0", sender): set() for sender in UNLISTED_SENDERS})
    return wanted


def main():
    program = shutil.which("spamassassin")
    if program is None:
        skip("there is no spamassassin")
    checks = Checks()
    # It makes this folder whatever it is told; what was not there before goes again.
    state = os.path.join(pwd.getpwuid(os.getuid()).pw_dir, ".spamassassin")
    was_there = os.path.isdir(state)
    with Exports(sys.argv[1]) as exports:
        check(checks, program, exports, "spamassassin", ADDRESSES + NAMES, "--allow",
              expectations(WELCOME, WELCOME, LISTED, UNLISTED))
        v4 = [entry for entry in ADDRESSES if ":" not in entry]
        check(checks, program, exports, "spamassassin", v4 + NAMES, "--deny",
              expectations(RULE, BLOCK, [a for a in LISTED if ":" not in a], UNLISTED))
    if os.path.isdir(state) and not was_there and not os.listdir(state):
        os.rmdir(state)
    checks.end()


if __name__ == "__main__":
    main()
