#!/usr/bin/env python3
"""Standard streams as they should not be: closed, full, slow, endless, non-blocking, a file that may not grow.

    streams_test.py MAILTRUST [--part N]

--part N: every Nth command only.
"""
import argparse
import itertools
import os
import resource
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import command_cases
import surroundings

MAILTRUST = ""
CASES = []
FULL = "mailtrust: standard output: cannot be written: "


def execute(case, folder, **options):
    options = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE, **options}
    return subprocess.run([MAILTRUST, *surroundings.words_of(case)], cwd=folder, timeout=60,
                          env=surroundings.environment(folder), **options)


class Descriptors(unittest.TestCase):
    """All eight ways to close some of 0 to 2: no file may get one of these numbers, and the answers stay the same."""

    def test_closed(self):
        for case in CASES:
            with surroundings.prepared(MAILTRUST, case) as folder:
                open_run = execute(case, folder)
            for closed in itertools.product((False, True), repeat=3):
                self.close(case, closed, open_run)

    def close(self, case, closed, open_run):
        names = ["<&-" if closed[0] else "</dev/null", ">&-" if closed[1] else "", "2>&-" if closed[2] else ""]
        with self.subTest(case=str(case), closed=closed), surroundings.prepared(MAILTRUST, case) as folder:
            before = self.contents(folder)
            done = surroundings.bash(MAILTRUST, case, folder, " ".join(names))
            writes = bool(open_run.stdout)
            self.assertEqual(done.returncode, 3 if closed[1] and writes else open_run.returncode, done.stderr)
            if not closed[1]:  # in octets they differ: keys, signatures and names of complaints are new each time
                self.assertEqual(done.stdout.count(b"\n"), open_run.stdout.count(b"\n"))
            # What was there is as it was: nothing that is printed went into a file.
            after = self.contents(folder)
            self.assertEqual({name: after.get(name) for name in before}, before)

    @staticmethod
    def contents(folder):
        contents = {}
        for name in os.listdir(folder):
            with open(os.path.join(folder, name), "rb") as file:
                contents[name] = file.read() if not name.startswith("store.db") else file.read(16)
        return contents


class Output(unittest.TestCase):
    def test_reader_that_is_gone(self):
        for case in CASES:
            with self.subTest(case=str(case)), surroundings.prepared(MAILTRUST, case) as folder:
                expected = execute(case, folder)
            with self.subTest(case=str(case)), surroundings.prepared(MAILTRUST, case) as folder:
                read, write = os.pipe()
                os.close(read)
                done = execute(case, folder, stdout=write)
                os.close(write)
                self.assertEqual(done.returncode, 0 if expected.stdout else expected.returncode)
                self.assertTrue(expected.stderr.startswith(done.stderr), done.stderr)

    def test_full(self):
        for case in CASES:
            with self.subTest(case=str(case)), surroundings.prepared(MAILTRUST, case) as folder, \
                    open("/dev/full", "wb") as full:
                done = execute(case, folder, stdout=full)
                self.assertEqual(done.stderr.decode().splitlines()[-1], FULL + "No space left on device")
                self.assertEqual(done.returncode, 3)

    def test_error_output_that_is_full_or_gone(self):
        for case in CASES:
            with surroundings.prepared(MAILTRUST, case) as folder:
                expected = execute(case, folder)
            with self.subTest(case=str(case)), surroundings.prepared(MAILTRUST, case) as folder, \
                    open("/dev/full", "wb") as full:
                self.assertEqual(execute(case, folder, stderr=full).returncode, expected.returncode)
            with self.subTest(case=str(case)), surroundings.prepared(MAILTRUST, case) as folder:
                read, write = os.pipe()
                os.close(read)
                self.assertEqual(execute(case, folder, stderr=write).returncode, expected.returncode)
                os.close(write)

    def test_file_that_may_not_grow(self):
        """RLIMIT_FSIZE stands for a disk that is full; SIGXFSZ does not end the program."""
        for words, stderr in ((["completions", "bash"], FULL + "File too large\n"),
                              (["explain", "mx.null", "spf.missing"], "")):
            with self.subTest(words=words), tempfile.TemporaryFile() as file:
                done = subprocess.run([MAILTRUST, *words], stdout=file, stderr=subprocess.PIPE, timeout=60,
                                      preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (9000, 9000)))
                self.assertEqual((done.stderr.decode(), done.returncode), (stderr, 3 if stderr else 0))

    def test_files_that_may_not_grow(self):
        """What is written besides stdout: told, and no half file is left."""
        case = next(one for one in command_cases.cases() if one.command == "spf check")
        with surroundings.prepared(MAILTRUST, case) as folder:
            command = [MAILTRUST, *surroundings.words_of(case), "--record-zone", "recorded"]
            done = subprocess.run(command, cwd=folder, capture_output=True, timeout=60,
                                  preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100)))
            self.assertEqual(done.stderr.decode().splitlines()[-1],
                             "mailtrust: recorded: cannot be written: File too large")
            self.assertEqual(done.returncode, 1)  # the answers were whole, and one of them is "no"
            self.assertNotIn("recorded", os.listdir(folder))

    def test_slow_reader(self):
        """An octet at a time: all of it comes, in order."""
        command = [MAILTRUST, "explain", "--json", "mx.null", "spf.missing"]
        whole = subprocess.run(command, capture_output=True, timeout=60, check=True).stdout
        with subprocess.Popen(command, stdout=subprocess.PIPE, bufsize=0) as process:
            octets = b""
            while octet := process.stdout.read(1):
                octets += octet
            self.assertEqual(process.wait(timeout=10), 0)
        self.assertEqual(octets, whole)

    def test_non_blocking_pipes(self):
        """EAGAIN is no failure: neither of stdin, nor of stdout, nor of stderr."""
        lines = b"mx.null\nnothing\n" * 800
        inputs, outputs, errors = os.pipe(), os.pipe(), os.pipe()
        for descriptor in (inputs[0], outputs[1], errors[1]):
            os.set_blocking(descriptor, False)
        with subprocess.Popen([MAILTRUST, "explain", "--json", "--input", "-"], stdin=inputs[0], stdout=outputs[1],
                              stderr=errors[1]) as process:
            for descriptor in (inputs[0], outputs[1], errors[1]):
                os.close(descriptor)
            kept = [[], []]
            readers = [threading.Thread(target=self.drain, args=(end, kept[place]))
                       for place, end in enumerate((outputs[0], errors[0]))]
            time.sleep(0.1)  # nothing is there yet
            with open(inputs[1], "wb", buffering=0) as stdin:
                for start in range(0, len(lines), 1000):
                    stdin.write(lines[start:start + 1000])
            for reader in readers:
                reader.start()
            for reader in readers:
                reader.join()
            self.assertEqual(process.wait(timeout=60), 2)
        self.assertEqual(b"".join(kept[0]).count(b"\n"), 1600)
        self.assertEqual(b"".join(kept[1]).count(b"\n"), 800)

    @staticmethod
    def drain(descriptor, pieces):
        with open(descriptor, "rb", buffering=0) as file:
            while piece := file.read(3000):
                pieces.append(piece)
                time.sleep(0.0005)


