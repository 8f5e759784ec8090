#!/usr/bin/env python3
"""Whatever call fails, mailtrust ends by itself, tells what it could not do, and leaves the store whole.

    failing_calls_test.py --shim SHIM --zone-server ZONE_SERVER MAILTRUST [--only CASE] [--kind KIND]
                          [--dense N] [--step N] [--calls-step N] [--sample]

Each case runs with its 1st, 2nd, 3rd ... allocation, read, write, fsync, open, connect and so on failing, until
a run in which nothing failed. Of allocations every one up to --dense fails, then every --step-th; of reads,
writes and so on every one, with --sample too every --calls-step-th, as of the other kinds and of the other ways
to fail. Steps begin anywhere. All of it is what there is without options.
"""
import argparse
import itertools
import os
import random
import sys
import time

from failing_calls_cases import CASES, make_files
from fault_runs import LEFT_BY_SQLITE, STORE, Fault, Place, content, faults_of
from servers import ZoneServer

# Of these the first way to fail is tried at every call.
EVERY = ("read", "write", "sync", "size", "open", "socket", "connect")
FAULTS = [Fault("alloc", "ENOMEM"), Fault("alloc", "ENOMEM", True),
          Fault("read", "EIO"), Fault("read", "EINTR"), Fault("read", "short"),
          Fault("write", "ENOSPC"), Fault("write", "ENOSPC", True), Fault("write", "EIO"), Fault("write", "EINTR"),
          Fault("write", "short"), Fault("sync", "EIO"), Fault("size", "ENOSPC"),
          Fault("open", "EMFILE"), Fault("open", "EMFILE", True),
          Fault("socket", "EMFILE"), Fault("socket", "EMFILE", True),
          Fault("connect", "ECONNREFUSED"), Fault("connect", "ENETUNREACH", True),
          Fault("send", "ENOBUFS"), Fault("send", "EINTR"), Fault("recv", "EIO"), Fault("recv", "EINTR"),
          Fault("poll", "EINTR"), Fault("poll", "ENOMEM"), Fault("thread", "EAGAIN"), Fault("thread", "EAGAIN", True),
          Fault("random", "EINTR"), Fault("random", "ENOSYS", True), Fault("name", "EACCES"), Fault("unlink", "EACCES"),
          Fault("stat", "EIO"), Fault("lock", "EIO"), Fault("lock", "EINTR"), Fault("map", "ENOMEM")]

FAILED = []


def settled(held):
    """What a store comes to, however many runs it took: each of `bounce report` counts itself."""
    return {name: [row for row in rows if not row.startswith("('generation'")] for name, rows in held.items()}


class Trial:
    """One case: what it does undisturbed, and whether it keeps its promises while calls fail."""

    def __init__(self, case, place):
        self.case, self.place = case, place
        self.before = place.look()
        self.old = content(place.folder)
        self.usual = place.run(case.words)
        self.after = place.look()
        self.new = content(place.folder)
        place.fill()
        self.runs = 0

    def survives(self, fault, at):
        """One run; False when nothing failed in it."""
        result = self.place.run(self.case.words, fault, at)
        self.runs += 1
        found = faults_of(result, self.usual, fault, self.case.sums_up)
        left = self.place.look()
        if result and result.status in (0, 1):
            found += self.not_done(left)
        if left != self.before:
            found += self.faults_of_files(left, fault, result)
            self.place.fill()
        if found:
            FAILED.append((self.case.name, str(fault), at))
            print("FAILED: %s: %s at %d: %s" % (self.case.name, fault, at, "; ".join(found)), flush=True)
        return result is None or result.failed > 0

    def not_done(self, left):
        """What is said to be done, and is not."""
        written = [name for name in set(self.after) - LEFT_BY_SQLITE - {STORE} if left.get(name) != self.after[name]]
        if STORE in self.after and content(self.place.folder) != self.new:
            written.append(STORE)
        return ["good, but not written: %s" % written] if written else []

    def faults_of_files(self, left, fault, result):
        found = []
        expected = set(self.before) | set(self.after) | LEFT_BY_SQLITE
        if set(left) - expected and fault.kind != "unlink":
            found.append("left behind: %s" % sorted(set(left) - expected))
        for name in set(left) & expected - LEFT_BY_SQLITE - {STORE}:
            if left[name] not in (self.before.get(name), self.after.get(name)):
                found.append("%s is neither old nor new: %r" % (name, left[name][:100]))
        held = content(self.place.folder)
        in_part = self.case.in_parts and result is not None and result.status in (2, 3)
        if held not in (self.old, self.new) and not in_part:
            found.append("the store is neither old nor new: %s" % repr(held)[:300])
        again = self.place.run(self.case.words)
        if again is None or again.status not in (0, self.usual.status):
            found.append("a repetition fails: %s" % (again and again.err[:200]))
        elif (held == self.old or in_part) and settled(content(self.place.folder)) != settled(self.new):
            found.append("a repetition leaves the store different")
        return found


