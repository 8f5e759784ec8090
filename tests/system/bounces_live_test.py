#!/usr/bin/env python3
"""What real servers send back reads right, and their logs count right: Postfix and Exim as private instances that give
up within seconds.

Run as root, in a network namespace of its own; skipped where that is not permitted. Every case is handed in by SMTP;
its recipient is unknown, over quota, refused, put off, unreachable or silent, here or on a server of ours. The mails
that come back are read by `bounce`, the log by `bounce report`, and both at once. With --keep FOLDER mails and logs
are kept.
"""
import contextlib
import json
import os
import shutil
import smtplib
import subprocess
import sys
import tempfile
import time
from collections import Counter
from email.utils import formatdate, make_msgid

import bounces_live_cases as rows
from bounces_live_servers import QuickExim, QuickPostfix, RefusingServer, SilentServer
from export_lists import Checks, skip
from mail_helpers import make_certificate
from mail_servers import exim_user_exists, find_exim, free_port
from received_live_test import Place, namespace

INSIDE = "MAILTRUST_BOUNCES_LIVE"
COUNTS = ("delivered", "hard", "soft", "unknown")


def message_of(case):
    return "From: %s\r\nTo: %s\r\nSubject: a case\r\nDate: %s\r\nMessage-ID: %s\r\n\r\n%s" % (
        rows.SENDER, case.recipient, formatdate(), make_msgid(domain="client.example"), "words of a message\r\n" * 100)


def hand_in(server):
    for case in rows.CASES:
        with smtplib.SMTP("127.0.0.1", server.port, timeout=30, local_hostname="client.example") as client:
            client.ehlo()
            client.mail(rows.SENDER)
            client.rcpt(case.recipient, ["NOTIFY=SUCCESS,FAILURE"] if case.wants_success else [])
            code, words = client.data(message_of(case).encode())
            if code != 250:
                sys.exit("%s: %s: %d %s" % (server.name, case.recipient, code, words))


def await_notices(servers):
    """Until as many mails came back as must, to every server."""
    wanted = sum(len(case.notices) for case in rows.CASES)
    end = time.monotonic() + 90
    while any(len(server.messages()) < wanted for server in servers):
        if time.monotonic() > end:
            break
        time.sleep(0.5)
    time.sleep(1)  # the lines that end the log


def answers(mailtrust, *words):
    done = subprocess.run([mailtrust, *words, "--json"], capture_output=True, timeout=120)
    if done.returncode not in (0, 1):
        sys.exit("%s: exit %d: %s" % (" ".join(words[:2]), done.returncode, done.stderr.decode()))
    return [json.loads(line) for line in done.stdout.splitlines()]


def notices(mailtrust, server, folder):
    """(recipient, kind, type, reason) of all that came back."""
    os.makedirs(folder)
    for number, message in enumerate(server.messages()):
        with open("%s/%03d.eml" % (folder, number), "wb") as out:
            out.write(message)
    found = []
    for answer in answers(mailtrust, "bounce", folder):
        for recipient in answer["recipients"]:
            is_failure = answer["kind"] == "bounce"
            found.append((recipient["address"], answer["kind"], recipient["type"] if is_failure else None,
                          recipient["reason"] if is_failure else None))
    return found


def check_notices(checks, server, found):
    for case in rows.CASES:
        mine = sorted((one for one in found if one[0] == case.recipient), key=str)
        for kind, lasting, reasons in case.notices:
            fitting = [one for one in mine if one[1] == kind and one[2] == lasting and (
                reasons is None or one[3] in reasons)]
            checks.equal("%s: %s: %s %s %s is among %s" % (server.name, case.recipient, kind, lasting, reasons, mine),
                         bool(fitting), True)
        unexpected = {one[1] for one in mine} - {notice[0] for notice in case.notices}
        checks.equal("%s: %s: kinds that must not be" % (server.name, case.recipient), unexpected, set())


def check_counts(checks, what, report, notices_here):
    """By domain: what came to which end, and whether anything was put off. The notices were delivered too."""
    got = {}
    for row in report["rows"]:
        got.setdefault(row["domain"], Counter()).update({name: row[name] for name in (*COUNTS, "deferred")})
    for domain in (rows.STORE, rows.THERE, rows.CLOSED, rows.SILENT):
        mine = [case for case in rows.CASES if case.domain == domain]
        ends = Counter(case.log for case in mine)
        ends["delivered"] += notices_here if domain == rows.STORE else 0
        for name in COUNTS:
            checks.equal("%s: %s: %s" % (what, domain, name), got.get(domain, {}).get(name, 0), ends[name])
        put_off = sum(case.is_put_off for case in mine)
        checks.equal("%s: %s: at least %d put off" % (what, domain, put_off),
                     got.get(domain, {}).get("deferred", 0) >= put_off, True)


def check_server(checks, mailtrust, server, folder):
    mails = "%s/%s-mails" % (folder, server.name)
    check_notices(checks, server, notices(mailtrust, server, mails))
    log = shutil.copy(server.log(), "%s/%s.log" % (folder, server.name))
    report = ["bounce", "report", "--by", "domain"]
    count = len(os.listdir(mails))
    check_counts(checks, server.name + "'s log", answers(mailtrust, *report, log)[0], count)
    check_counts(checks, server.name + "'s log and mails", answers(mailtrust, *report, log, mails)[0], count)


def check_all(mailtrust, place, checks):
    enter = place.stack.enter_context
    ports = {rows.THERE: None, rows.CLOSED: free_port(), rows.SILENT: enter(SilentServer()).port}
    certificate = make_certificate(place.folder, "mx.example")
    servers = []
    for make, can in ((QuickPostfix, True), (QuickExim, find_exim() and exim_user_exists())):
        if can:
            ports[rows.THERE] = enter(RefusingServer()).port
            last = certificate if make is QuickPostfix else find_exim()
            servers.append(enter(make("%s/%s" % (place.folder, make.name), ports, last)))
    for server in servers:
        hand_in(server)
    await_notices(servers)
    results = place.folder + "/results"
    os.mkdir(results)
    for server in servers:
        check_server(checks, mailtrust, server, results)
    print("%d cases on each of %s" % (len(rows.CASES), ", ".join(server.name for server in servers)))
    return results


def main():
    mailtrust, zone_server = sys.argv[1:3]
    if os.getuid() != 0 or not shutil.which("postfix", path=os.environ["PATH"] + ":/usr/sbin"):
        skip("needs root, and Postfix")
    if INSIDE not in os.environ:
        words = namespace()
        if not words:
            skip("needs a network namespace")
        os.environ[INSIDE] = "private"
        os.execvp(words[0], [*words, sys.executable, os.path.abspath(__file__), *sys.argv[1:]])
    os.environ["PATH"] += ":/usr/sbin"
    checks = Checks()
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        os.chmod(folder, 0o755)
        place = Place(True, folder, stack)
        place.furnish(zone_server)
        results = check_all(mailtrust, place, checks)
        if sys.argv[3:4] == ["--keep"]:
            shutil.copytree(results, sys.argv[4])
    checks.end()


if __name__ == "__main__":
    main()
