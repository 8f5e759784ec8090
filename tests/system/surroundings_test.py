#!/usr/bin/env python3
"""Odd surroundings: umask, no HOME, no environment, unknown locales, huge and empty argument lists, spoiled variables.

    surroundings_test.py MAILTRUST
"""
import ctypes
import os
import shlex
import stat
import subprocess
import sys
import tempfile
import unittest

import command_cases
import escapes_test
import surroundings

MAILTRUST = os.path.abspath(sys.argv[1])
WORLD = command_cases.plain(command_cases.WORLD)
MANY = 100000  # octets; one argument holds at most 128 KiB (execve(2), MAX_ARG_STRLEN)


def sanitizers():
    return {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}


def execute(words, folder, environment=None, **options):
    environment = {**sanitizers(), **(environment or {})}
    words = shlex.split(words) if isinstance(words, str) else words
    return subprocess.run([MAILTRUST, *words], cwd=folder, env=environment, capture_output=True, timeout=60,
                          stdin=subprocess.DEVNULL, **options)


class Surroundings(unittest.TestCase):
    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory(prefix="mailtrust.")
        self.folder = self.temporary.name
        for case in command_cases.cases():
            command_cases.lay_out(case, self.folder)

    def tearDown(self):
        self.temporary.cleanup()

    def check(self, done, statuses=(0, 1, 2, 3)):
        """It ended by itself, and said what it said in clean words."""
        self.assertIn(done.returncode, statuses, done.stderr[-2000:])
        self.assertIsNone(escapes_test.unsafe(done.stderr))
        is_help = done.stderr.startswith(b"Usage: ")
        for line in done.stderr.splitlines():
            self.assertTrue(line.startswith(b"mailtrust: ") or is_help, line)


# What writes files: words, and which of them are new.
WRITERS = [
    ("import addresses.txt faulty.txt --list a --deny --force --skip-invalid --store new/deep/store.db",
     ["new", "new/deep", "new/deep/store.db", "faulty.txt.rejects"]),
    ("list add b 192.0.2.1 --store new/deep/store.db", []),
    ("spf check example.org --record-zone seen.zone" + WORLD, ["seen.zone"]),
    ("dkim keygen example.org --output key.pem", ["key.pem"]),
    ("list export addresses.txt --format text --lossy --output exported.txt", ["exported.txt"]),
    ("list export a --format csv --output exported.csv --store new/deep/store.db", ["exported.csv"]),
    ("bounce report mail.log bounce.eml --suppression gone.txt --remember --store new/report.db --at 1795333300",
     ["gone.txt", "new/report.db"]),
    ("abuse report message.eml --to abuse@isp.example --redact --output . --config good.conf --zone world.zone "
     "--store new/key.db", ["new/key.db"]),
    ("list match --list a --record mail.log --store new/deep/store.db", []),
    ("ip 192.0.2.25 --no-registry --zone world.zone --store new/cache.db", []),
]


class Files(Surroundings):
    def test_private_under_any_umask(self):
        for mask in (0, 0o022, 0o777):
            with self.subTest(mask=oct(mask)):
                self.tearDown()
                self.setUp()
                self.write_all(mask)

    def write_all(self, mask):
        given = set(self.walk())
        for words, names in WRITERS:
            done = execute(words, self.folder, umask=mask)
            self.check(done)
            for name in names:
                self.assertIn(name, self.walk(), (words, done.stderr))
        made = set(self.walk()) - given
        self.assertTrue(any(name.endswith(".eml") for name in made), made)
        for name in made:
            status = os.lstat(os.path.join(self.folder, name))
            wanted = 0o700 if stat.S_ISDIR(status.st_mode) else 0o600
            self.assertEqual(oct(stat.S_IMODE(status.st_mode)), oct(wanted), name)

    def walk(self):
        return [os.path.relpath(os.path.join(root, name), self.folder)
                for root, folders, files in os.walk(self.folder) for name in folders + files]

    def test_no_core_dump(self):
        """RLIMIT_CORE is none while it runs."""
        read, write = os.pipe()
        with subprocess.Popen([MAILTRUST, "explain", "--input", "-"], stdin=read, stdout=subprocess.PIPE,
                              env=sanitizers()) as process:
            os.write(write, b"mx.null\n")
            process.stdout.readline()
            with open("/proc/%d/limits" % process.pid, encoding="ascii") as file:
                limits = [line.split() for line in file if line.startswith("Max core")]
            os.close(write)
            os.close(read)
            process.communicate(timeout=30)
        self.assertEqual(limits[0][4:6], ["0", "0"])