# Commands that read stdin, and what is said of one without end: a limit, or that it has no sense.
READERS = {
    "explain --input -": "no end of the line in 64 MiB",
    "verify - --zone /dev/null": "larger than 256 KiB",
    "received -": "larger than 256 KiB",
    "bounce -": "larger than 256 KiB",
    "abuse read -": "larger than 256 KiB",
    "abuse report - --to a@example.org --zone /dev/null": "larger than 256 KiB",
    "bounce report -": "neither mail nor a log",
    "dmarc report -": "the most of one file",
    "tls report -": "the most of one file",
    "spf check example.org --zone -": "limit",
    "dkim sign - -d example.org -s s1 --key key.pem": "limit",
    "list validate -": "no end of the line in 64 MiB",
    "list aggregate -": "no end of the line in 64 MiB",
    "list decide 192.0.2.1 --deny -": "no end of the line in 64 MiB",
    "import - --list x --store store.db": "no end of the line in 64 MiB",
}


class Input(unittest.TestCase):
    def test_without_end(self):
        """/dev/zero is refused at a limit, by a status and a word, and does not fill the memory."""
        case = command_cases.Case("dkim sign", "message.eml", before=[command_cases.KEY])
        for words, told in list(READERS.items())[::PART]:
            with self.subTest(words=words), surroundings.prepared(MAILTRUST, case) as folder, \
                    open("/dev/zero", "rb") as endless:
                done = subprocess.run([MAILTRUST, *words.split()], cwd=folder, env=surroundings.environment(folder),
                                      stdin=endless, capture_output=True, timeout=120)
                self.assertEqual(done.returncode, 2, done.stderr)
                self.assertIn(told, done.stderr.decode())

    def test_closed_directory_terminal(self):
        case = command_cases.Case("dkim sign", "message.eml", before=[command_cases.KEY])
        with surroundings.prepared(MAILTRUST, case) as folder:
            for words in READERS:
                self.refuse(words, folder, os.open(folder, os.O_RDONLY), "Is a directory")
                self.refuse(words, folder, os.open("/dev/null", os.O_WRONLY), "Bad file descriptor")

    def refuse(self, words, folder, descriptor, told):
        with self.subTest(words=words, told=told):
            done = subprocess.run([MAILTRUST, *words.split()], cwd=folder, env=surroundings.environment(folder),
                                  stdin=descriptor, capture_output=True, timeout=60)
            os.close(descriptor)
            self.assertEqual(done.returncode, 2, done.stdout)
            self.assertIn("-: cannot be read: " + told, done.stderr.decode())


PART = 1


def main():
    global MAILTRUST, CASES, PART
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("--part", type=int, default=1)
    options = parser.parse_args()
    MAILTRUST, PART = os.path.abspath(options.mailtrust), options.part
    CASES = surroundings.one_of_each()[::PART]
    unittest.main(argv=sys.argv[:1], verbosity=1)


if __name__ == "__main__":
    main()
