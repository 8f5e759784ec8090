#!/usr/bin/env python3
"""SIGINT and SIGTERM at any moment: gone within a second by that signal, the store whole, finished answers whole lines.

    signals_test.py MAILTRUST [--runs N] [--seed N]

--runs: how often each run is ended, after a random time.
"""
import argparse
import contextlib
import json
import os
import random
import select
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time

import surroundings

LATEST = 0.3  # seconds; when the signal comes
BOUND = 3.0   # a second as promised, and a machine that is busy
LINES = 60000
MANY = 300000  # enough for the signal to come in the middle
PIPE = 60000    # what a pipe takes while nobody reads


class Scene:
    """Something that takes long. `words` are run in `folder`; `stdin` is what it reads, `slow` whether stdout is hardly
    read."""

    def __init__(self, name, words, stdin=None, slow=False):
        self.name, self.words, self.stdin, self.slow = name, words, stdin, slow


@contextlib.contextmanager
def silent_servers():
    """Ports that take a question or a connection and say nothing."""
    with socket.socket(type=socket.SOCK_DGRAM) as udp, socket.create_server(("127.0.0.1", 0)) as tcp:
        udp.bind(("127.0.0.1", 0))
        yield "127.0.0.1:%d" % udp.getsockname()[1], "127.0.0.1:%d" % tcp.getsockname()[1]


def write(folder, name, text):
    with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
        file.write(text)


def prepare(mailtrust, folder):
    write(folder, "domains", "".join("example%d.org\n" % number for number in range(300)))
    write(folder, "list", "".join("10.%d.%d.0/24;entry\n" % divmod(number, 256) for number in range(LINES)))
    write(folder, "many", "".join("10.%d.%d.%d;entry\n" % (number >> 16, number >> 8 & 255, number & 255)
                                  for number in range(MANY)))
    write(folder, "log", "from 10.1.2.3 and some more of the line\n" * LINES)
    write(folder, "message", "From: a@b.example\n\nHi\n")
    write(folder, "key", "hmac-sha256:publisher:bm90IGEgc2VjcmV0LCBvbmx5IGZvciB0ZXN0cw==\n")
    write(folder, "few", "192.0.2.1\n")
    os.mkfifo(os.path.join(folder, "fifo"))
    subprocess.run([mailtrust, *"import few --list kept --deny --store store.db".split()], cwd=folder, check=True,
                   stdout=subprocess.DEVNULL)


def scenes(udp, tcp):
    waits = " --timeout 60s"
    yield Scene("DNS that is silent", "spf check --json --input domains --resolver " + udp + waits)
    yield Scene("a record of that DNS", "spf check a.example --record-zone recorded --resolver " + udp + waits)
    yield Scene("a web server that is silent", "abuse --json 192.0.2.1 --no-cache --zone /dev/null "
                "--rdap-base http://%s/ --whois-server %s" % (tcp, tcp) + waits)
    yield Scene("a primary that is silent", "list publish kept --store store.db --zone bl.example.org --tsig key "
                "--server " + tcp + waits)
    yield Scene("an import", "import many --list kept --deny --store store.db")
    yield Scene("answers nobody takes", "explain --json --input - --jobs 3", stdin=b"mx.null\n" * 100, slow=True)
    yield Scene("matches nobody takes", "list match --list list log --json", slow=True)
    yield Scene("a pipe where nothing comes", "verify - --zone /dev/null", stdin=b"Subject: ")
    yield Scene("a list that does not end", "list validate -", stdin=b"192.0.2.1\n" * 9)
    yield Scene("a FIFO that nobody opens", "received fifo message")
    yield Scene("a zone in a FIFO", "check example.org --zone fifo")


