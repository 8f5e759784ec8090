#!/usr/bin/env python3
"""`verify` over many messages, beside libopendkim, dkimpy, Mail::DKIM and mailauth, and beside the floor.

    bench/verify.py [--mailtrust build/release/cli/mailtrust] [--messages 10000] [--runs 3] [--mailauth DIR]

Needs root (a network namespace of its own with unbound on port 53, as bench.py) and: nsd unbound time gcc g++
libssl-dev libopendkim-dev python3-dkim python3-nacl libmail-dkim-perl libcryptx-perl; for mailauth Node, and
DIR with its node_modules (npm install mailauth). Prints Markdown. Messages per second of processor time; what
is compared runs in turn over the same messages, from a tmpfs; the figures are medians.
"""
import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys

import bench
import verify_messages

HERE = os.path.dirname(os.path.abspath(__file__))
LARGEST = 64 << 20


def build_helpers(work):
    for name in ("opendkim_sign", "opendkim_loop"):
        subprocess.check_call(["gcc", "-O2", "-o", "%s/%s" % (work, name), "%s/peers/%s.c" % (HERE, name), "-lopendkim"])
    subprocess.check_call(["g++", "-std=c++20", "-O2", "-march=native", "-o", work + "/floor", HERE + "/floor.cpp", "-lcrypto"])


def ours(a, *more):
    return [a.mailtrust, "verify", "--json", *more, "--input"]


def verdicts(lines):
    """Ours, in the one word the loops of the others print."""
    for line in lines:
        results = [one["result"] for one in json.loads(line)["dkim"]]
        yield "pass" if "pass" in results else results[0] if results else "none"


def measured(command):
    """Wall seconds, CPU seconds, peak MiB, and the lines printed. The peak is what time(1) saw: a child of ours
    would be charged with the memory of this script."""
    note = "/run/peak"
    wall, cpu, _, lines = bench.timed(["time", "-o", note, "-f", "%M", *command])
    with open(note) as text:
        return wall, cpu, int(text.read().split()[-1]) / 1024, lines


def in_turn(commands, runs):
    """Medians of what measured() gives, for each; A B A B after one round that is not counted."""
    rounds = [[measured(command) for command in commands] for _ in range(runs + 1)][1:]
    figures = []
    for column in zip(*rounds):
        figures.append(tuple(statistics.median(f[i] for f in column) for i in range(3)) + (column[-1][3],))
    return figures


def peers(a, work):
    """Name, command, how many messages."""
    yield "libopendkim, C loop", [work + "/opendkim_loop"], a.messages
    yield "Mail::DKIM", ["perl", HERE + "/peers/mail_dkim_loop.pl"], a.messages // 5
    yield "dkimpy", ["/usr/bin/python3", HERE + "/peers/dkimpy_loop.py"], a.messages // 5
    if a.mailauth:
        yield "mailauth", ["node", HERE + "/peers/mailauth_loop.js"], a.messages // 5


def compare(a, work):
    print("\n| program | messages | CPU s | messages per CPU s | peak MiB | ours, the same messages, CPU s | ours is times |")
    print("|---|---|---|---|---|---|---|")
    for name, command, count in peers(a, work):
        files = bench.head_of(work + "/all.txt", count)
        words = command + [files] + ([a.mailauth] if name == "mailauth" else [])
        theirs, mine = in_turn([words, ours(a, "--jobs", "1") + [files]], a.runs)
        print("| %s | %d | %.2f | %.0f | %.0f | %.3f | %.1f |" % (
            name, count, theirs[1], count / theirs[1], theirs[2], mine[1], theirs[1] / mine[1]))
        same = sum(x == y for x, y in zip(theirs[3], verdicts(mine[3])))
        print("<!-- %s agrees on %d of %d -->" % (name, same, count))


def threads(a, work):
    one, two = in_turn([ours(a, "--jobs", n) + [work + "/all.txt"] for n in ("1", "2")], a.runs)
    print("\n| `--jobs` | wall s | CPU s | messages/s | messages per CPU s | peak MiB |\n|---|---|---|---|---|---|")
    for jobs, figures in (("1", one), ("2", two)):
        print("| %s | %.2f | %.2f | %.0f | %.0f | %.0f |" % (
            jobs, figures[0], figures[1], a.messages / figures[0], a.messages / figures[1], figures[2]))
    print("\nBoth cores: %.2f times one." % (one[0] / two[0]))


