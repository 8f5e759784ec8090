#!/usr/bin/env python3
"""match_test.py MAILTRUST [--rounds N]: `list match` and set work as a process, beside grepcidr and iprange.

On logs where both families are spelled plainly the same bytes come out as from grepcidr, and
`list aggregate` prints what iprange does; without the two programs the slow model alone is asked.
"""
import gzip
import ipaddress
import json
import os
import pty
import random
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import unittest

MAILTRUST = ""
ROUNDS = 20  # of random lists beside the slow model


def mailtrust(*arguments, stdin=b""):
    return subprocess.run([MAILTRUST, *arguments], input=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def random_address(rng, members):
    if members and rng.random() < 0.3:
        network = rng.choice(members)
        return str(network[rng.randrange(min(network.num_addresses, 1 << 30))])
    if rng.random() < 0.7:
        return str(ipaddress.IPv4Address(rng.getrandbits(32)))
    return str(ipaddress.IPv6Address(0x20010DB8 << 96 | rng.getrandbits(96)))


def random_networks(rng, count):
    networks = []
    for _ in range(count):
        address = ipaddress.ip_address(random_address(rng, []))
        length = rng.choice((20, 24, 30, 32)) if address.version == 4 else rng.choice((40, 48, 64, 128))
        networks.append(ipaddress.ip_network((address, length), strict=False))
    return networks


def random_log(rng, members, lines):
    """As mail logs are: addresses in brackets, with ports, and much that only looks like one."""
    shapes = ("connect from unknown[{a}]", "{q}: client=mail.example[{a}], sasl_method=PLAIN",
              "{q}: to=<u@example.org>, relay=mx.example[{a}]:25, delay=0.32, delays=0.1/0/0.2/0.03, dsn=2.0.0",
              "warning: hostname h does not resolve to address {a}", "{q}: message-id=<{q}.1.2.3@example.org>",
              "statistics: max connection rate 1/60s for (smtp:{a}) at Nov 22 01:17:28", "version 3.7.11 started",
              "lost connection after DATA from unknown[{a}], previous {b}")
    for i in range(lines):
        text = rng.choice(shapes).format(a=random_address(rng, members), b=random_address(rng, members),
                                         q="%010X" % rng.getrandbits(40))
        yield "Nov 22 %02d:%02d:%02d mx1 postfix/smtpd[%d]: %s\n" % (i // 3600 % 24, i // 60 % 60, i % 60, i, text)


class MatchTest(unittest.TestCase):
    def setUp(self):
        self.folder = tempfile.TemporaryDirectory()
        self.addCleanup(self.folder.cleanup)
        self.rng = random.Random(5)

    def write(self, name, octets):
        path = os.path.join(self.folder.name, name)
        with open(path, "wb") as file:
            file.write(octets if isinstance(octets, bytes) else octets.encode())
        return path

    def list_and_log(self, lines=20000):
        networks = random_networks(self.rng, 500)
        log = "".join(random_log(self.rng, networks, lines))
        return self.write("list", "".join("%s\n" % n for n in networks)), self.write("log", log)

    @unittest.skipUnless(shutil.which("grepcidr"), "no grepcidr")
    def test_same_bytes_as_grepcidr(self):
        for _ in range(max(1, ROUNDS // 6)):
            name, log = self.list_and_log()
            for ours, theirs in (([], []), (["--count"], ["-c"]), (["--invert"], ["-i"])):
                expected = subprocess.run(["grepcidr", *theirs, "-f", name, log], stdout=subprocess.PIPE).stdout
                got = mailtrust("list", "match", "--list", name, *ours, log)
                self.assertTrue(expected)
                self.assertEqual(got.stdout, expected)

    @unittest.skipUnless(shutil.which("iprange"), "no iprange")
    def test_same_prefixes_as_iprange(self):
        networks = [n for n in random_networks(self.rng, 30000) if n.version == 4]
        name = self.write("list", "".join("%s\n" % str(n).replace("/32", "") for n in networks))
        expected = subprocess.run(["iprange", name], stdout=subprocess.PIPE).stdout
        self.assertEqual(mailtrust("list", "aggregate", name).stdout, expected)

    def test_the_same_for_any_number_of_threads_and_any_source(self):
        name, log = self.list_and_log(60000)
        expected = mailtrust("list", "match", "--list", name, "--jobs", "1", log)
        self.assertEqual(expected.returncode, 0)
        with open(log, "rb") as file:
            octets = file.read()
        packed = self.write("log.gz", gzip.compress(octets[:1000000]) + gzip.compress(octets[1000000:]))
        for arguments, stdin in ((["--jobs", "4", log], b""), ([packed], b""), ([], octets), (["-"], octets)):
            self.assertEqual(mailtrust("list", "match", "--list", name, *arguments, stdin=stdin).stdout,
                             expected.stdout)
        twice = mailtrust("list", "match", "--list", name, "--jobs", "3", log, packed)
        self.assertEqual(twice.stdout, expected.stdout * 2)
        told = mailtrust("list", "match", "--list", name, "--json", log)
        lines = octets.decode().splitlines()
        objects = [json.loads(line) for line in told.stdout.splitlines()]
        self.assertEqual(len({o["line"] for o in objects}), expected.stdout.count(b"\n"))
        for found in objects:
            self.assertEqual(found["text"], lines[found["line"] - 1])
            self.assertIn(ipaddress.ip_address(found["address"]), ipaddress.ip_network(found["entry"]))

    def test_json_tells_every_match_once_and_in_order(self):
        name, log = self.list_and_log(60000)  # several pieces
        numbers = {}
        with open(log, encoding="latin-1") as file:
            for number, line in enumerate(file, 1):
                numbers.setdefault(number, line.rstrip("\n"))
        matching = mailtrust("list", "match", "--list", name, "-o", "--jobs", "1", log).stdout.decode().split("\n")[:-1]
        self.assertGreater(len(matching), 1000)
        for jobs in ("1", "2", "5"):
            got = mailtrust("list", "match", "--list", name, "--json", "--jobs", jobs, log).stdout.decode()
            answers = [json.loads(line) for line in got.splitlines()]
            self.assertEqual([answer["address"] for answer in answers], matching)
            self.assertEqual([answer["text"] for answer in answers], [numbers[answer["line"]] for answer in answers])

    def test_memory_and_long_lines(self):
        name = self.write("list", "192.0.2.1\n")
        process = subprocess.Popen([MAILTRUST, "list", "match", "--list", name, "--count"], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE)
        for text in (b"a" * 1000000, b" 192.0.2.1 ", b"b" * 1000000):
            for _ in range(1 if b"." in text else 80):
                process.stdin.write(text)
        process.stdin.flush()
        with open("/proc/%d/status" % process.pid) as status:
            peak = [int(line.split()[1]) for line in status if line.startswith("VmHWM")][0]
        out, _ = process.communicate(b"\n192.0.2.1\n")
        self.assertEqual((process.returncode, out), (0, b"2\n"))
        with open(MAILTRUST, "rb") as binary:
            sanitized = re.search(b"__[at]san_", binary.read())
        if not sanitized:
            self.assertLess(peak, 64 * 1024)

    def test_quiet_stops_at_the_first_match(self):
        name = self.write("list", "192.0.2.1\n")
        process = subprocess.Popen([MAILTRUST, "list", "match", "-q", "--list", name], stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE)
        process.stdin.write(b"nothing here\nfrom 192.0.2.1\n")
        process.stdin.flush()
        try:
            self.assertEqual(process.wait(timeout=20), 0)  # though standard input stays open
        finally:
            process.kill()
            process.stdin.close()
        self.assertEqual(process.stdout.read(), b"")
        process.stdout.close()

    def test_a_screen_gets_lines_at_once_and_safe(self):
        name = self.write("list", "192.0.2.1\n")
        screen, terminal = pty.openpty()
        process = subprocess.Popen([MAILTRUST, "list", "match", "--list", name], stdin=subprocess.PIPE, stdout=terminal)
        os.close(terminal)
        process.stdin.write(b"\tfrom 192.0.2.1 \x1b[2J\xff \\\n")
        process.stdin.flush()
        got = os.read(screen, 1000)  # though more may come
        process.stdin.close()
        self.assertEqual(process.wait(timeout=20), 0)
        os.close(screen)
        self.assertEqual(got, b"\tfrom 192.0.2.1 \\x1b[2J\\xff \\\r\n")

    def test_the_end_of_a_file_without_a_line_feed(self):
        name = self.write("list", "192.0.2.1\n")
        first, second = self.write("1", "a 192.0.2.1"), self.write("2", "b 192.0.2.1\r\nc\nd\0 192.0.2.1")
        self.assertEqual(mailtrust("list", "match", "--list", name, first, second).stdout,
                         b"a 192.0.2.1\nb 192.0.2.1\r\nd\0 192.0.2.1")

    def test_set_work_is_that_of_the_slow_model(self):
        for _ in range(ROUNDS):
            parts = [random_networks(self.rng, 60) for _ in range(2)]
            near = ipaddress.ip_network("192.0.2.0/24")
            for part in parts:
                part += [ipaddress.ip_network((near[self.rng.randrange(256)], self.rng.randrange(24, 33)), strict=False)
                         for _ in range(40)]
            parts[1] += self.rng.sample(parts[0], 30)
            names = [self.write("part%d" % i, "".join("%s\n" % n for n in part)) for i, part in enumerate(parts)]
            held = [set(parts[i]) for i in range(2)]
            samples = [n[0] for part in parts for n in part] + [n[-1] for part in parts for n in part] + list(near)

            def within(address, networks):
                return any(address in n for n in networks if n.version == address.version)

            for command, rule in (("aggregate", lambda a, b: a or b), ("intersect", lambda a, b: a and b),
                                  ("subtract", lambda a, b: a and not b)):
                got = mailtrust("list", command, *names)
                self.assertEqual((got.returncode, got.stderr), (0, b""))
                networks = [ipaddress.ip_network(line) for line in got.stdout.decode().split()]
                for version in (4, 6):
                    same = [n for n in networks if n.version == version]
                    self.assertEqual(same, list(ipaddress.collapse_addresses(same)))
                for sample in samples:
                    expected = rule(within(sample, held[0]), within(sample, held[1]))
                    self.assertEqual(within(sample, networks), expected, (command, sample))
            got = json.loads(mailtrust("list", "diff", *names, "--json").stdout)
            self.assertEqual(got["removed"], mailtrust("list", "subtract", *names).stdout.decode().split())
            self.assertEqual(got["added"], mailtrust("list", "subtract", *names[::-1]).stdout.decode().split())

    def test_messages_have_a_limit(self):
        name = self.write("list", "192.0.2.256\n" * 1500)
        got = mailtrust("list", "aggregate", name)
        self.assertEqual((got.returncode, got.stdout), (2, b""))
        lines = got.stderr.decode().splitlines()
        self.assertEqual(len(lines), 1001)
        self.assertIn(":1000:", lines[999])
        self.assertIn("501 more", lines[1000])

    def test_stdout_that_cannot_be_written_or_is_closed(self):
        name, log = self.list_and_log()
        with open("/dev/full", "wb") as full:
            got = subprocess.run([MAILTRUST, "list", "match", "--list", name, log], stdout=full, stderr=subprocess.PIPE)
        self.assertEqual(got.returncode, 3)
        self.assertIn(b"standard output", got.stderr)
        shell = subprocess.run("%s list match --list %s %s | head -1" % (MAILTRUST, name, log), shell=True,
                               stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.assertEqual(shell.stderr, b"")


if __name__ == "__main__":
    MAILTRUST = os.path.abspath(sys.argv.pop(1))
    if "--rounds" in sys.argv:
        at = sys.argv.index("--rounds")
        ROUNDS = int(sys.argv[at + 1])
        del sys.argv[at:at + 2]
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    unittest.main()
