#!/usr/bin/env python3
"""The store as a file: what else may be at its path, damage of each page, modes and owners, odd names, clocks that jump,
and programs that write to it at once.

    store_files_test.py MAILTRUST KILL_AT_LIBRARY [--every N]
"""
import argparse
import json
import os
import random
import signal
import socket
import sqlite3
import stat
import sys
import time

import store_place
import store_writers
from store_place import NOW, Place, addresses, as_nobody, check, contents

PAGE = 4096
READERS = (["list", "show"], ["list", "decide", "192.0.2.1"], ["list", "export", "bad", "--format", "text"],
           ["list", "match", "--list", "bad", "a.txt"], ["list", "history", "bad"], ["list", "stale", "bad"])
WRITERS = (["list", "add", "bad", "192.0.2.2"], ["import", "a.txt", "--list", "bad"], ["list", "undo", "bad"],
           ["list", "match", "--list", "bad", "a.txt", "--record"], ["bounce", "report", "mail.log", "--remember"],
           ["list", "drop", "bad", "--force"])


def whole_place(place, entries=1200):
    place.write("a.txt", addresses(0, entries))
    place.write("mail.log", "nothing\n")
    done = place.run("import", "a.txt", "--list", "bad", "--at", NOW)
    check(done.returncode == 0, "a store: %s" % done.err)
    with open(place.store, "rb") as file:
        return file.read()


def put(place, octets):
    for suffix in ("-wal", "-shm"):
        if os.path.exists(place.store + suffix):
            os.remove(place.store + suffix)
    with open(place.store, "wb") as file:
        file.write(octets)


def refused(place, store, phrase, status=2):
    """Each command says in one line what is wrong, and what is there stays."""
    before = place.octets()
    for words in (*READERS, *WRITERS):
        done = place.run(*words, store=store)
        named = phrase in done.err or "no list of that name in" in done.err
        check(done.returncode == status and named and len(done.err.splitlines()) == 1 and not done.out,
              "%r, %s: exit %d, %r, %r" % (store, words, done.returncode, done.out, done.err))
    check(place.octets() == before, "%r: something was changed" % store)


def other_things(mailtrust):
    """What is no store, at the path of one."""
    with Place(mailtrust) as place:
        whole_place(place, 10)
        os.mkfifo(place.path("pipe"))
        os.mkdir(place.path("folder"))
        os.symlink("store.db", place.path("link"))
        os.symlink("nothing", place.path("nowhere"))
        with socket.socket(socket.AF_UNIX) as server:
            server.bind(place.path("socket"))
            for store in ("pipe", "socket", "folder", "folder/", "/dev/null"):
                refused(place, store, "expected a store")
        for store in ("link", "nowhere"):
            refused(place, store, "is a symbolic link")
        refused(place, "a.txt/store.db", "Not a directory")
        refused(place, "x" * 300, "File name too long")
        refused(place, "mail.log", "is not a mailtrust store: left as it is")
        done = place.run("list", "add", "bad", "192.0.2.1", store="/".join(["d" * 100] * 6))
        check(done.returncode == 2 and "SQLite takes at most" in done.err, "a long path: %r" % done.err)


def odd_names(mailtrust):
    """Octets that mean something elsewhere are only a name; two stores know nothing of each other."""
    with Place(mailtrust) as place:
        names = [":memory:", "file:x?mode=memory", "-", "--", "a b", "new\nline", "\x1b[31m", "\udcff\udc80", "%41?#", "\u202e"]
        for number, name in enumerate(names):
            done = place.run("list", "add", "bad", "192.0.2.%d" % number, store=name)
            check(done.returncode == 0, "%r: %s" % (name, done.err))
        for number, name in enumerate(names):
            done = place.run("list", "export", "bad", "--format", "text", store=name)
            check("192.0.2.%d\n" % number in done.out and done.out.count("192.0.2.") == 1, "%r holds %r" % (name, done.out))
        check(sorted(os.listdir(place.folder)) == sorted(names), "one file each: %r" % os.listdir(place.folder))
        done = place.run("list", "show", store="no\x1b\u202e\udcffstore")
        check(all(c not in done.err for c in "\x1b\u202e\udcff") and done.returncode == 2, "escaped: %r" % done.err)


