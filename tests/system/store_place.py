"""A folder with a store and the program that works on it, for the tests about the store."""
import os
import shutil
import sqlite3
import subprocess
import tempfile

NOW = "2026-11-18T12:00:00Z"
TABLES = ("list", "operation", "origin", "entry", "change", "matched", "cache", "delivery_count", "delivery_address",
          "delivery_place", "delivery_mail", "delivery_state")


class Faults(list):
    """What was not as it should be, told at once."""

    def __call__(self, good, what):
        if not good:
            self.append(what)
            print("FAILED: %s" % what, flush=True)
        return good

    def verdict(self, name):
        print("%s: %s" % (name, "%d faults" % len(self) if self else "whole"), flush=True)
        return 1 if self else 0


check = Faults()


def as_nobody():
    """For preexec_fn: the rest of the process is somebody without rights."""
    os.setgroups([])
    os.setgid(65534)
    os.setuid(65534)


def contents(store):
    """What a store says: the rows of each table, of one that is not there none. The file itself is not touched."""
    with tempfile.TemporaryDirectory() as folder:
        copy = os.path.join(folder, "copy.db")
        if not os.path.exists(store):
            return {table: [] for table in TABLES}
        for suffix in ("", "-wal"):
            if os.path.exists(store + suffix):
                shutil.copy(store + suffix, copy + suffix)
        database = sqlite3.connect(copy)
        try:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            check(verdict == "ok", "integrity_check: %s" % verdict)
            there = {row[0] for row in database.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
            rows = {table: sorted(database.execute("SELECT * FROM %s" % table).fetchall(), key=repr)
                    if table in there else [] for table in TABLES}
            version = database.execute("PRAGMA user_version").fetchone()[0]
        finally:
            database.close()
    check(version in (1, 2) and len(there & set(TABLES)) == (7 if version == 1 else 12),
          "version %s has the tables %s" % (version, sorted(there)))
    consistent(rows)
    # The key of redaction is another one each time.
    rows["cache"] = [row[:4] + ("a key",) if row[0] == "redaction-key" else row for row in rows["cache"]]
    # Each run of `bounce report` counts itself.
    rows["delivery_state"] = [row for row in rows["delivery_state"] if row[0] != "generation"]
    return rows


def consistent(rows):
    """Do counts, history and entries tell the same?"""
    entries = {}
    for row in rows["entry"]:
        entries[row[0]] = entries.get(row[0], 0) + 1
    for ident, name, *_, kept in rows["list"]:
        check(kept == entries.get(ident, 0), "%s says it has %d entries, but has %d" % (name, kept, entries.get(ident, 0)))
        balance = sum(row[7] - row[9] for row in rows["operation"] if row[1] == ident and row[6] == 0)
        check(balance == kept, "the history of %s comes to %d entries, it has %d" % (name, balance, kept))
    operations = {row[0] for row in rows["operation"]}
    origins = {row[0] for row in rows["origin"]}
    check(all(row[1] in operations for row in rows["origin"]), "an origin without its operation")
    check(all(row[0] in operations for row in rows["change"]), "a change without its operation")
    check(all(row[2] in origins for row in rows["entry"]), "an entry without its origin")


class Place:
    """A folder with a store, and the program that works on it."""

    def __init__(self, mailtrust):
        self.mailtrust = mailtrust
        self.folder = tempfile.mkdtemp(prefix="mailtrust-store-")
        self.store = self.path("store.db")

    def path(self, name):
        return os.path.join(self.folder, name)

    def write(self, name, text):
        with open(self.path(name), "w", encoding="utf-8") as file:
            file.write(text)
        return self.path(name)

    def start(self, *words, environment=None, store=None, **how):
        kept = {key: value for key, value in os.environ.items()
                if key.endswith("SAN_OPTIONS") or key in ("PATH", "HOME")}
        return subprocess.Popen([self.mailtrust, *words, "--store", self.store if store is None else store],
                                cwd=self.folder, env={**kept, **(environment or {})}, stdout=subprocess.PIPE,
                                stderr=subprocess.PIPE, text=True, **how)

    def run(self, *words, **how):
        process = self.start(*words, **how)
        process.out, process.err = process.communicate(timeout=300)
        return process

    def count(self):
        """The entries of the store, after an integrity check that SQLite's own library makes."""
        database = sqlite3.connect(self.store)
        try:
            verdict = database.execute("PRAGMA integrity_check").fetchone()[0]
            check(verdict == "ok", "integrity_check: %s" % verdict)
            return database.execute("SELECT count(*) FROM entry").fetchone()[0]
        finally:
            database.close()

    def script(self, sql):
        database = sqlite3.connect(self.store)
        database.executescript(sql)
        database.close()

    def octets(self):
        """Every file of the folder, with what it holds."""
        found = {}
        for name in sorted(os.listdir(self.folder)):
            if os.path.isfile(self.path(name)):
                with open(self.path(name), "rb") as file:
                    found[name] = file.read()
        return found

    def __enter__(self):
        return self

    def __exit__(self, *_):
        shutil.rmtree(self.folder)


def addresses(begin, end):
    return "".join("%d.%d.%d.%d;line %d\n" % (1 + (i >> 24), i >> 16 & 255, i >> 8 & 255, i & 255, i)
                   for i in range(begin, end))
