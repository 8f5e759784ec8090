#!/usr/bin/env python3
"""`received` over many messages, beside mailauth's parser, Python's email with regular expressions, SpamAssassin's
parser, and beside reading the files.

    bench/received.py [--mailtrust build/release/cli/mailtrust] [--messages 50000] [--runs 3] [--mailauth DIR]

Needs g++ and spamassassin; for mailauth Node, and DIR with its node_modules (npm install mailauth). Prints Markdown.
Messages per second of processor time: all commands in turn over the same files of a tmpfs, output thrown away; the
figures are medians, of one round more than counted.
"""
import argparse
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

import received_messages

HERE = os.path.dirname(os.path.abspath(__file__))


def measured(command):
    """Wall seconds and CPU seconds; the commands make no lasting children."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = status
    # `received` exits with 1 when a message proves nothing.
    if os.waitstatus_to_exitcode(status) not in (0, 1):
        sys.exit("bench: %s: status %d" % (command, status))
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime


def programs(a, work):
    """Name, command, how many messages it is given. Slow ones get fewer; start-up is a part of each figure."""
    files = {count: head_of(work, count) for count in {a.messages, a.messages // 5}}
    whole, part = files[a.messages], files[a.messages // 5]
    ours = [a.mailtrust, "received", "--json", "--config", "/dev/null", "--jobs", "1"]
    yield "mailtrust received --json, a directory", [*ours, work + "/mail"], a.messages
    yield "mailtrust received --json, one mbox", [*ours, work + "/all.mbox"], a.messages
    yield "reading the files", [work + "/read_all", "--list", whole], a.messages
    yield "reading the mbox", [work + "/read_all", work + "/all.mbox"], a.messages
    if a.mailauth:
        yield "mailauth's parser", ["node", HERE + "/peers/mailauth_received.js", whole, a.mailauth], a.messages
    python = ["/usr/bin/python3", HERE + "/peers/email_received.py", part]
    yield "Python's email, regular expressions", python, a.messages // 5
    yield "the same, headers only", [*python, "--header"], a.messages // 5
    yield "SpamAssassin's parser", ["perl", HERE + "/peers/spamassassin_received.pl", part], a.messages // 5


def head_of(work, count):
    path = "%s/list%d.txt" % (work, count)
    with open(work + "/all.txt") as source, open(path, "w") as out:
        for _, line in zip(range(count), source):
            out.write(line)
    return path


def table(a, work):
    rows = list(programs(a, work))
    rounds = [[measured(command) for _, command, _ in rows] for _ in range(a.runs + 1)][1:]
    speeds = []
    for (_, _, count), column in zip(rows, zip(*rounds)):
        speeds.append(count / statistics.median(cpu for _, cpu in column))
    print("| program | messages | wall s | CPU s | messages per CPU s | mailtrust is times |\n|---|---|---|---|---|---|")
    for (name, _, count), column, speed in zip(rows, zip(*rounds), speeds):
        wall = statistics.median(wall for wall, _ in column)
        own = speeds[1] if "mbox" in name else speeds[0]
        print("| %s | %d | %.2f | %.2f | %.0f | %.2f |" % (name, count, wall, count / speed, speed, own / speed))


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--mailtrust", default=os.path.join(HERE, "../build/release/cli/mailtrust"))
    ap.add_argument("--messages", type=int, default=50000)
    ap.add_argument("--runs", type=int, default=3)
    ap.add_argument("--mailauth", help="the folder where npm installed mailauth")
    ap.add_argument("--keep", action="store_true", help="leave the messages where they are, and say where")
    a = ap.parse_args()
    a.mailtrust = os.path.abspath(a.mailtrust)
    a.mailauth = a.mailauth and os.path.abspath(a.mailauth)
    work = tempfile.mkdtemp(dir="/dev/shm")
    try:
        os.mkdir(work + "/mail")
        subprocess.check_call(["g++", "-O2", "-o", work + "/read_all", HERE + "/peers/read_all.cpp"])
        octets = received_messages.write(work, a.messages)
        print("%d messages, %.1f KB each in the mean.\n" % (a.messages, octets / a.messages / 1000))
        table(a, work)
    finally:
        if a.keep:
            print("kept in " + work)
        else:
            shutil.rmtree(work)


if __name__ == "__main__":
    main()
