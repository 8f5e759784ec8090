#!/usr/bin/env python3
"""verify_limits_test.py MAILTRUST [--peak MIB]: `verify` on input without measure.

Each ends in bounded time, with a verdict or with exit status 2 and a message that names the limit. With --peak
the memory of each run is held against that many MiB (sanitizers need more, so only for the program installed).
This script stays small itself: what a child is charged with begins with the memory of who started it.
"""
import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
import unittest

MAILTRUST = ""
PEAK = None
LONGEST = 60  # seconds for one run; a build with sanitizers on a busy machine is slow

MIB = 1 << 20
HEADER = b"From: a@example.org\r\nTo: b@example.org\r\nSubject: x\r\nDate: Sun, 22 Nov 2026 04:00:00 +0000\r\n"
LINE = b"0123456789 and so on, and so on, and so on, and so on, and so on, and more\r\n"
SIGNATURE = (b"DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=example.org; s=s%d; h=from;\r\n"
             b"\tbh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=; b=AAAA\r\n")


class Run:
    def __init__(self, status, out, err, peak, seconds, taken):
        self.status, self.out, self.err, self.peak, self.seconds, self.taken = status, out, err, peak, seconds, taken


def feed(process, pieces, taken):
    """Writes until all is written, or nobody reads any more."""
    try:
        for piece in pieces:
            process.stdin.write(piece)
            taken[0] += len(piece)
    except BrokenPipeError:
        pass
    try:
        process.stdin.close()
    except BrokenPipeError:
        pass


def verify(pieces, *options):
    """`mailtrust verify -` on a stream of pieces."""
    with tempfile.TemporaryDirectory() as folder, tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        zone = folder + "/zone"
        with open(zone, "w") as file:
            file.write('$ORIGIN example.org.\n$TTL 60\n@ IN TXT "v=spf1 -all"\n')
        start = time.monotonic()
        process = subprocess.Popen([MAILTRUST, "verify", "--json", "--zone", zone, *options, "-"],
                                   stdin=subprocess.PIPE, stdout=out, stderr=err)
        taken = [0]
        writer = threading.Thread(target=feed, args=(process, pieces, taken))
        writer.start()
        killer = threading.Timer(LONGEST, process.kill)
        killer.start()
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.monotonic() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        killer.cancel()
        writer.join()
        out.seek(0)
        err.seek(0)
        return Run(process.returncode, out.read().decode(), err.read().decode(), usage.ru_maxrss / 1024, seconds,
                   taken[0])


