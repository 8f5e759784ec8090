#!/usr/bin/env python3
"""The process around every command: pipes, descriptors, signals, hostile octets, widths.

    process_test.py MAILTRUST
"""
import json
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
import unittest

MAILTRUST = os.path.abspath(sys.argv[1])
ENVIRONMENT = {name: value for name, value in os.environ.items()
               if name == "PATH" or name.endswith("SAN_OPTIONS")}
HOSTILE = "a\x1b[31m\x07\u202egpj\x9b\x7f\\"


def run(*args, **options):
    env = {**ENVIRONMENT, **options.pop("environment", {})}
    return subprocess.run([MAILTRUST, *args], env=env, timeout=30, capture_output=True, **options)


def shell(command, **environment):
    return subprocess.run(["bash", "-c", command], capture_output=True, timeout=30,
                          env={**ENVIRONMENT, "M": MAILTRUST, **environment})


class SilentServer:
    """A DNS server that never answers."""

    def __enter__(self):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.bind(("127.0.0.1", 0))
        return "127.0.0.1:%d" % self.socket.getsockname()[1]

    def __exit__(self, *_):
        self.socket.close()


class Streams(unittest.TestCase):
    def test_closed_pipe_is_quiet_success(self):
        done = shell('yes mx.null | head -n 200000 | "$M" explain --json --input - | head -n 1; '
                     'echo ${PIPESTATUS[2]}')
        self.assertEqual(done.stderr, b"")
        self.assertEqual(done.stdout.splitlines()[-1], b"0")

    def test_full_device(self):
        for args in (["explain", "mx.null"], ["--version"], ["--help"], ["completions", "bash"]):
            with open("/dev/full", "wb") as full:
                done = subprocess.run([MAILTRUST, *args], stdout=full, stderr=subprocess.PIPE,
                                      env=ENVIRONMENT, timeout=30)
            self.assertEqual(done.stderr, b"mailtrust: standard output: cannot be written: "
                                          b"No space left on device\n", args)
            self.assertEqual(done.returncode, 3)

    def test_closed_descriptors(self):
        done = shell('"$M" explain mx.null >&-')
        self.assertEqual(done.returncode, 3)
        self.assertIn(b"cannot be written: Bad file descriptor", done.stderr)
        self.assertEqual(shell('"$M" explain mx.null 2>&-').returncode, 0)
        self.assertEqual(shell('"$M" explain nothing 2>&-').returncode, 2)
        self.assertEqual(shell('"$M" explain mx.null <&-').returncode, 0)
        done = shell('"$M" explain --input - <&-')
        self.assertEqual(done.returncode, 2)
        self.assertIn(b"mailtrust: -: cannot be read: Bad file descriptor", done.stderr)
        self.assertEqual(shell('"$M" explain mx.null <&- >&- 2>&-').returncode, 3)

    def test_lines_come_while_the_input_is_open(self):
        with subprocess.Popen([MAILTRUST, "explain", "--json", "--input", "-"], env=ENVIRONMENT,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(b"mx.null\n")
            process.stdin.flush()
            self.assertIn(b"mx.null", process.stdout.readline())
            process.stdin.close()
            self.assertEqual(process.wait(timeout=10), 0)


class Inputs(unittest.TestCase):
    def test_order_and_errors(self):
        lines = ["mx.null", "# comment", "", "nothing.%d" % 1, "x" * 70000, "spf.missing"] * 200
        done = run("explain", "--json", "--input", "-", "--jobs", "7", input="\n".join(lines).encode())
        got = [json.loads(line) for line in done.stdout.splitlines()]
        wanted = ["mx.null", "nothing.1", "x" * 80, "spf.missing"] * 200
        self.assertEqual([answer["id"][:80] for answer in got], wanted)
        self.assertEqual(done.returncode, 2)
        messages = done.stderr.decode().splitlines()
        self.assertEqual(len(messages), 400)
        self.assertEqual(messages[1], "mailtrust: -:5: line is longer than 64 KiB")

    def test_line_at_the_limit(self):
        for size, told in ((65535, False), (65536, False), (65537, True)):
            done = run("explain", "--input", "-", input=b"x" * size)
            self.assertEqual(b"longer" in done.stderr, told, size)

    def test_messages_are_counted_after_a_thousand(self):
        done = run("explain", "--json", "--input", "-", input=b"nothing\n" * 1500)
        self.assertEqual(len(done.stdout.splitlines()), 1500)
        messages = done.stderr.splitlines()
        self.assertEqual(len(messages), 1001)
        self.assertEqual(messages[-1], b"mailtrust: 500 more messages")

    def test_missing_file_and_directory(self):
        done = run("explain", "--input", "/nonexistent")
        self.assertEqual(done.stderr,
                         b"mailtrust: /nonexistent: cannot be read: No such file or directory\n")
        self.assertEqual(done.returncode, 2)
        with tempfile.TemporaryDirectory() as directory:
            done = run("explain", "--input", directory)
        self.assertIn(b"cannot be read: Is a directory", done.stderr)
        self.assertEqual(done.returncode, 2)

    def test_empty_columns_are_columns(self):
        lines = b"\t\tmail.example\n192.0.2.1\t\t\r\n 192.0.2.1\tu@example \n"
        done = run("spf", "test", "--json", "--input", "-", "--zone", os.devnull, input=lines)
        first, second, third = map(json.loads, done.stdout.splitlines())
        self.assertEqual((first["ip"], first["helo"]), ("", "mail.example"))
        self.assertEqual((second["sender"], second["result"]), ("", "none"))
        self.assertEqual((third["ip"], third["sender"]), ("192.0.2.1", "u@example"))
        self.assertEqual(done.returncode, 2)

    def test_empty_file_names(self):
        for option in ("--zone", "--record-zone", "--input", "--store"):
            done = run("spf", "check", "example.org", option, "")
            self.assertEqual(done.stderr.decode(),
                             'mailtrust: %s: "": expected the name of a file\n' % option)
            self.assertEqual(done.returncode, 2)

    def test_recording_to_standard_output(self):
        done = run("spf", "check", "example.org", "--record-zone", "-")
        self.assertEqual(done.stderr, b'mailtrust: --record-zone: "-": standard output is for the '
                                      b"answers; expected the name of a file\n")
        self.assertEqual(done.returncode, 2)

    def test_memory_does_not_grow(self):
        # A sanitizer keeps what was freed; little of it, please.
        environment = {**ENVIRONMENT, "ASAN_OPTIONS": "quarantine_size_mb=1:thread_local_quarantine_size_kb=0"}

        def peak(count):
            with tempfile.NamedTemporaryFile() as file:
                file.write(b"mx.null\n" * count)
                file.flush()
                script = ("import resource, subprocess, sys; subprocess.run(sys.argv[1:], "
                          "stdout=subprocess.DEVNULL); "
                          "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)")
                return int(subprocess.run(
                    [sys.executable, "-c", script, MAILTRUST, "explain", "--input", file.name],
                    capture_output=True, env=environment, timeout=120, check=True).stdout)
        self.assertLess(peak(40000), peak(4000) + 8192)


class Signals(unittest.TestCase):
    def end_by(self, number, again=False):
        with SilentServer() as server:
            process = subprocess.Popen(
                [MAILTRUST, "spf", "test", "--json", "example.org", "--ip", "192.0.2.1",
                 "--resolver", server, "--timeout", "30s"],
                stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=ENVIRONMENT)
            time.sleep(0.5)
            begin = time.monotonic()
            process.send_signal(number)
            process.communicate(timeout=10)
            self.assertLess(time.monotonic() - begin, 1.0)
            self.assertEqual(process.returncode, -number)

    def test_interrupt_and_termination(self):
        self.end_by(signal.SIGINT)
        self.end_by(signal.SIGTERM)

    def test_what_was_done_is_written(self):
        with subprocess.Popen([MAILTRUST, "explain", "--json", "--input", "-"], env=ENVIRONMENT,
                              stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
            process.stdin.write(b"mx.null\n" * 10)
            process.stdin.flush()
            first = process.stdout.readline()
            time.sleep(0.5)
            process.send_signal(signal.SIGTERM)
            lines = (first + process.stdout.read()).splitlines()
            self.assertEqual(process.wait(timeout=5), -signal.SIGTERM)
        self.assertEqual(len(lines), 10)
        for line in lines:
            json.loads(line)

    def test_nobody_reads_the_output(self):
        """A full pipe does not hold up the end."""
        read, write = os.pipe()
        process = subprocess.Popen([MAILTRUST, "explain", "--json", "--input", "-"], env=ENVIRONMENT,
                                   stdin=subprocess.PIPE, stdout=write)
        os.close(write)
        process.stdin.write(b"mx.null\n" * 2000)
        process.stdin.flush()
        time.sleep(0.5)
        begin = time.monotonic()
        process.send_signal(signal.SIGINT)
        self.assertEqual(process.wait(timeout=5), -signal.SIGINT)
        self.assertLess(time.monotonic() - begin, 1.0)
        process.stdin.close()
        os.close(read)


class Screens(unittest.TestCase):
    def test_hostile_octets_are_escaped_everywhere(self):
        raw = HOSTILE.encode() + b"\xff"
        for args in (["explain", raw], ["explain", "--json", raw], [raw], ["spf", raw],
                     ["--" + HOSTILE], ["--zone", raw, "spf", "test", "x.example", "--ip", "::1"],
                     ["--input", raw, "explain"], ["--timeout", raw, "explain", "x"],
                     ["--record-zone", raw, "explain", raw], ["--color", raw, "explain", "x"],
                     ["--resolver", raw, "explain", "x"], ["--at", raw, "explain", "x"],
                     ["spf", "test", raw, "--ip", "192.0.2.1", "--zone", "/dev/null"],
                     ["spf", "test", raw, "--ip", "192.0.2.1", "--zone", "/dev/null", "--json"]):
            with tempfile.TemporaryDirectory() as directory:  # of --record-zone
                done = run(*args, cwd=directory)
            for stream in (done.stdout, done.stderr):
                text = stream.decode("utf-8")  # fails unless it is UTF-8
                for character in "\x1b\x07\u202e\x9b\x7f":
                    self.assertNotIn(character, text, args)

    def test_widths(self):
        for width in (40, 80, 200):
            for args in (["explain", "spf.too-many-lookups"], ["--help"], ["explain", "--help"]):
                text = run(*args, environment={"COLUMNS": str(width)}).stdout.decode()
                pasted = [line for line in text.splitlines() if line.startswith("    ")]
                for line in text.splitlines():
                    if line not in pasted or "help" in args[-1]:
                        self.assertLessEqual(len(line), width, (args, line))

    def test_colour(self):
        def has_colour(*args, **environment):
            return b"\x1b[" in run("explain", "mx.null", *args, environment=environment).stdout
        self.assertFalse(has_colour())
        self.assertTrue(has_colour("--color", "always"))
        self.assertTrue(has_colour("--color", "always", NO_COLOR="1"))
        self.assertFalse(has_colour("--color", "never"))

    def test_progress(self):
        with SilentServer() as server:
            args = ["spf", "test", "example.org", "--ip", "192.0.2.1", "--resolver", server,
                    "--timeout", "800ms"]
            self.assertNotIn(b"\r", run(*args).stderr)
            done = run("--progress", "always", *args)
        self.assertIn(b"0% 0 done", done.stderr)
        self.assertTrue(done.stderr.endswith(b"\r\x1b[K"), done.stderr)


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1], verbosity=2)
