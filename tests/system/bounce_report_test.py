#!/usr/bin/env python3
"""`bounce report` from cron and by hand, through the program itself.

    bounce_report_test.py MAILTRUST [--kills N]

A log grows, is rotated, packed and emptied while runs with --remember are killed at random moments: in the end each
line has counted once. Two runs at once count nothing twice; a Maildir whose mails move counts each once; the list of
addresses is one that `import` takes.
"""
import argparse
import datetime
import gzip
import json
import os
import random
import shutil
import signal
import stat
import subprocess
import sys
import tempfile
import time

FAULTS = []
BEGIN = datetime.datetime(2026, 11, 2, 8, 0, 0, tzinfo=datetime.timezone.utc)
NOW = "2026-11-18T00:00:00Z"
OUTCOMES = [("delivered", "sent", "2.0.0", "250 2.0.0 Ok: queued as 9D21F4001"),
            ("deferred", "deferred", "4.2.1", "host mx.example.net[198.51.100.25] said: 450 4.2.1 try again later"),
            ("hard", "bounced", "5.1.1", "host mx.example.net[198.51.100.25] said: 550 5.1.1 User unknown")]


def check(good, what):
    if not good:
        FAULTS.append(what)
        print("FAILED: %s" % what, flush=True)


class Place:
    """A folder with a store, logs, and the program that reads them."""

    def __init__(self, mailtrust):
        self.mailtrust = mailtrust
        self.folder = tempfile.mkdtemp(prefix="mailtrust-bounce-report-")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text, mode="w"):
        with open(self.path(name), mode, encoding="utf-8", newline="") as file:
            file.write(text)
        return self.path(name)

    def start(self, *words, **how):
        environment = {key: value for key, value in os.environ.items()
                       if key.endswith("SAN_OPTIONS") or key in ("PATH", "HOME")}
        return subprocess.Popen([self.mailtrust, "bounce", "report", "--at", NOW, "--store", self.path("store.db"),
                                 *words], cwd=self.folder, env=environment, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **how)

    def run(self, *words, status=0, stdin=None):
        process = self.start(*words, stdin=subprocess.PIPE if stdin is not None else subprocess.DEVNULL)
        process.out, process.err = process.communicate(stdin, timeout=300)
        check(process.returncode == status, "%s: exit %s, expected %s: %s" % (words, process.returncode, status, process.err))
        return process

    def report(self, *words, status=0, stdin=None):
        done = self.run("--json", *words, status=status, stdin=stdin)
        return json.loads(done.out) if done.out else {}

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


class Log:
    """Lines of Postfix with what they come to."""

    def __init__(self):
        self.messages = 0
        self.truth = {"delivered": 0, "deferred": 0, "hard": 0}

    def lines(self, count):
        out = []
        for _ in range(count):
            self.messages += 1
            moment = (BEGIN + datetime.timedelta(seconds=60 * self.messages)).isoformat()
            outcome, status, dsn, reply = random.choice(OUTCOMES)
            self.truth[outcome] += 1
            queue = "%X" % (0x4C1AA0000 + self.messages)
            out.append("%s mx postfix/qmgr[900]: %s: from=<news@example.org>, size=4120, nrcpt=1 (queue active)\n" % (moment, queue))
            out.append("%s mx postfix/smtp[2110]: %s: to=<u%d@example.net>, relay=mx.example.net[198.51.100.25]:25, "
                       "delay=1, delays=0/0/0/1, dsn=%s, status=%s (%s)\n" % (moment, queue, self.messages, dsn, status, reply))
        return out


def same_counts(truth, report, what):
    totals = report.get("totals", {})
    got = {key: totals.get(key) for key in truth}
    check(got == truth, "%s: %s, expected %s" % (what, got, truth))


def rotate(place):
    """As logrotate does with delaycompress."""
    if os.path.exists(place.path("mail.log.1")):
        packed = sorted(name for name in os.listdir(place.folder) if name.endswith(".gz"))
        with open(place.path("mail.log.1"), "rb") as plain, gzip.open(place.path("mail.log.%d.gz" % (len(packed) + 2)), "wb") as out:
            out.write(plain.read())
        os.remove(place.path("mail.log.1"))
    os.rename(place.path("mail.log"), place.path("mail.log.1"))


def logs_of(place):
    return sorted(name for name in os.listdir(place.folder) if name.startswith("mail.log"))