# Runs that look at the environment, and how they end in a plain one.
WORDS = ["check example.org" + WORLD, "list add kept 192.0.2.1 --store store.db", "list show --store store.db",
         "explain mx.null", "dmarc report dmarc.xml", "bounce report mail.log", "spf", "list-names --store store.db"]
ENVIRONMENTS = [
    {},
    {"HOME": "/nonexistent"}, {"HOME": "relative"}, {"HOME": ""}, {"HOME": "/dev/null"},
    {"LC_ALL": "C"}, {"LC_ALL": "POSIX"}, {"LC_ALL": "tr_TR.UTF-8"}, {"LC_ALL": "xx_YY.nonsense"},
    {"LC_ALL": "\x1b[31m"}, {"LANG": "../../../../etc/passwd"}, {"LC_NUMERIC": "de_DE.UTF-8"},
    {"TZ": "garbage"}, {"TZ": ":/etc/passwd"}, {"TZ": "A" * MANY}, {"TZ": "<+99>-99:99:99"},
    {"COLUMNS": "0"}, {"COLUMNS": "-1"}, {"COLUMNS": "1"}, {"COLUMNS": "99999999999999999999"}, {"COLUMNS": "wide"},
    {"TERM": "garbage"}, {"TERM": "../x\x1b"}, {"NO_COLOR": "1"}, {"PATH": ""},
    {"RES_OPTIONS": "nonsense:\x1b", "LOCALDOMAIN": "evil.example", "HOSTALIASES": "/etc/passwd"},
    {"SSH_CLIENT": "\x1b[31m 1 2", "SUDO_USER": "\x1b[31m\nroot", "USER": "\x1b", "LOGNAME": "\x1b"},
    {"MAILTRUST_CONFIG": ""}, {"XDG_CONFIG_HOME": "relative"}, {"XDG_CONFIG_HOME": "/dev/null"},
    {"GCONV_PATH": "/nonexistent", "LD_BIND_NOW": "1", "MALLOC_PERTURB_": "165", "POSIXLY_CORRECT": "1"},
    {"X" * 1000: "y" * MANY},
]


class Environment(Surroundings):
    def test_answers_stay_the_same(self):
        plain = {words: execute(words, self.folder) for words in WORDS}
        for environment in ENVIRONMENTS:
            for words in WORDS:
                with self.subTest(environment=str(environment)[:80], words=words):
                    done = execute(words, self.folder, environment)
                    self.check(done, (plain[words].returncode,))
                    self.assertIsNone(escapes_test.unsafe(done.stdout))
                    if "COLUMNS" not in environment and "LC_ALL" not in environment and "add" not in words:
                        self.assertEqual(done.stdout, plain[words].stdout)

    def test_configuration_that_is_not_there(self):
        """Whoever names a file means it: each command that reads settings tells of it."""
        for words in WORDS:
            with self.subTest(words=words):
                done = execute(words, self.folder, {"MAILTRUST_CONFIG": "/nonexistent/\x1b[31m"})
                self.check(done, (2,))
                self.assertEqual(done.stdout, b"")

    def test_store_that_the_environment_names(self):
        """As nobody, whose store is in the home folder; root's is the system's."""
        user = {"user": 65534, "group": 65534, "extra_groups": []} if os.geteuid() == 0 else {}
        os.chmod(self.folder, 0o777)
        for environment, status in (({"HOME": self.folder}, 0), ({}, 2), ({"HOME": "relative"}, 0),
                                    ({"HOME": "/nonexistent"}, None), ({"XDG_DATA_HOME": self.folder + "/data"}, 0),
                                    ({"XDG_DATA_HOME": "relative"}, None),
                                    ({"MAILTRUST_STORE": self.folder + "/\x1b[31m\n.db"}, 0),
                                    ({"MAILTRUST_STORE": "/nonexistent\x1b/\x1b[31m.db"}, None),
                                    ({"MAILTRUST_STORE": ""}, None), ({"MAILTRUST_STORE": "a/" * 60000 + "x"}, None)):
            with self.subTest(environment=str(environment)[:100]):
                done = execute("list add kept 192.0.2.1", self.folder, environment, **user)
                self.check(done, (2, 3) if status is None else (status,))


