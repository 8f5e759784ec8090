#!/usr/bin/env python3
"""The store as administrators and accidents treat it, through the program itself.

    store_test.py MAILTRUST [--lines N] [--kills N] [--only-large]

An import is killed at random moments and is all there or not at all; eight importers at once lose nothing;
foreign, newer, damaged and linked files stay as they are; a silent lock ends in exit 3, a moving one is waited for.
"""
import argparse
import concurrent.futures
import os
import random
import resource
import shutil
import signal
import sqlite3
import sys
import time

import store_place
from limits_of_header import LIMITS
from store_place import Place, addresses, check

def killed_imports(mailtrust, lines, kills):
    """SIGKILL at `kills` moments spread over a whole import: all or nothing each time."""
    with Place(mailtrust) as place:
        text = addresses(0, lines).splitlines(True)
        random.Random(7).shuffle(text)
        place.write("many.txt", "".join(text))
        place.write("first.txt", "192.0.2.1;kept\n")
        place.run("import", "first.txt", "--list", "kept")
        before = shutil.copy(place.store, place.path("before.db"))
        begin = time.monotonic()
        place.run("import", "many.txt", "--list", "many")
        whole = time.monotonic() - begin
        check(place.count() == lines + 1, "an import that is left alone is whole")
        seen = {"nothing": 0, "all": 0}
        for number in range(kills):
            for suffix in ("", "-wal", "-shm"):
                if os.path.exists(place.store + suffix):
                    os.remove(place.store + suffix)
            shutil.copy(before, place.store)
            process = place.start("import", "many.txt", "--list", "many")
            # Half of them where the lines are in, and become part of the store.
            time.sleep(whole * random.choice((random.uniform(0, 1.4), random.uniform(0.8, 1.4))))
            process.send_signal(signal.SIGKILL)
            process.communicate()
            entries = place.count()
            check(entries in (1, lines + 1), "killed import %d left %d entries" % (number, entries))
            seen["all" if entries > 1 else "nothing"] += 1
        again = place.run("import", "many.txt", "--list", "many")
        check(again.returncode == 0 and place.count() == lines + 1, "a killed import can be repeated")
        print("kills: %d, of %.2f s each: %s" % (kills, whole, seen), flush=True)


def importers_at_once(mailtrust, lines):
    """Eight importers of overlapping files, of which two make the store: every entry once."""
    with Place(mailtrust) as place:
        step = lines // 8
        for number in range(8):
            place.write("%d.txt" % number, addresses(number * step, (number + 2) * step))
        begin = time.monotonic()
        running = [place.start("import", "%d.txt" % number, "--list", "shared") for number in range(8)]
        for number, process in enumerate(running):
            _, err = process.communicate(timeout=300)
            check(process.returncode == 0, "importer %d: %s %s" % (number, process.returncode, err))
        check(place.count() == 9 * step, "eight importers left %d entries" % place.count())
        shown = place.run("list", "show").out
        check("{:,}".format(9 * step) in shown or str(9 * step) in shown, "list show: %s" % shown)
        print("eight importers: %.1f s" % (time.monotonic() - begin), flush=True)


def refused(place, status, *phrases):
    """Reading and writing are both refused with these words, and no octet changes."""
    before = place.octets()
    place_words = (["list", "show"], ["list", "add", "bad", "192.0.2.1"])
    for words in place_words:
        done = place.run(*words)
        check(done.returncode == status, "%s: exit %d for %s" % (words, done.returncode, phrases))
        for phrase in phrases:
            check(phrase in done.err, "%s: %r has no %r" % (words, done.err, phrase))
        check(len(done.err.splitlines()) == 1, "%s: one line: %r" % (words, done.err))
    check(place.octets() == before, "refused, but changed: %s" % (phrases,))


