#!/usr/bin/env python3
"""`list match` and `list aggregate`, beside grepcidr and iprange, on made-up logs and lists.

    bench/lists.py [--mailtrust build/release/cli/mailtrust] [--lines 5000000] [--runs 3] [match aggregate]

Needs grepcidr and iprange, and some 2 GiB in the folder for temporary files (TMPDIR). Prints a Markdown table; ratios
are of medians within this run, outputs are compared octet by octet. Every file is read from the page
cache: all of them are read once before.
"""
import argparse
import filecmp
import ipaddress
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time

CLUSTERS = (0x20010000, 0x24000000, 0x26000000, 0x2A000000)  # where IPv6 networks of the Internet are
PART = 250000  # lines that are made; longer files repeat them, so that making takes less time than measuring


def v4(rng):
    return "%d.%d.%d.%d" % (rng.randrange(1, 224), rng.getrandbits(8), rng.getrandbits(8), rng.getrandbits(8))


def v6(rng):
    high = (rng.choice(CLUSTERS) | rng.getrandbits(22)) << 32 | rng.getrandbits(32)
    return str(ipaddress.IPv6Address(high << 64 | rng.choice((rng.getrandbits(64), rng.getrandbits(8)))))


def network(rng):
    """Four of five are IPv4, every other of those a single address."""
    if rng.random() < 0.8:
        return ipaddress.ip_network((v4(rng), rng.choice((32, 32, 32, 24, 28, 22))), strict=False)
    return ipaddress.ip_network((v6(rng), rng.choice((32, 48, 64, 128))), strict=False)


def address(rng, members):
    """One in ten is of the list."""
    if rng.random() < 0.1:
        return rng.choice(members)
    return v4(rng) if rng.random() < 0.8 else v6(rng)