LONG = b"a" * MANY
ADD = [b"list", b"add", b"x", b"192.0.2.1", b"--store"]
SPF = [b"spf", b"check", b"example.org", b"--zone", b"world.zone", b"--record"]
DMARC = [b"dmarc", b"check", b"example.org", b"--zone", b"world.zone", b"--record"]
HOSTILE = [
    [], [b""], [b"-"], [b"--"], [b"---"], [b"-\xff"], [b"--\xff=\xff"], [b"\xff\xfe"],
    [LONG], [b"-" + LONG], [b"--" + LONG], [b"--json=" + LONG], [b"-v"] * 20000,
    [b"check", LONG], [b"check", b"\xff" * MANY], [b"check", b"a." * (MANY // 2)], [b"check", b"--zone", LONG],
    [b"check", b"--input", b"/" * MANY], [b"check"] + [b"--zone", b"world.zone"] * 300 + [b"example.org"],
    [b"verify", b"a/" * (MANY // 2)], [b"list", b"show", b"--store", b"a/" * (MANY // 2)],
    [*ADD, b"a/" * (MANY // 2) + b"s"], [*ADD, b"store.db", b"--comment", LONG],
    [*ADD, b"store.db", b"--comment", b"\xff\n"],
    [*SPF, b"v=spf1 " + b"a " * (MANY // 16)], [*SPF, b"v=spf1 a:" + b"%{d}" * (MANY // 16)],
    [*DMARC, b"v=DMARC1;" + b"p=none;" * (MANY // 7)],
    [b"bounce", b"explain", b"550 " + LONG], [b"bounce", b"explain", b"550 " + b"5.1.1 " * (MANY // 6)],
    [b"explain"] + [b"mx.null"] * 5000, [b"explain"] + [b"\xff"] * 2000,
    [b"explain", b"--jobs", b"9" * MANY, b"mx.null"], [b"explain", b"--at", b"9" * MANY, b"mx.null"],
    [b"explain", b"--timeout", b"9" * MANY + b"s", b"mx.null"],
    [b"list", b"decide", b"192.0.2.1", b"--sender", LONG], [b"ip", b"192.0.2.0/" + LONG],
]


class Arguments(Surroundings):
    def test_hostile(self):
        for words in HOSTILE:
            with self.subTest(words=str(words)[:100]):
                done = execute(words, self.folder)
                self.check(done)
                self.assertIsNone(escapes_test.unsafe(done.stdout))
                longest = max((len(line) for line in done.stderr.splitlines()), default=0)
                self.assertLess(longest, 5000)

    def test_none_at_all(self):
        """execve(2) with an empty argv; newer kernels make it one empty word."""
        pid = os.fork()
        if pid == 0:
            os.close(2)
            none = (ctypes.c_char_p * 1)(None)
            ctypes.CDLL(None).execve(MAILTRUST.encode(), none, none)
            os._exit(99)
        self.assertEqual(os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]), 2)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1])
