#!/usr/bin/env python3
"""`import` beside sqlite3's `.import` with an index made after it, in turn, on a tmpfs.

    lists_import.py MAILTRUST [--lines N] [--rounds N] [--ours-only]

Both read the same file of ENTRY;COMMENT lines into a new file. sqlite3 keeps the lines as text; mailtrust also reads
each entry strictly, sorts them, folds other spellings of the same entry, keeps a history and is durable.
"""
import argparse
import os
import random
import subprocess
import sys
import tempfile
import time


def write_lines(path, count):
    random.seed(1)
    bits = random.getrandbits
    with open(path, "w", encoding="ascii") as file:
        for number in range(count):
            if number % 4 == 0:
                file.write("2001:db8:%x:%x::/64;host %d of the list\n" % (bits(16), bits(16), number))
            else:
                file.write("%d.%d.%d.%d;host %d of the list\n" % (1 + bits(8) % 223, bits(8), bits(8), bits(8), number))


def run(words, folder, text=""):
    """Seconds on the clock, seconds of CPU, MiB at most."""
    begin = time.monotonic()
    process = subprocess.Popen(words, cwd=folder, stdin=subprocess.PIPE, stdout=subprocess.DEVNULL)
    process.stdin.write(text.encode())
    process.stdin.close()
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        sys.exit("%s: exit %d" % (words[0], process.returncode))
    return time.monotonic() - begin, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def remove_stores(folder):
    for name in os.listdir(folder):
        if ".db" in name:
            os.remove(os.path.join(folder, name))


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("--lines", type=int, default=1000000)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--ours-only", action="store_true")
    options = parser.parse_args()
    mailtrust = os.path.abspath(options.mailtrust)
    peer = ".separator ;\ncreate table e(entry text, comment text);\n.import lines.txt e\ncreate index i on e(entry);\n"
    best = {}
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        write_lines(os.path.join(folder, "lines.txt"), options.lines)
        contenders = {"mailtrust": [mailtrust, "import", "lines.txt", "--list", "many", "--store", "store.db"]}
        if not options.ours_only:
            contenders["sqlite3"] = ["sqlite3", "peer.db"]
        for _ in range(options.rounds):
            for name, words in contenders.items():
                remove_stores(folder)
                figures = run(words, folder, peer if name == "sqlite3" else "")
                best[name] = min(best.get(name, figures), figures, key=lambda each: each[1])
                size = max(os.path.getsize(os.path.join(folder, each)) for each in os.listdir(folder) if ".db" in each)
                best[name] = (*best[name][:3], size / options.lines)
    print("%-10s %8s %8s %8s %14s" % ("", "seconds", "CPU s", "MiB", "octets an entry"))
    for name, (seconds, cpu, size, octets) in best.items():
        print("%-10s %8.2f %8.2f %8.0f %14.0f" % (name, seconds, cpu, size, octets))
    if "sqlite3" in best:
        print("sqlite3 / mailtrust: %.2f by the clock, %.2f of CPU" % tuple(
            best["sqlite3"][i] / best["mailtrust"][i] for i in (0, 1)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
