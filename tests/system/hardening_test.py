#!/usr/bin/env python3
"""The program as it is installed: what the linker was told, and what the kernel holds a running one to.

    hardening_test.py MAILTRUST
"""
import os
import re
import resource
import signal
import subprocess
import sys
import tempfile
import unittest

MAILTRUST = os.path.abspath(sys.argv.pop(1))
KEPT = {name: value for name, value in os.environ.items() if name == "PATH"}
MAIL = (b"Return-Path: <cheap@spam.example>\n"
        b"Received: from mail.spam.example (mail.spam.example [192.0.2.7])\n\tby mx.example.org (Postfix) with ESMTP id ABC\n"
        b"\tfor <ann@example.org>; Sun, 22 Nov 2026 08:40:37 +0100 (CET)\n"
        b"From: <cheap@spam.example>\nTo: <ann@example.org>\nMessage-ID: <1@spam.example>\n\nBuy now\n")


def readelf(*options):
    return subprocess.run(["readelf", "-W", *options, MAILTRUST], capture_output=True, text=True, check=True).stdout


def status(pid):
    with open("/proc/%s/status" % pid, encoding="ascii") as file:
        return dict(re.findall(r"^(\w+):\s*(\d+)", file.read(), re.M))


class Linked(unittest.TestCase):
    def test_dynamic_section(self):
        text = readelf("-d")
        self.assertRegex(text, r"FLAGS_1.*\bNOW\b.*\bPIE\b")
        self.assertRegex(text, r"\(FLAGS\).*BIND_NOW")
        for unwanted in ("TEXTREL", "RPATH", "RUNPATH"):
            self.assertNotIn(unwanted, text)

    def test_segments(self):
        segments = re.findall(r"^  (\w+) +(?:0x\w+ ){5}([RWE ]{3})", readelf("-l"), re.M)
        flags = dict(segments)
        self.assertIn("GNU_RELRO", flags)
        self.assertEqual(flags["GNU_STACK"].strip(), "RW")
        loaded = [flag for name, flag in segments if name == "LOAD"]
        self.assertIn("R E", loaded)
        self.assertFalse([flag for flag in loaded if "W" in flag and "E" in flag])
        # Code shares no page with data: constants are in a segment of their own.
        self.assertIn("R  ", loaded)

    def test_checks(self):
        symbols = readelf("--dyn-syms")
        self.assertIn("__stack_chk_fail", symbols)
        self.assertRegex(symbols, r"__(memcpy|memmove|memset|realpath)_chk")
        with open(MAILTRUST, "rb") as file:
            self.assertIn(b"__n < this->size()", file.read(), "no assertions of the standard library")


class Running(unittest.TestCase):
    def start(self, **options):
        """One that has answered once and waits for more to do."""
        process = subprocess.Popen([MAILTRUST, "explain", "--json", "--input", "-"], env=KEPT, stdin=subprocess.PIPE,
                                   stdout=subprocess.PIPE, **options)
        self.addCleanup(process.wait)
        self.addCleanup(process.stdout.close)
        self.addCleanup(process.stdin.close)
        process.stdin.write(b"mx.null\n")
        process.stdin.flush()
        self.assertIn(b"mx.null", process.stdout.readline())
        return process

    def test_is_confined(self):
        process = self.start()
        tasks = os.listdir("/proc/%d/task" % process.pid)
        self.assertGreater(len(tasks), 1)
        for task in tasks:
            held = status("%d/task/%s" % (process.pid, task))
            self.assertEqual(held["NoNewPrivs"], "1")
            if "Seccomp" in status("self"):
                self.assertEqual(held["Seccomp"], "2")

    def test_leaves_no_core(self):
        with tempfile.TemporaryDirectory() as folder:
            process = self.start(cwd=folder, preexec_fn=lambda: resource.setrlimit(
                resource.RLIMIT_CORE, (resource.getrlimit(resource.RLIMIT_CORE)[1],) * 2))
            with open("/proc/%d/limits" % process.pid, encoding="ascii") as file:
                self.assertRegex(file.read(), r"Max core file size +0 +0")
            process.send_signal(signal.SIGSEGV)
            _, ended = os.waitpid(process.pid, 0)
            process.returncode = -os.WTERMSIG(ended)
            self.assertFalse(os.WCOREDUMP(ended))
            self.assertEqual(os.listdir(folder), [])

    def test_program_that_sends_is_free(self):
        with tempfile.TemporaryDirectory() as folder:
            sendmail, taken, mail = (os.path.join(folder, name) for name in ("sendmail", "taken", "mail"))
            with open(sendmail, "w", encoding="ascii") as file:
                file.write("#!/bin/sh\ncat /proc/self/status > %s\ncat > /dev/null\n" % taken)
            os.chmod(sendmail, 0o700)
            with open(mail, "wb") as file:
                file.write(MAIL)
            subprocess.run([MAILTRUST, "abuse", "report", "--send", "--sendmail", sendmail, "--from", "desk@example.org",
                            "--to", "abuse@isp.example", "--no-cache", "--zone", os.devnull, mail],
                           env={**KEPT, "HOME": folder, "MAILTRUST_STORE": os.path.join(folder, "store.db")},
                           check=True, timeout=60, stdout=subprocess.DEVNULL)
            with open(taken, encoding="ascii") as file:
                held = dict(re.findall(r"^(\w+):\s*(\d+)", file.read(), re.M))
            self.assertEqual(held["NoNewPrivs"], status("self")["NoNewPrivs"])
            self.assertEqual(held.get("Seccomp"), status("self").get("Seccomp"))


if __name__ == "__main__":
    unittest.main()