def killed_runs(mailtrust, kills):
    with Place(mailtrust) as place:
        log = Log()
        place.write("mail.log", "".join(log.lines(3000)))
        begin = time.monotonic()
        place.run("mail.log")
        whole = time.monotonic() - begin
        half = ""
        for number in range(kills):
            lines = log.lines(random.randrange(1, 400))
            text = half + "".join(lines)
            half = ""
            if number % 3 == 1:  # the last line is being written just now
                cut = len(lines[-1]) // 2
                text, half = text[:-cut], text[-cut:]
            place.write("mail.log", text, "a")
            if number % 5 == 4 and not half:
                rotate(place)
                place.write("mail.log", "".join(log.lines(5)))
            process = place.start("--remember", *logs_of(place))
            time.sleep(random.uniform(0, 1.3) * whole)
            process.send_signal(signal.SIGKILL)
            process.communicate()
        place.write("mail.log", half, "a")
        same_counts(log.truth, place.report("--remember", *logs_of(place)), "after %d kills" % kills)
        same_counts(log.truth, place.report("--remember", *logs_of(place)), "once more")
        same_counts(log.truth, place.report("--remember"), "without a file")
        same_counts(log.truth, place.report(*logs_of(place)), "by hand, all that is there")
        senders = place.report("--remember", "--by", "sender")["rows"]
        check([row["sender"] for row in senders] == ["news@example.org"], "senders: %s" % senders)
        print("kills: %d, of %.2f s each" % (kills, whole), flush=True)


def runs_at_once(mailtrust):
    with Place(mailtrust) as place:
        log = Log()
        place.write("mail.log", "".join(log.lines(4000)))
        place.run("--remember")
        running = [place.start("--remember", "mail.log") for _ in range(4)]
        for process in running:
            _, err = process.communicate(timeout=300)
            check(process.returncode in (0, 3), "at once: exit %s: %s" % (process.returncode, err))
        same_counts(log.truth, place.report("--remember", "mail.log"), "four at once")


def emptied_in_place(mailtrust):
    """logrotate's copytruncate."""
    with Place(mailtrust) as place:
        log = Log()
        place.write("mail.log", "".join(log.lines(50)))
        place.run("--remember", "mail.log")
        place.write("mail.log", "".join(log.lines(20)), "a")
        shutil.copy(place.path("mail.log"), place.path("mail.log.1"))
        place.write("mail.log", "".join(log.lines(7)))
        same_counts(log.truth, place.report("--remember", "mail.log", "mail.log.1"), "copied and emptied")


BOUNCE = """Date: Tue, 10 Nov 2026 08:00:%02d +0000
From: MAILER-DAEMON@mx.example.org
To: news@example.org
Subject: Undelivered Mail Returned to Sender
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status; boundary="b"

--b
Content-Type: text/plain

Sorry.

--b
Content-Type: message/delivery-status

Reporting-MTA: dns; mx.example.org

Final-Recipient: rfc822; %s
Action: failed
Status: 5.1.1
Diagnostic-Code: smtp; 550 5.1.1 User unknown

--b--
"""


def mails(mailtrust):
    with Place(mailtrust) as place:
        for name in ("box/cur", "box/new", "box/tmp"):
            os.makedirs(place.path(name))
        for number in range(5):
            place.write("box/new/%d.host" % number, BOUNCE % (number, "u%d@example.net" % number))
        truth = {"delivered": 0, "deferred": 0, "hard": 5}
        same_counts(truth, place.report("--remember", "box"), "a Maildir")
        for number in range(5):
            os.rename(place.path("box/new/%d.host" % number), place.path("box/cur/%d.host:2,S" % number))
        same_counts(truth, place.report("--remember", "box"), "a Maildir that was read")
        report = place.report("-", stdin=BOUNCE % (9, "x@example.net"))
        check(report["totals"]["hard"] == 1, "a mail through a pipe: %s" % report["totals"])
        report = place.report("box", "-", "missing", status=2, stdin="".join(Log().lines(4)))
        check(report["read"]["logs"] == 1 and report["totals"]["hard"] >= 5, "mixed: %s" % report["read"])


def suppression(mailtrust):
    with Place(mailtrust) as place:
        log = Log()
        place.write("mail.log", "".join(log.lines(200)))
        old = os.umask(0)
        place.run("mail.log", "--suppression", "list.txt")
        os.umask(old)
        check(stat.S_IMODE(os.stat(place.path("list.txt")).st_mode) == 0o600, "the list is readable to others")
        with open(place.path("list.txt"), encoding="utf-8") as file:
            first = file.read()
        count = sum(1 for line in first.splitlines() if not line.startswith("#"))
        check(count == log.truth["hard"], "%d addresses, expected %d" % (count, log.truth["hard"]))
        place.run("mail.log", "--suppression", "list.txt")
        with open(place.path("list.txt"), encoding="utf-8") as file:
            check(file.read() == first, "the list changed without a reason")
        done = subprocess.run([mailtrust, "import", "list.txt", "--list", "suppressed", "--deny", "--json", "--store",
                               place.path("other.db")], cwd=place.folder, capture_output=True, text=True, check=False)
        added = json.loads(done.stdout).get("added") if done.stdout else done.stderr
        check(added == count, "import: %s" % added)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mailtrust")
    parser.add_argument("--kills", type=int, default=15)
    options = parser.parse_args()
    random.seed(6)
    mailtrust = os.path.abspath(options.mailtrust)
    killed_runs(mailtrust, options.kills)
    runs_at_once(mailtrust)
    emptied_in_place(mailtrust)
    mails(mailtrust)
    suppression(mailtrust)
    print("%d faults" % len(FAULTS))
    return 1 if FAULTS else 0


if __name__ == "__main__":
    sys.exit(main())