def floor(a, work):
    """The steps nobody can leave out, measured between runs of ours."""
    command = [work + "/floor", work + "/all.txt"]
    rounds = []
    cpu = []
    for _ in range(a.runs):
        rounds.append([float(x) for x in measured(command)[3][0].split()])
        cpu.append(measured(ours(a, "--jobs", "1") + [work + "/all.txt"])[1])
    read, canonicalize, sha, rsa, mean = (statistics.median(column) for column in zip(*rounds))
    least = read + canonicalize + sha + rsa
    mine = statistics.median(cpu) / a.messages * 1e6
    print("\n| floor, microseconds for a mean message of %.0f KB | |\n|---|---|" % (mean / 1000))
    for name, value in (("read", read), ("canonicalize", canonicalize), ("SHA-256", sha), ("RSA 2048", rsa),
                        ("together", least), ("`mailtrust verify --jobs 1`, everything included", mine)):
        print("| %s | %.1f |" % (name, value))
    print("\nThat is %.0f %% of the floor's speed." % (100 * least / mine))


def largest(a, work):
    path = verify_messages.write_largest(work, work + "/opendkim_sign", LARGEST)
    with open(work + "/largest.txt", "w") as out:
        out.write(path + "\n")
    wall, cpu, peak, lines = measured(ours(a) + [work + "/largest.txt"])
    print("\nThe largest message (%d octets of %d): %s, %.2f s, %.1f MiB at most." % (
        os.path.getsize(path), LARGEST, ", ".join(verdicts(lines)), wall, peak))


def run_tables(a, work):
    with open(work + "/resolv.conf", "w") as conf:
        conf.write("nameserver 127.0.0.1\n")
    subprocess.check_call(["mount", "--bind", work + "/resolv.conf", os.path.realpath("/etc/resolv.conf")])
    build_helpers(work)
    verify_messages.write_zone(work, verify_messages.make_keys(work))
    sizes = sorted(verify_messages.write_messages(work, a.messages, work + "/opendkim_sign"))
    print("%d messages: median %d octets, mean %d, largest %d." % (
        len(sizes), sizes[len(sizes) // 2], sum(sizes) / len(sizes), sizes[-1]))
    servers = bench.start_servers(work)
    try:
        for table in (compare, threads, floor, largest):
            if not a.only or table.__name__ in a.only:
                table(a, work)
                sys.stdout.flush()
    finally:
        for server in servers:
            server.terminate()
        for server in servers:
            server.wait()


def inside_namespace(a):
    """On a tmpfs of our own, with loopback up and a resolv.conf that names unbound; all of it goes with us."""
    work = "/run"
    subprocess.check_call(["mount", "-t", "tmpfs", "tmpfs", work])
    subprocess.check_call(["ip", "link", "set", "lo", "up"])
    run_tables(a, work)


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--mailtrust", default=os.path.join(HERE, "../build/release/cli/mailtrust"))
    ap.add_argument("--messages", type=int, default=10000)
    ap.add_argument("--runs", type=int, default=3)
    ap.add_argument("--mailauth", help="the folder where npm installed mailauth")
    ap.add_argument("--only", action="append", help="compare, threads, floor or largest (repeatable)")
    a = ap.parse_args()
    a.mailtrust = os.path.abspath(a.mailtrust)
    a.mailauth = a.mailauth and os.path.abspath(a.mailauth)
    if os.environ.get("MAILTRUST_BENCH") != "inside":
        unshare = shutil.which("unshare") or sys.exit("bench: needs unshare (util-linux)")
        os.environ["MAILTRUST_BENCH"] = "inside"
        os.execv(unshare, [unshare, "--net", "--mount", sys.executable, os.path.abspath(__file__)] + sys.argv[1:])
    inside_namespace(a)


if __name__ == "__main__":
    main()