def refused_files(mailtrust):
    with Place(mailtrust) as place:
        place.write("store.db", "I am no database, but a letter to somebody.\n" * 100)
        refused(place, 2, "not a mailtrust store")
    with Place(mailtrust) as place:
        place.write("store.db", "")
        refused(place, 2, "is empty")
    with Place(mailtrust) as place:
        place.script("CREATE TABLE t(a); INSERT INTO t VALUES(1)")
        refused(place, 2, "belongs to another program")
    with Place(mailtrust) as place:
        os.mkdir(place.path("store.db"))
        done = place.run("list", "show")
        check(done.returncode == 2 and "not a file" in done.err, "a folder: %r" % done.err)
    with Place(mailtrust) as place:
        place.run("list", "create", "bad", "--deny")
        place.script("PRAGMA user_version=77")
        refused(place, 2, "version 77", "newer")
    with Place(mailtrust) as place:
        place.run("list", "create", "bad", "--deny")
        os.rename(place.store, place.path("real.db"))
        os.symlink("real.db", place.store)
        refused(place, 2, "symbolic link")
    for damage in (lambda octets: octets[:len(octets) // 2], lambda octets: octets[:4096] + b"\xa5" * 64 + octets[4160:],
                   lambda octets: octets[:20000] + random.Random(1).randbytes(9000) + octets[29000:]):
        with Place(mailtrust) as place:
            place.run("import", place.write("a.txt", addresses(0, 2000)), "--list", "bad")
            with open(place.store, "rb") as file:
                octets = damage(file.read())
            with open(place.store, "wb") as file:
                file.write(octets)
            refused(place, 2, "damaged")


def locks(mailtrust):
    """A lock whose holder is silent for ten seconds: exit 3. One whose holder goes on: waited for."""
    with Place(mailtrust) as place:
        place.run("list", "create", "bad", "--deny")
        holder = sqlite3.connect(place.store, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        begin = time.monotonic()
        done = place.run("list", "add", "bad", "192.0.2.1")
        waited = time.monotonic() - begin
        check(done.returncode == 3 and "locked" in done.err, "a silent lock: %d %r" % (done.returncode, done.err))
        patience = LIMITS["kStoreWait"]
        check(patience - 1 < waited < 1.5 * patience, "a silent lock is waited for 10 s, not %.1f" % waited)
        check(place.run("list", "show").returncode == 0, "readers do not wait")
        holder.execute("COMMIT")
        holder.execute("BEGIN IMMEDIATE")
        process = place.start("list", "add", "bad", "192.0.2.2")
        for number in range(6):
            time.sleep(2.2)
            os.utime(place.store + "-wal")
        holder.execute("ROLLBACK")
        _, err = process.communicate(timeout=30)
        check(process.returncode == 0, "a lock that moves: %d %r" % (process.returncode, err))
        holder.close()


def modes(mailtrust):
    with Place(mailtrust) as place:
        os.umask(0)
        place.store = place.path("deep/er/store.db")
        done = place.run("list", "create", "bad", "--deny")
        check(done.returncode == 0, "folders are made: %r" % done.err)
        os.umask(0o022)
        check(os.stat(place.store).st_mode & 0o777 == 0o600, "the store is 0600")
        for folder in ("deep", "deep/er"):
            check(os.stat(place.path(folder)).st_mode & 0o777 == 0o700, "%s is 0700" % folder)
        place.write("bad.txt", "nonsense\n")
        place.run("import", "bad.txt", "--list", "bad", "--skip-invalid")
        check(os.stat(place.path("bad.txt.rejects")).st_mode & 0o777 == 0o600, "rejects are 0600")
        check(sorted(os.listdir(place.path("deep/er"))) == ["store.db"], "nothing else is left")


def no_room(mailtrust):
    """A file that may not grow stands for a full disk: told, exit 3, and nothing happened."""
    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (200000, 200000))

    with Place(mailtrust) as place:
        place.run("list", "create", "bad", "--deny")
        place.write("many.txt", addresses(0, 100000))
        done = place.run("import", "many.txt", "--list", "bad", preexec_fn=small)
        check(done.returncode == 3, "a full disk: exit %d %r" % (done.returncode, done.err))
        check(len(done.err.splitlines()) == 1, "a full disk is told: %r" % done.err)
        check(place.count() == 0, "a full disk: nothing was imported")


def interrupted(mailtrust, lines):
    """SIGTERM: gone within a second, nothing imported."""
    with Place(mailtrust) as place:
        place.run("list", "create", "bad", "--deny")
        place.write("many.txt", addresses(0, lines))
        process = place.start("import", "many.txt", "--list", "bad")
        time.sleep(0.3)
        begin = time.monotonic()
        process.terminate()
        process.communicate(timeout=10)
        check(time.monotonic() - begin < 1.5, "SIGTERM ends an import within a second")
        check(place.count() in (0, lines), "SIGTERM: all or nothing")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("--lines", type=int, default=1000000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--only-large", action="store_true", help="only what takes longer with more lines")
    options = parser.parse_args()
    mailtrust = os.path.abspath(options.mailtrust)
    if not options.only_large:
        for test in (refused_files, modes, no_room):
            test(mailtrust)
    with concurrent.futures.ThreadPoolExecutor(1) as pool:  # locks are waited for beside the rest
        waited = [] if options.only_large else [pool.submit(locks, mailtrust)]
        interrupted(mailtrust, options.lines)
        importers_at_once(mailtrust, options.lines // 4)
        killed_imports(mailtrust, options.lines, options.kills)
        for one in waited:
            one.result()
    return store_place.check.verdict("store")


if __name__ == "__main__":
    sys.exit(main())