def log_line(rng, members, i):
    """Postfix, as a busy server writes: four of five lines hold an address."""
    head = "Nov %2d %02d:%02d:%02d mx1 postfix/" % (1 + i // 86400 % 28, i // 3600 % 24, i // 60 % 60, i % 60)
    pid, kind, queue = rng.randrange(1000, 99999), rng.random(), "%010X" % rng.getrandbits(40)
    if kind < 0.25:
        return head + "smtpd[%d]: connect from unknown[%s]" % (pid, address(rng, members))
    if kind < 0.45:
        return head + "smtpd[%d]: disconnect from mail%d.example.org[%s] ehlo=2 starttls=1 mail=1 rcpt=1 data=1 quit=1 " \
                      "commands=7" % (pid, i % 999, address(rng, members))
    if kind < 0.55:
        return head + "smtpd[%d]: NOQUEUE: reject: RCPT from unknown[%s]: 554 5.7.1 Service unavailable; Client host " \
                      "blocked; from=<u%d@example.com> to=<b%d@example.org> proto=ESMTP helo=<mail.example.com>" % (
                          pid, address(rng, members), i % 77, i % 99)
    if kind < 0.65:
        return head + "smtpd[%d]: %s: client=mail%d.example.net[%s]" % (pid, queue, i % 999, address(rng, members))
    if kind < 0.8:
        return head + "smtp[%d]: %s: to=<u%d@example.net>, relay=mx.example.net[%s]:25, delay=%.2f, " \
                      "delays=0.1/0.01/0.2/0.3, dsn=2.0.0, status=sent (250 2.0.0 Ok: queued as %s)" % (
                          pid, queue, i % 777, address(rng, members), rng.random() * 9, queue[::-1])
    if kind < 0.9:
        return head + "qmgr[%d]: %s: from=<u%d@example.com>, size=%d, nrcpt=1 (queue active)" % (
            pid, queue, i % 77, rng.randrange(100000))
    return head + "cleanup[%d]: %s: message-id=<%s.%d@example.com>" % (pid, queue, queue, i)


def write(path, lines, count):
    """`count` lines, the first PART of `lines` again and again."""
    text = "".join(line + "\n" for line, _ in zip(lines, range(min(count, PART))))
    with open(path, "w") as out:
        for _ in range(max(1, count // PART)):
            out.write(text)


def timed(command, out_path):
    """Seconds on the wall and of the processor, and the peak of the resident set in MiB, as GNU time(1) has it."""
    with open(out_path, "wb") as out, tempfile.TemporaryFile() as told:
        start = time.monotonic()
        subprocess.run(["/usr/bin/time", "-f", "%U %S %M", *command], stdout=out, stderr=told, check=False)
        wall = time.monotonic() - start
        told.seek(0)
        user, system, peak = told.read().split()[-3:]
        return wall, float(user) + float(system), int(peak) / 1024


def compare(title, commands, a, work):
    """The first command is the peer that the others are measured against; all print the same."""
    print("\n### %s\n\n| program | wall s | CPU s | peak MiB | times the peer's speed, by wall | by CPU |\n|---|---|---|---|---|---|" % title)
    results = {}
    for _ in range(a.runs + 1):  # by turns, so that a slow moment hits all
        for i, (name, command) in enumerate(commands):
            results.setdefault(name, []).append(timed(command, "%s/out%d" % (work, i)))
    peer = None
    for i, (name, _) in enumerate(commands):
        wall, cpu, peak = (statistics.median(r[k] for r in results[name][1:]) for k in range(3))
        peer = peer or (wall, cpu)
        print("| %s | %.2f | %.2f | %.0f | %.1f | %.1f |" % (name, wall, cpu, peak, peer[0] / wall, peer[1] / cpu))
        if not filecmp.cmp(work + "/out0", "%s/out%d" % (work, i), shallow=False):
            sys.exit("bench: %s printed something else" % name)


def bench_match(a, work):
    rng = random.Random(4)
    many = [network(rng) for _ in range(1000000)]
    few = many[:100000]
    for name, networks in (("few", few), ("many", many)):
        write_all("%s/%s" % (work, name), networks)
    members = [str(n[rng.randrange(min(n.num_addresses, 1 << 40))]) for n in rng.sample(few, 20000)]
    write(work + "/log", (log_line(rng, members, i) for i in range(PART)), a.lines)
    write(work + "/bare", (address(rng, members) for _ in range(PART)), a.lines)
    for title, networks, text in (("100,000 prefixes, %d log lines" % a.lines, "few", "log"),
                                  ("100,000 prefixes, %d bare addresses" % a.lines, "few", "bare"),
                                  ("1,000,000 prefixes, %d log lines" % a.lines, "many", "log")):
        ours = [a.mailtrust, "list", "match", "--list", "%s/%s" % (work, networks), "%s/%s" % (work, text)]
        compare("`list match`, " + title, [
            ("grepcidr", ["grepcidr", "-f", "%s/%s" % (work, networks), "%s/%s" % (work, text)]),
            ("mailtrust, one thread", ours + ["--jobs", "1"]),
            ("mailtrust, two threads", ours + ["--jobs", "2"])], a, work)


def write_all(path, networks):
    with open(path, "w") as out:
        out.writelines("%s\n" % n for n in networks)


def bench_aggregate(a, work):
    rng = random.Random(5)
    path = work + "/aggregate"
    for count in (1000000, 10000000):
        with open(path, "w") as out:
            for _ in range(count):
                length = "" if rng.random() < 0.7 else "/%d" % rng.choice((22, 24, 28, 30))
                out.write(v4(rng) + length + "\n")
        compare("`list aggregate`, %d lines" % count,
                [("iprange", ["iprange", path]), ("mailtrust", [a.mailtrust, "list", "aggregate", path])], a, work)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--mailtrust", default="build/release/cli/mailtrust")
    parser.add_argument("--lines", type=int, default=5000000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("which", nargs="*", default=["match", "aggregate"])
    a = parser.parse_args()
    a.mailtrust = os.path.abspath(a.mailtrust)
    with tempfile.TemporaryDirectory() as work:
        if "match" in a.which:
            bench_match(a, work)
        if "aggregate" in a.which:
            bench_aggregate(a, work)


if __name__ == "__main__":
    main()
