#!/usr/bin/env python3
"""`bounce report` beside pflogsumm, on a made-up log of a busy Postfix.

    bench/logs.py [--mailtrust build/release/cli/mailtrust] [--megabytes 1000] [--runs 3]

Needs pflogsumm, time, taskset, and room for the log in /dev/shm. Both run on one core, by turns; medians of the runs after
one that is not counted. The counts of both are compared with what was written.
"""
import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter

PART = 20000  # messages that are made; longer logs repeat their lines under other times
FIRST = 1793000000  # seconds; 26 October 2026


class Log:
    """Seven to eight lines a message: nine of ten are delivered, the rest is put off or bounces."""

    def __init__(self, path):
        self.rng = random.Random(6)
        self.path = path
        self.counts = Counter()

    def write(self, octets):
        """As many messages as fit."""
        parts = [self.message(number) for number in range(PART)]
        written = second = 0
        with open(self.path, "w", encoding="ascii") as out:
            while written < octets:
                for end, lines in parts:
                    second += 1
                    stamp = time.strftime("%b %e %H:%M:%S mx1 postfix/", time.gmtime(FIRST + second // 4))
                    text = "".join(stamp + line for line in lines)
                    out.write(text)
                    written += len(text)
                    self.counts[end] += 1
                    if written >= octets:
                        break

    def message(self, number):
        rng = self.rng
        queue_id = "4b%012X" % rng.getrandbits(48)
        client = "c%d.example.net[198.51.100.%d]" % (number % 99, number % 250)
        host = "mx.d%d.example[192.0.2.%d]" % (number % 977, number % 250)
        recipient = "u%d@d%d.example" % (rng.randrange(70000), number % 977)
        end = rng.choices(("delivered", "deferred", "bounced"), (90, 5, 5))[0]
        status = {
            "delivered": "dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as %s)" % queue_id[::-1],
            "deferred": "dsn=4.2.2, status=deferred (host %s said: 452 4.2.2 <%s>: Mailbox full (in reply to RCPT TO "
                        "command))" % (host, recipient),
            "bounced": "dsn=5.1.1, status=bounced (host %s said: 550 5.1.1 <%s>: Recipient address rejected: User "
                       "unknown (in reply to RCPT TO command))" % (host, recipient)}[end]
        pid = rng.randrange(1000, 99999)
        lines = ["smtpd[%d]: connect from %s" % (pid, client),
                 "smtpd[%d]: %s: client=%s, sasl_method=PLAIN, sasl_username=app" % (pid, queue_id, client),
                 "cleanup[%d]: %s: message-id=<%s.%d@example.net>" % (pid, queue_id, queue_id, number),
                 "qmgr[77]: %s: from=<bounce-%d@example.net>, size=%d, nrcpt=1 (queue active)" % (
                     queue_id, number % 5000, rng.randrange(90000)),
                 "smtpd[%d]: disconnect from %s ehlo=2 starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1 commands=8" % (
                     pid, client),
                 "smtp[%d]: %s: to=<%s>, relay=%s:25, delay=%.2f, delays=0.1/0.01/0.2/0.3, %s" % (
                     pid, queue_id, recipient, host, rng.random() * 9, status)]
        if end != "deferred":
            lines.append("qmgr[77]: %s: removed" % queue_id)
        return end, [line + "\n" for line in lines]


def timed(command, out_path):
    """Seconds on the wall and of the processor, and the peak of the resident set in MiB, as GNU time(1) has it."""
    with open(out_path, "wb") as out, tempfile.TemporaryFile() as told:
        start = time.monotonic()
        subprocess.run(["/usr/bin/time", "-f", "%U %S %M", "taskset", "-c", "0", *command], stdout=out, stderr=told)
        wall = time.monotonic() - start
        told.seek(0)
        user, system, peak = told.read().split()[-3:]
        return wall, float(user) + float(system), int(peak) / 1024


def check_ours(path, counts):
    with open(path, encoding="utf-8") as file:
        totals = json.load(file)["totals"]
    got = {"delivered": totals["delivered"], "deferred": totals["deferred"], "bounced": totals["hard"] + totals["soft"]}
    if got != dict(counts):
        sys.exit("bench: mailtrust counted %s of %s" % (got, dict(counts)))


def check_peer(path, counts):
    with open(path, encoding="utf-8", errors="replace") as file:
        lines = [line.split() for line in file]
    got = {words[1]: int(words[0]) for words in lines if len(words) > 1 and words[0].isdigit() and words[1] in counts}
    if got.get("delivered") != counts["delivered"] or got.get("bounced") != counts["bounced"]:
        print("pflogsumm counted %s of %s" % (got, dict(counts)), file=sys.stderr)


def compare(a, work, log):
    commands = {"mailtrust bounce report": [a.mailtrust, "bounce", "report", "--json", log.path],
                "pflogsumm": ["pflogsumm", log.path]}
    results = {}
    for _ in range(a.runs + 1):  # by turns, so that a slow moment hits both
        for name, command in commands.items():
            results.setdefault(name, []).append(timed(command, "%s/%s" % (work, name)))
    check_ours(work + "/mailtrust bounce report", log.counts)
    check_peer(work + "/pflogsumm", log.counts)
    size = os.path.getsize(log.path) / 1e6
    print("\n### `bounce report`, %d MB of Postfix log, %d messages, one core\n" % (size, sum(log.counts.values())))
    print("| program | wall s | CPU s | MB/s | peak MiB | times mailtrust, by CPU |\n|---|---|---|---|---|---|")
    reference = None
    for name, runs in results.items():
        wall, cpu, peak = (statistics.median(run[k] for run in runs[1:]) for k in range(3))
        reference = reference or cpu
        print("| %s | %.2f | %.2f | %.0f | %.0f | %.1f |" % (name, wall, cpu, size / cpu, peak, cpu / reference))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mailtrust", default="build/release/cli/mailtrust")
    parser.add_argument("--megabytes", type=int, default=1000)
    parser.add_argument("--runs", type=int, default=3)
    a = parser.parse_args()
    a.mailtrust = os.path.abspath(a.mailtrust)
    if not shutil.which("pflogsumm", path=os.environ["PATH"] + ":/usr/sbin"):
        sys.exit("bench: needs pflogsumm")
    os.environ["PATH"] += ":/usr/sbin"
    os.environ["TZ"] = "UTC"
    with tempfile.TemporaryDirectory(dir="/dev/shm") as work:
        log = Log(work + "/mail.log")
        log.write(a.megabytes * 1000000)
        compare(a, work, log)


if __name__ == "__main__":
    main()
