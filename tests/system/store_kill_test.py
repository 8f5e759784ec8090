#!/usr/bin/env python3
"""Each command that writes to the store, killed at every change that it makes to a file, and with a disk that is full
from there on.

    store_kill_test.py MAILTRUST ZONE_SERVER KILL_AT_LIBRARY [--every N] [--only WORDS]

What is there afterwards is what was there before or what was to be, whole, and never less than what was told; the same
command again comes to the end that was wanted. Success is told when the disk has it, not sooner.
"""
import argparse
import os
import shutil
import signal
import sys

import registries
import servers
import store_place
import store_writers
from store_place import Place, check, contents

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
ZONE = os.path.join(ROOT, "tests", "zones", "list_providers.zone")
TEMPORARY = ".mailtrust-"


class Case:
    """One writer in a place of its own, and the states between which it moves."""

    def __init__(self, writer, place, library, world):
        self.writer, self.place, self.library = writer, place, library
        self.words = store_writers.prepare(place, writer, world)
        self.origin = place.folder
        self.before = contents(place.store)
        self.after, self.changes = self.first_run()

    def reset(self):
        """A fresh copy of what was there before."""
        copy = self.origin + ".copy"
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(self.origin, copy)
        self.place.folder = copy
        self.place.store = self.place.path(os.path.join(self.writer.folder, "store.db"))

    def run(self, **settings):
        environment = {"LD_PRELOAD": self.library, **{"MAILTRUST_" + key: str(value) for key, value in settings.items()}}
        options = [value for key, value in os.environ.items() if key == "ASAN_OPTIONS"]
        environment["ASAN_OPTIONS"] = ":".join(options + ["verify_asan_link_order=0"])
        return self.place.run(*self.words, environment=environment)

    def first_run(self):
        self.reset()
        log = self.origin + ".log"
        done = self.run(CHANGES=log)
        check(done.returncode == self.writer.status, "%s: exit %d, %s" % (self.writer.words, done.returncode, done.err))
        with open(log, encoding="utf-8") as file:
            lines = file.read().splitlines()
        os.remove(log)
        self.check_order(lines)
        self.files = self.files_beside()
        return contents(self.place.store), [line for line in lines if not line.startswith("tell ")]

    def check_order(self, lines):
        """Before anything is told, the log of the store, where there is one, was written and then flushed."""
        told = next((i for i, line in enumerate(lines) if line.startswith("tell pipe")), len(lines))
        last = {}
        for i, line in enumerate(lines[:told]):
            what, path = line.split(" ", 1)
            if path.endswith("store.db-wal"):
                last[what] = i
        if self.writer.streams:
            return
        check("sync" in last and last["sync"] > last["write"], "%s: told before it was on disk" % self.writer.words)
        later = [line for line in lines[told:] if line.startswith("write ") and line.endswith("store.db-wal")]
        check(not later, "%s: the store is written after the answer" % self.writer.words)
        for i, line in enumerate(lines):
            if line.startswith("folder "):
                parent = os.path.dirname(line.split(" ", 1)[1])
                check("sync " + parent in lines[i:], "%s: a folder that a loss of power may take: %s" %
                      (self.writer.words, line))

    def files_beside(self):
        """Of each file but those of the store what it holds. What a killed run was writing has a name of its own."""
        found = {}
        for folder, _, names in os.walk(self.place.folder):
            for name in names:
                path = os.path.join(folder, name)
                if name.startswith(TEMPORARY):
                    check(os.stat(path).st_mode & 0o777 == 0o600, "%s: others may read %s" % (self.writer.words, name))
                elif not name.startswith("store.db-"):
                    with open(path, "rb") as file:
                        found[os.path.relpath(path, self.place.folder)] = b"" if name == "store.db" else file.read()
        return found

    def is_between(self, state):
        return all(set(self.before[table]) <= set(rows) <= set(self.after[table]) for table, rows in state.items())

    def check_state(self, what, told):
        """Old or new, and new when it was told."""
        state = contents(self.place.store)
        if told and not self.writer.may_fail and not self.writer.streams:
            check(state == self.after, "%s: told, and not on disk" % what)
        good = state in (self.before, self.after) or (self.writer.parts and self.is_between(state))
        check(good, "%s: neither the old nor the new" % what)
        return state

    def check_again(self, what, state):
        """Without any fault now."""
        if state == self.after and not self.writer.again:
            return
        done = self.place.run(*self.words)
        check(done.returncode == self.writer.status, "%s: again: exit %d, %s" % (what, done.returncode, done.err))
        check(contents(self.place.store) == self.after, "%s: again comes to something else" % what)
        files = self.files_beside()
        check(files == self.files, "%s: other files: %s" % (what, sorted(files)))

    def kill(self, number, torn):
        what = "%s, killed at %d (%s)" % (self.writer.words, number, self.changes[number - 1])
        self.reset()
        done = self.run(KILL_AT=number, KILL_TORN=int(torn))
        check(done.returncode == -signal.SIGKILL, "%s: ran on: %d" % (what, done.returncode))
        self.check_again(what, self.check_state(what, done.out))

    def fill(self, number):
        what = "%s, disk full from %d (%s)" % (self.writer.words, number, self.changes[number - 1])
        self.reset()
        done = self.run(FULL_AT=number)
        good = done.returncode == self.writer.status
        check(good or done.returncode == 3, "%s: exit %d, %s" % (what, done.returncode, done.err))
        if not good:
            check(0 < len(done.err.splitlines()) <= self.writer.lines, "%s: one line tells: %r" % (what, done.err))
        state = self.check_state(what, good)
        unsure = self.writer.parts or self.writer.beside or "may be there or not" in done.err
        if not good and not unsure:
            check(state == self.before, "%s: done, but told as failed: %r" % (what, done.err))
        self.check_again(what, state)

    def loop(self, every, start):
        for number in range(1 + start % every, len(self.changes) + 1, every):
            self.kill(number, torn=self.changes[number - 1].startswith("write "))
            self.fill(number)


def run_writer(writer, number, options, world):
    with Place(options.mailtrust) as place:
        case = Case(writer, place, options.library, world)
        case.loop(options.every, number)
        print("%-70s %3d changes" % (writer.words[:70], len(case.changes)), flush=True)
        shutil.rmtree(place.folder)
        place.folder = case.origin


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("zone_server")
    parser.add_argument("library")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    options.mailtrust, options.library = map(os.path.abspath, (options.mailtrust, options.library))
    covered = {writer.source for writer in store_writers.WRITERS}
    found = store_writers.sources_that_write(ROOT)
    check(found == covered, "what writes to the store and is not in the table of writers, or the reverse: %s" %
          sorted(found ^ covered))
    with servers.ZoneServer(options.zone_server, ZONE) as dns, \
            registries.Rdap(lambda path, headers: store_writers.answer(path)) as rdap:
        world = {"dns": dns.address, "rdap": rdap.base}
        for number, writer in enumerate(store_writers.WRITERS):
            if options.only in writer.words:
                run_writer(writer, number, options, world)
    return store_place.check.verdict("killed writers")


if __name__ == "__main__":
    sys.exit(main())
