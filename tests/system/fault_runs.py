"""Runs of mailtrust in which the Nth call of one kind fails, by the library of tests/faults/shim.cpp."""
import errno
import mmap
import os
import pwd
import re
import shutil
import sqlite3
import struct
import subprocess
import tempfile

BOUND = 20  # seconds for one run
STORE = "store.db"
LEFT_BY_SQLITE = {STORE + "-wal", STORE + "-shm", STORE + "-journal"}


class Fault:
    """The call that fails: kind, how (an errno by name, or "short"), and whether all that follow fail too."""

    def __init__(self, kind, how, goes_on=False):
        self.kind, self.how, self.goes_on = kind, how, goes_on
        self.number = "short" if how == "short" else str(getattr(errno, how))

    def __str__(self):
        return "%s %s%s" % (self.kind, self.how, " from then on" if self.goes_on else "")

    def plan(self, at):
        return "%s:%d:%s:%s" % (self.kind, at, self.number, "on" if self.goes_on else "once")


class Result:
    """What a run came to; calls and failed as the shim counted them."""

    def __init__(self, status, out, err, calls, failed):
        self.status, self.out, self.err, self.calls, self.failed = status, out, err, calls, failed


class Place:
    """A folder as the run before left it; files that a run changed are put back."""

    def __init__(self, mailtrust, shim, files, preload=""):
        self.mailtrust, self.files = mailtrust, files
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None  # where fsync costs nothing
        self.root = tempfile.mkdtemp(prefix="mailtrust-faults-", dir=memory)
        self.folder = os.path.join(self.root, "work")
        self.preload = " ".join(filter(None, (preload, shim)))
        self.report = os.path.join(self.root, "report")
        with open(self.report, "wb") as file:
            file.write(bytes(16))
        self.counts = open(self.report, "r+b")
        self.shared = mmap.mmap(self.counts.fileno(), 16)
        self.fill()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.shared.close()
        self.counts.close()
        shutil.rmtree(self.root, ignore_errors=True)

    def fill(self):
        """Puts back what differs; the rest stays the file that it is."""
        os.makedirs(self.folder, exist_ok=True)
        there = self.look()
        for name in set(there) - set(self.files):
            os.unlink(os.path.join(self.folder, name))
        for name, octets in self.files.items():
            if there.get(name) != octets:
                with open(os.path.join(self.folder, name), "wb") as file:
                    file.write(octets)

    def look(self):
        """Every file, with what it holds."""
        found = {}
        for folder, _, names in os.walk(self.folder):
            for name in names:
                path = os.path.join(folder, name)
                with open(path, "rb") as file:
                    found[os.path.relpath(path, self.folder)] = file.read()
        return found

    def run(self, words, fault=None, at=0, bound=BOUND):
        """One run in the folder as it is; None when it does not end."""
        environment = {"PATH": os.environ["PATH"], "HOME": self.root, "LC_ALL": "C"}
        environment.update((key, value) for key, value in os.environ.items() if key.endswith("SAN_OPTIONS"))
        if fault:
            self.shared[:] = bytes(16)
            environment.update(LD_PRELOAD=self.preload, MAILTRUST_FAULT=fault.plan(at),
                               MAILTRUST_FAULT_REPORT=self.report)
        try:
            done = subprocess.run([self.mailtrust, *words], cwd=self.folder, env=environment, timeout=bound,
                                  stdin=subprocess.DEVNULL, capture_output=True)
        except subprocess.TimeoutExpired:
            return None
        calls, failed = struct.unpack("QQ", self.shared[:])
        return Result(done.returncode, done.stdout, done.stderr.decode("utf-8", "replace"), calls, failed)


def named(row):
    """An author who is a number, where /etc/passwd could not be read, is the same author."""
    number = str(os.getuid())
    return tuple(pwd.getpwuid(os.getuid()).pw_name if value == number else value for value in row)


def content(folder):
    """All rows of the store after an integrity check by SQLite's own library; none where there is no store."""
    path = os.path.join(folder, STORE)
    if not os.path.exists(path):
        return {}
    database = sqlite3.connect(path)
    try:
        verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
        if verdict != "ok":
            return "integrity_check: %s" % verdict
        tables = [name for name, in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")]
        rows = {name: sorted(map(repr, map(named, database.execute('SELECT * FROM "%s"' % name)))) for name in tables}
        return {name: held for name, held in rows.items() if held}
    except sqlite3.Error as error:
        return "store: %s" % error
    finally:
        database.close()


# What an answer says that could not be found out, in JSON or text.
TELLS = re.compile(rb'"kind":"(temporary|input)"|temperror|could not|cannot|unknown', re.I)
NEVER = re.compile("terminate called|internal error|Assertion|runtime error|Sanitizer|bad_alloc|std::", re.I)


def tells(out, usual):
    """Does it say of more than the undisturbed run that it could not be found out?"""
    return b'"error":{"kind"' in out or b'"errors":[{' in out or len(TELLS.findall(out)) > len(TELLS.findall(usual))


def is_honest(out, usual):
    """Each whole line is that of the undisturbed run, or says what could not be done; the last may be cut."""
    if usual.startswith(out):
        return True
    good = usual.splitlines(keepends=True)
    return all(line in good or tells(line, usual) for line in out.splitlines(keepends=True) if line.endswith(b"\n"))


def faults_of(result, usual, fault, sums_up=False):
    """What a run did that it should not have; `usual` is the undisturbed one. An answer that `sums_up` much may be
    given without a part that could not be found out, when it says so."""
    if result is None:
        return ["does not end"]
    found = []
    if result.status not in (0, 1, 2, 3):
        found.append("status %d" % result.status)
    if NEVER.search(result.err):
        found.append("says %r" % result.err[:200])
    told = tells(result.out, usual.out)
    if result.status in (0, 1) and (result.status != usual.status or result.out != usual.out):
        if not (sums_up and told):
            found.append("exit %d with another answer: %r" % (result.status, result.out[:200]))
    mute = fault.kind == "write"  # what failed may be the message itself
    if result.status in (2, 3) and result.err == usual.err and not told and not mute:
        found.append("exit %d without a word" % result.status)
    if not is_honest(result.out, usual.out):
        found.append("stdout %r" % result.out[:300])
    return found