def numbers(fault, first, options):
    """1, 2, 3 ... without end, as dense as the fault is to be tried."""
    dense, step = 0, options.calls_step
    if fault.kind == "alloc":
        dense, step = (options.dense, options.step) if first else (0, options.step * options.calls_step)
    elif first and fault.kind in EVERY and not options.sample:
        step = 1
    offset = random.randrange(step)
    return (at for at in itertools.count(1) if at <= dense or at % step == offset)


def try_case(case, files, options):
    with Place(options.mailtrust, options.shim, {name: files[name] for name in case.files},
               options.runtime) as place:
        if case.prepare:
            for words in case.prepare:
                place.run(words)
            place.files = place.look()
        trial = Trial(case, place)
        if trial.usual.status not in (0, 1):
            FAILED.append((case.name, "undisturbed", 0))
            print("FAILED: %s: undisturbed: %s" % (case.name, trial.usual.err))
            return
        tried = set()
        for fault in FAULTS:
            if options.kind and fault.kind not in options.kind or fault.kind in options.skip:
                continue
            begun, runs, last = time.monotonic(), trial.runs, 0
            first = fault.kind not in tried
            tried.add(fault.kind)
            for at in numbers(fault, first, options):
                if not trial.survives(fault, at):
                    break
                last = at
            if options.verbose:
                print("%-16s %-28s %5d fail in turn, %5d runs, %6.1f s" % (
                    case.name, fault, last, trial.runs - runs, time.monotonic() - begun), flush=True)


def parse_arguments():
    parser = argparse.ArgumentParser()
    parser.add_argument("mailtrust")
    parser.add_argument("--shim", required=True)
    parser.add_argument("--zone-server", required=True)
    parser.add_argument("--only", action="append")
    parser.add_argument("--kind", action="append")
    parser.add_argument("--dense", type=int, default=0)
    parser.add_argument("--step", type=int, default=1)
    parser.add_argument("--calls-step", type=int, default=1)
    parser.add_argument("--skip-allocations", dest="skip", action="store_const", const=["alloc"], default=[])
    parser.add_argument("--sample", action="store_true")
    parser.add_argument("--runtime", default="", help="a library to load before the shim, such as libasan")
    parser.add_argument("--verbose", action="store_true")
    options = parser.parse_args()
    options.mailtrust, options.shim = os.path.abspath(options.mailtrust), os.path.abspath(options.shim)
    return options


def main():
    options = parse_arguments()
    files = make_files()
    zone = os.path.join(os.path.dirname(__file__), "..", "..", "examples", "example.zone")
    with ZoneServer(options.zone_server, zone) as server:
        for case in CASES(server.address):
            if not options.only or case.name in options.only:
                try_case(case, files, options)
    print("%d failed" % len(FAILED))
    return 1 if FAILED else 0


if __name__ == "__main__":
    sys.exit(main())