class Ended:
    """One run, ended by a signal after a while."""

    def __init__(self, mailtrust, scene, folder, number, delay):
        stdin = subprocess.PIPE if scene.stdin is not None else subprocess.DEVNULL
        process = subprocess.Popen([mailtrust, *scene.words.split()], cwd=folder, env=surroundings.environment(folder),
                                   stdin=stdin, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        if scene.stdin is not None:
            process.stdin.write(scene.stdin)
            process.stdin.flush()
        begin = time.monotonic()
        reader = threading.Thread(target=self.read, args=(process.stdout, begin + delay + 1 if scene.slow else 0))
        reader.start()
        time.sleep(delay)
        self.was_running = process.poll() is None
        sent = time.monotonic()
        process.send_signal(number)
        self.status = process.wait(timeout=60)
        self.seconds = time.monotonic() - sent
        if scene.stdin is not None:
            process.stdin.close()
        self.errors = process.stderr.read()
        reader.join()
        process.stdout.close()
        process.stderr.close()

    def read(self, stdout, begin):
        time.sleep(max(begin - time.monotonic(), 0))
        self.output = stdout.read()


def faults_of_store(folder):
    with contextlib.closing(sqlite3.connect(os.path.join(folder, "store.db"))) as store:
        if store.execute("PRAGMA integrity_check").fetchall() != [("ok",)]:
            return "the store is damaged"
        count = store.execute("SELECT count(*) FROM entry").fetchone()[0]
    return None if count in (1, LINES + 1) else "%d entries in the store" % count


def faults(scene, ended, number, folder):
    finished = not ended.was_running and ended.status in (0, 1, 2, 3)
    if ended.status != -number and not finished:
        # Between the last answer and the signal it may have come to its end.
        if ended.status not in (0, 1, 2, 3) or ended.seconds > BOUND or "silent" in scene.name:
            yield "status %d: %r" % (ended.status, ended.errors[-1000:])
    if ended.seconds > BOUND:
        yield "gone after %.1f s" % ended.seconds
    if "--json" in scene.words and len(ended.output) < PIPE:
        for line in ended.output.splitlines(keepends=True):
            try:
                json.loads(line)
            except ValueError:
                yield "no answer: %r" % line[:200]
        if ended.output and not ended.output.endswith(b"\n"):
            yield "the last line is cut: %r" % ended.output[-200:]
    if "store.db" in scene.words:
        yield faults_of_store(folder)
    if "recorded" in scene.words:
        left = [name for name in os.listdir(folder) if name.startswith(".mailtrust")]
        yield "left behind: %s" % left if left else None


def ignored_signals(mailtrust, folder, words):
    """What the process was started to ignore, as by nohup or by the "&" of a shell, does not end it; what comes after
    that and is not ignored does."""
    for ignored, ending in ((signal.SIGINT, signal.SIGTERM), (signal.SIGTERM, signal.SIGINT),
                            (signal.SIGHUP, signal.SIGINT)):
        process = subprocess.Popen([mailtrust, *words.split()], cwd=folder, env=surroundings.environment(folder),
                                   stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   preexec_fn=lambda number=ignored: signal.signal(number, signal.SIG_IGN))
        time.sleep(LATEST)
        process.send_signal(ignored)
        with contextlib.suppress(subprocess.TimeoutExpired):
            yield "signal %d was ignored and ended it: %d" % (ignored, process.wait(timeout=LATEST))
        process.send_signal(ending)
        status = process.wait(timeout=60)
        yield "status %d instead of signal %d" % (status, ending) if status != -ending else None


def in_the_background(mailtrust, folder, words):
    """A shell without job control starts what stands before "&" with SIGINT ignored."""
    shell = subprocess.Popen(["sh", "-c", '"$@" & echo $!; wait $!', "sh", mailtrust, *words.split()], cwd=folder,
                             env=surroundings.environment(folder), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                             stderr=subprocess.DEVNULL, start_new_session=True)
    number = int(shell.stdout.readline())
    time.sleep(LATEST)
    os.killpg(shell.pid, signal.SIGINT)  # as the terminal does; the shell itself goes
    shell.wait(timeout=60)
    if select.select([shell.stdout], [], [], LATEST)[0]:
        yield "SIGINT ended what a shell had put into the background"
    os.kill(number, signal.SIGTERM)
    shell.stdout.read()  # to its end: the program is gone, too
    shell.stdout.close()


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("mailtrust")
    parser.add_argument("--runs", type=int, default=4)
    parser.add_argument("--seed", type=int, default=random.randrange(1 << 32))
    options = parser.parse_args()
    mailtrust = os.path.abspath(options.mailtrust)
    chance = random.Random(options.seed)
    failures = 0
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder, silent_servers() as (udp, tcp):
        prepare(mailtrust, folder)
        for scene in scenes(udp, tcp):
            statuses = []
            for turn in range(options.runs):
                number = (signal.SIGINT, signal.SIGTERM)[turn % 2]
                delay = chance.uniform(0, LATEST)
                ended = Ended(mailtrust, scene, folder, number, delay)
                statuses.append(ended.status)
                for fault in filter(None, faults(scene, ended, number, folder)):
                    failures += 1
                    print("%s, signal %d after %.3f s: %s" % (scene.name, number, delay, fault))
            print("%s: ended by %s" % (scene.name, statuses))
            if min(statuses) >= 0:
                failures += 1
                print("none of them was ended by the signal: %r" % ended.errors[-1000:])
        waiting = "spf check a.example --timeout 60s --resolver " + udp
        for fault in filter(None, (*ignored_signals(mailtrust, folder, waiting),
                                   *in_the_background(mailtrust, folder, waiting))):
            failures += 1
            print(fault)
    print("seed %d: %d failures" % (options.seed, failures))
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