def damages(whole, every):
    """Each page overwritten in turn, and the file cut short."""
    chance = random.Random(5)
    for number, page in enumerate(range(0, len(whole), PAGE)):
        for kind, octets in enumerate((bytes(PAGE), b"\xff" * PAGE, chance.randbytes(PAGE))):
            if (number + kind) % every == 0:
                yield "page %d" % number, whole[:page] + octets + whole[page + PAGE:]
    for size in (1, 16, 99, 100, 512, PAGE - 1, PAGE, PAGE + 1, len(whole) // 2, len(whole) - PAGE, len(whole) - 1):
        yield "cut to %d" % size, whole[:size]


def damage(mailtrust, every):
    """Told in one line, and left as it is to the octet."""
    with Place(mailtrust) as place:
        whole = whole_place(place)
        for what, octets in damages(whole, every):
            put(place, octets)
            for words in (["list", "show", "bad"], ["list", "add", "bad", "192.0.2.2"]):
                done = place.run(*words)
                check(done.returncode == 2 and len(done.err.splitlines()) == 1 and "left as it is" in done.err,
                      "%s, %s: exit %d, %r" % (what, words, done.returncode, done.err))
            check(place.octets()["store.db"] == octets and not os.path.exists(place.store + "-wal"),
                  "%s: damaged, and changed" % what)


def headers(mailtrust, every):
    """A header with one octet changed: refused as it is, or of no consequence."""
    with Place(mailtrust) as place:
        whole = whole_place(place, 20)
        good = place.run("list", "show", "bad", "--json").out
        for number in range(0, 100, every):
            octets = whole[:number] + bytes([whole[number] ^ 0x55]) + whole[number + 1:]
            put(place, octets)
            done = place.run("list", "show", "bad", "--json")
            check((done.returncode == 0 and done.out == good) or (done.returncode == 2 and len(done.err.splitlines()) == 1),
                  "header, octet %d: exit %d, %r" % (number, done.returncode, done.err))
            check(place.octets()["store.db"] == octets, "header, octet %d: reading changed it" % number)


def logs(mailtrust, library, every):
    """The log of a killed writer with damage anywhere: the store is as it was before or as it was to be, never else."""
    with Place(mailtrust) as place:
        whole = whole_place(place, 20)
        before = contents(place.store)
        changes = place.path("changes")
        shim = {"LD_PRELOAD": library, "ASAN_OPTIONS": "verify_asan_link_order=0", "MAILTRUST_CHANGES": changes}
        words = ["list", "add", "bad", "192.0.2.2", "--at", NOW]
        place.run(*words, environment=shim)
        after = contents(place.store)
        with open(changes, encoding="utf-8") as file:
            lines = [line for line in file.read().splitlines() if not line.startswith("tell ")]
        first = next(i for i, line in enumerate(lines) if line.startswith("write ") and line.endswith("store.db"))
        put(place, whole)
        place.run(*words, environment={**shim, "MAILTRUST_KILL_AT": str(first + 1)})
        with open(place.store + "-wal", "rb") as file:
            log = file.read()
        check(contents(place.store) == after, "what was flushed to the log is there")
        chance = random.Random(9)
        for _ in range(max(4, 40 // every)):
            put(place, whole)
            at = chance.randrange(len(log))
            with open(place.store + "-wal", "wb") as file:
                file.write(log[:at] + bytes([log[at] ^ chance.randrange(1, 256)]) + log[at + 1:][:chance.choice((at, len(log)))])
            done = place.run("list", "show", "bad", "--json")
            check(done.returncode == 0 and contents(place.store) in (before, after),
                  "a damaged log: exit %d, %r" % (done.returncode, done.err))
            done = place.run(*words)
            check(done.returncode == 0 and contents(place.store) == after, "a damaged log: again: %r" % done.err)


def modes(mailtrust):
    """Files 0600 and folders 0700 under any umask, those of SQLite beside them too."""
    for mask in (0, 0o022, 0o077, 0o277, 0o777):
        with Place(mailtrust) as place:
            place.store = place.path("deep/er/store.db")
            before = os.umask(mask)
            done = place.run("list", "create", "bad", "--deny")
            process = place.start("import", "-", "--list", "bad", stdin=-1)
            os.umask(before)
            check(done.returncode == 0, "umask %o: %r" % (mask, done.err))
            reader = sqlite3.connect(place.store)
            reader.execute("BEGIN")
            reader.execute("SELECT * FROM list").fetchall()
            process.communicate("192.0.2.1\n", timeout=60)
            check(process.returncode == 0, "umask %o: import" % mask)
            for folder, _, names in os.walk(place.path("deep")):
                check(stat.S_IMODE(os.stat(folder).st_mode) == 0o700, "umask %o: %s" % (mask, folder))
                for name in names:
                    mode = stat.S_IMODE(os.stat(os.path.join(folder, name)).st_mode)
                    check(mode == 0o600, "umask %o: %s is %o" % (mask, name, mode))
                check("deep/er" not in folder or "store.db-wal" in names, "the log is there to be seen: %s" % names)
            reader.close()


def owners(mailtrust):
    """Somebody else's store: told in one line, exit 3, and read where that is allowed."""
    if os.geteuid() != 0:
        return
    with Place(mailtrust) as place:
        whole_place(place, 20)
        os.chmod(place.folder, 0o755)
        for mode, status in ((0o600, 3), (0o644, 0)):
            os.chmod(place.store, mode)
            before = place.octets()
            done = place.run("list", "show", "bad", preexec_fn=as_nobody)
            check(done.returncode == status and len(done.err.splitlines()) == (status == 3), "reading %o: %d %r" %
                  (mode, done.returncode, done.err))
            done = place.run("list", "add", "bad", "192.0.2.2", preexec_fn=as_nobody)
            check(done.returncode == 3 and len(done.err.splitlines()) == 1, "writing %o: %r" % (mode, done.err))
            check(place.octets() == before, "%o: changed" % mode)
        # A file of one's own that may not be written, in a folder that may be, and the reverse.
        for file_mode, folder_mode in ((0o400, 0o755), (0o600, 0o555)):
            os.chown(place.store, 65534, 65534)
            os.chown(place.folder, 65534, 65534)
            os.chmod(place.store, file_mode)
            os.chmod(place.folder, folder_mode)
            before = place.octets()
            done = place.run("list", "show", "bad", preexec_fn=as_nobody)
            check(done.returncode == 0, "reading, %o in %o: %r" % (file_mode, folder_mode, done.err))
            done = place.run("list", "add", "bad", "192.0.2.2", preexec_fn=as_nobody)
            check(done.returncode == 3 and "read-only" in done.err, "writing, %o in %o: %d %r" %
                  (file_mode, folder_mode, done.returncode, done.err))
            check(place.octets() == before, "%o in %o: changed" % (file_mode, folder_mode))
        done = place.run("list", "add", "bad", "192.0.2.2", store=place.path("new/store.db"), preexec_fn=as_nobody)
        check(done.returncode == 3 and "cannot be made" in done.err, "no folder can be made: %r" % done.err)


def clocks(mailtrust, library):
    """The wall clock jumps with every other look at it: dates stay in order, waiting is not cut short."""
    with Place(mailtrust) as place:
        whole_place(place, 20)
        for jump in (-400000000, 400000000):
            shim = {"LD_PRELOAD": library, "ASAN_OPTIONS": "verify_asan_link_order=0", "MAILTRUST_CLOCK_JUMP": str(jump)}
            for words in (["list", "add", "bad", "192.0.2.7"], ["list", "edit", "bad", "192.0.2.7", "--comment", str(jump)],
                          ["import", "a.txt", "--list", "bad"], ["list", "pause", "bad", "1.0.0.1"],
                          ["list", "resume", "bad", "1.0.0.1"]):
                done = place.run(*words, environment=shim)
                check(done.returncode == 0, "a clock that jumps by %d, %s: %r" % (jump, words, done.err))
            holder = sqlite3.connect(place.store, isolation_level=None)
            holder.execute("BEGIN IMMEDIATE")
            process = place.start("list", "add", "bad", "198.51.100.%d" % (jump > 0), environment=shim)
            time.sleep(1)
            holder.execute("COMMIT")
            _, err = process.communicate(timeout=60)
            check(process.returncode == 0, "a lock, while the clock jumps: %r" % err)
            holder.close()
        for at in ("1970-01-02T00:00:00Z", "2100-01-01T00:00:00Z"):
            place.run("list", "edit", "bad", "192.0.2.7", "--comment", at, "--at", at)
        shown = json.loads(place.run("list", "show", "bad", "--json").out)
        check(all(entry["created"] <= entry["updated"] for entry in shown["entries"]), "updated before it was created")
        contents(place.store)
        # Expiry goes by the clock of the run.
        place.run("list", "add", "short", "192.0.2.1", "--deny", "--expires", "1h", "--at", "2026-01-01T00:00:00Z")
        for at, status in (("2026-01-01T00:59:59Z", 1), ("2026-01-01T01:00:00Z", 0), ("2025-01-01T00:00:00Z", 1)):
            done = place.run("list", "decide", "192.0.2.1", "--at", at, "--json")
            check((json.loads(done.out)["decision"] == "deny") == (status == 1), "expiry at %s: %s" % (at, done.out))


def at_once(mailtrust, rounds):
    """Eight programs write what they have to write, while others read: nothing is lost. Nobody is turned away
    but the second of two runs of `bounce report`, which is told to run again."""
    with Place(mailtrust) as place:
        place.write("a.txt", addresses(0, 500))
        place.write("b.txt", addresses(500, 1000))
        place.write("mail.log", store_writers.LOG)
        place.run("list", "add", "bad", "192.0.2.250", "192.0.2.251", "--deny")
        jobs = [["import", "a.txt", "--list", "many"], ["import", "b.txt", "--list", "many"],
                *[["list", "add", "bad", "198.51.100.%d" % number] for number in range(2 * rounds)],
                *[["list", "edit", "bad", "192.0.2.250", "--comment", "number %d" % number] for number in range(rounds)],
                *[["list", "match", "--list", "bad", "a.txt", "--record"]] * rounds,
                *[["bounce", "report", "mail.log", "--remember"]] * rounds, ["list", "pause", "bad", "192.0.2.251"]]
        readers = [["list", "show", "bad", "--json"], ["list", "export", "many", "--format", "text"],
                   ["list", "history", "bad"]] * rounds
        random.Random(11).shuffle(jobs)
        waiting, running = jobs + readers, []
        while waiting or running:
            while waiting and len(running) < 8:
                words = waiting.pop(0)
                running.append((words, place.start(*words)))
            words, process = running.pop(0)
            out, err = process.communicate(timeout=120)
            allowed = {"match": (1,), "export": (0, 2), "report": (0, 1, 3)}.get(words[1], (0,))
            check(process.returncode in allowed and "locked" not in err, "at once, %s: exit %d, %r" %
                  (words, process.returncode, err))
            if words[1] == "export" and process.returncode == 0:
                check(out.count("\n") - out.count("#") in (500, 1000), "%s sees half of an import: %d lines" %
                      (words, out.count("\n")))
        state = contents(place.store)
        lists = {row[1]: row for row in state["list"]}
        check(lists["many"][6] == 1000, "two imports at once: %s" % (lists["many"],))
        check(lists["bad"][6] == 2 + 2 * rounds, "entries added at once: %s" % (lists["bad"],))
        told = [row[4] for row in state["operation"] if row[1] == lists["bad"][0]]
        wanted = {"add": 1 + 2 * rounds, "edit": rounds, "pause": 1}
        check({what: told.count(what) for what in wanted} == wanted, "the history tells %s" % told)


def interrupted(mailtrust):
    """SIGINT and SIGTERM while a lock is waited for: gone within a second, and nothing done."""
    with Place(mailtrust) as place:
        whole_place(place, 20)
        before = contents(place.store)
        holder = sqlite3.connect(place.store, isolation_level=None)
        holder.execute("BEGIN IMMEDIATE")
        for number in (signal.SIGINT, signal.SIGTERM):
            process = place.start("list", "add", "bad", "192.0.2.2")
            time.sleep(1)
            begin = time.monotonic()
            process.send_signal(number)
            process.communicate(timeout=60)
            check(time.monotonic() - begin < 3 and process.returncode in (-number, 128 + number),
                  "signal %d: exit %d after %.1f s" % (number, process.returncode, time.monotonic() - begin))
        holder.close()
        check(contents(place.store) == before, "a signal: something was done")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("library")
    parser.add_argument("--every", type=int, default=1)
    options = parser.parse_args()
    mailtrust, library = map(os.path.abspath, (options.mailtrust, options.library))
    other_things(mailtrust)
    odd_names(mailtrust)
    damage(mailtrust, options.every)
    headers(mailtrust, options.every)
    logs(mailtrust, library, options.every)
    modes(mailtrust)
    owners(mailtrust)
    clocks(mailtrust, library)
    at_once(mailtrust, max(2, 12 // options.every))
    interrupted(mailtrust)
    return store_place.check.verdict("store as a file")


if __name__ == "__main__":
    sys.exit(main())