def repeated(piece, octets):
    """`octets` of the piece again and again."""
    block = piece * (65536 // len(piece))
    while octets > 0:
        yield block[:octets]
        octets -= len(block)


def message(*parts):
    for part in parts:
        yield from ([part] if isinstance(part, bytes) else part)


def nested(depth):
    lines = [b"Content-Type: multipart/mixed; boundary=b0\r\n\r\n"]
    for i in range(depth):
        lines.append(b"--b%d\r\nContent-Type: multipart/mixed; boundary=b%d\r\n\r\n" % (i, i + 1))
    return b"".join(lines)


class VerifyLimitsTest(unittest.TestCase):
    def bounded(self, run):
        self.assertLess(run.seconds, LONGEST)
        self.assertGreaterEqual(run.status, 0, "ended by signal %d" % -run.status)
        if PEAK:
            self.assertLess(run.peak, PEAK, "MiB at most")

    def judged(self, run):
        self.bounded(run)
        self.assertIn(run.status, (0, 1), run.err)
        self.assertEqual(run.err, "")
        return json.loads(run.out)

    def refused(self, run, limit):
        self.bounded(run)
        self.assertEqual(run.status, 2, run.err)
        self.assertIn(limit, run.err)
        self.assertEqual(run.err.count("\n"), 1, run.err)
        answer = json.loads(run.out)
        self.assertEqual(answer["error"]["kind"], "input")
        self.assertIn(limit, answer["error"]["message"])

    def test_header_fields(self):
        for count, good in ((9996, True), (9997, False), (200_000, False)):
            with self.subTest(count=count):
                fields = (b"X-Field: %d\r\n" % i for i in range(count))
                run = verify(message(HEADER, fields, b"\r\nbody\r\n"))
                self.judged(run) if good else self.refused(run, "10,000")

    def test_header_lines_of_one_field(self):
        fold = b"\tline\r\n"
        run = verify(message(HEADER, b"X-Folded: x\r\n", repeated(fold, 200_000 * len(fold)), b"\r\nbody\r\n"))
        self.refused(run, "256 KiB")

    def test_one_field(self):
        for octets, good in ((256 * 1024, True), (256 * 1024 + 1, False)):
            with self.subTest(octets=octets):
                field = b"X-Long: " + b"x" * (octets - 10) + b"\r\n"
                run = verify(message(HEADER, field, b"\r\nbody\r\n"))
                self.judged(run) if good else self.refused(run, "256 KiB")

    def test_whole_header(self):
        field = b"X-Long: " + b"x" * 99_990 + b"\r\n"
        self.refused(verify(message(HEADER, (field for _ in range(50)), b"\r\nbody\r\n")), "4 MiB")

    def test_header_without_end(self):
        self.refused(verify(repeated(b"x", 10 << 30)), "256 KiB")

    def test_signatures(self):
        signatures = b"".join(SIGNATURE % i for i in range(100))
        answer = self.judged(verify(message(signatures, HEADER, b"\r\nbody\r\n")))
        self.assertEqual(len(answer["dkim"]), 10)
        self.assertTrue([f for f in answer["findings"] if "90" in f["message"]], answer["findings"])

    def test_signatures_of_one_key_and_a_large_body(self):
        """Ten signatures are one pass over the body."""
        signatures = b"".join(SIGNATURE % 0 for _ in range(100))
        self.judged(verify(message(signatures, HEADER, b"\r\n", repeated(LINE, 32 * MIB))))

    def test_nested_mime(self):
        for depth in (100, 10_000):
            with self.subTest(depth=depth):
                self.judged(verify(message(HEADER, nested(depth), b"body\r\n")))

    def test_nested_comments_in_from(self):
        self.judged(verify(message(b"From: " + b"(" * 50_000 + b" a@example.org\r\n\r\nbody\r\n")))

    def test_stream(self):
        run = verify(message(HEADER, b"\r\n", repeated(LINE, 10 << 30)))
        self.refused(run, "64 MiB")
        self.assertLess(run.taken, 66 * MIB, "reading went on behind the limit")

    def test_largest_message(self):
        head = SIGNATURE % 0 + HEADER + b"\r\n"
        for octets, good in ((64 * MIB, True), (64 * MIB + 1, False)):
            with self.subTest(octets=octets):
                run = verify(message(head, repeated(LINE, octets - len(head))))
                self.judged(run) if good else self.refused(run, "64 MiB")

    def test_one_line_body(self):
        head = SIGNATURE % 0 + HEADER + b"\r\n"
        for octet in (b"x", b" ", b"\r", b"\n"):
            with self.subTest(octet=octet):
                self.judged(verify(message(head, repeated(octet, 64 * MIB - len(head)))))

    def test_max_size(self):
        head = HEADER + b"\r\n"
        for octets, good in ((MIB, True), (MIB + 1, False)):
            with self.subTest(octets=octets):
                run = verify(message(head, repeated(LINE, octets - len(head))), "--max-size", "1M")
                self.judged(run) if good else self.refused(run, "1 MiB")


if __name__ == "__main__":
    parser = argparse.ArgumentParser()
    parser.add_argument("mailtrust")
    parser.add_argument("--peak", type=float)
    options, rest = parser.parse_known_args()
    MAILTRUST, PEAK = os.path.abspath(options.mailtrust), options.peak
    unittest.main(argv=[sys.argv[0], *rest])
