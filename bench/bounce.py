#!/usr/bin/env python3
"""`bounce --json` over a directory and an mbox of bounces, beside Sisimai (Perl) over the same, in bounces a CPU-second.

    bench/bounce.py [--mailtrust build/release/cli/mailtrust] [--directory ../shared/corpus/bounces/mail]
                    [--copies 100] [--rounds 3]

The bounces of --directory (default: the given corpus; without it those of examples/) are copied --copies times into a
temporary directory on /dev/shm. Peers take turns; the best of --rounds counts. Prints Markdown."""
import argparse
import os
import shutil
import subprocess
import sys
import tempfile

TOP = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))
SHARED = os.environ.get("MAILTRUST_SHARED", os.path.join(TOP, "../shared"))
SISIMAI = 'use Sisimai; my $v = Sisimai->make($ARGV[0], "delivered" => 1); print scalar(@$v), "\\n";'


def bounces(folder):
    if not os.path.isdir(folder):
        folder = os.path.join(TOP, "examples")
    for name in sorted(os.listdir(folder)):
        if name.endswith(".eml"):
            with open(os.path.join(folder, name), "rb") as file:
                yield name, file.read()


def write(folder, mails, copies):
    """A directory of messages, and the same as one mbox (lines in LF, "From " quoted)."""
    single = os.path.join(folder, "mails")
    os.mkdir(single)
    with open(os.path.join(folder, "mbox"), "wb") as mbox:
        for copy in range(copies):
            for name, octets in mails:
                with open(os.path.join(single, "%05d-%s" % (copy, name)), "wb") as file:
                    file.write(octets)
                lines = octets.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
                if lines[0].startswith(b"From "):
                    lines = lines[1:]
                mbox.write(b"From bounce Fri Nov 20 09:13:02 2026\n")
                mbox.write(b"\n".join(b">" + line if line.startswith(b"From ") else line for line in lines))
                mbox.write(b"\n\n")
    return single, os.path.join(folder, "mbox")


def measure(command, out):
    """CPU seconds and the peak of memory in MiB."""
    with open(out, "wb") as file:
        process = subprocess.Popen(command, stdout=file, stderr=subprocess.DEVNULL)
        _, _, usage = os.wait4(process.pid, 0)
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mailtrust", default="build/release/cli/mailtrust")
    parser.add_argument("--directory", default=os.path.join(SHARED, "corpus/bounces/mail"))
    parser.add_argument("--copies", type=int, default=100)
    parser.add_argument("--rounds", type=int, default=3)
    a = parser.parse_args()
    mails = list(bounces(a.directory))
    with tempfile.TemporaryDirectory(dir="/dev/shm" if os.path.isdir("/dev/shm") else None) as folder:
        single, mbox = write(folder, mails, a.copies)
        share = max(1, a.copies // 10)  # for the slow: enough to forget its start
        few, _ = write(tempfile.mkdtemp(dir=folder), mails, share)
        out = os.path.join(folder, "out")
        runs = [("mailtrust, directory", [a.mailtrust, "bounce", "--json", single], a.copies),
                ("mailtrust, directory, --jobs 1", [a.mailtrust, "bounce", "--json", "--jobs", "1", single], a.copies),
                ("mailtrust, mbox", [a.mailtrust, "bounce", "--json", mbox], a.copies)]
        if shutil.which("perl") and subprocess.run(["perl", "-MSisimai", "-e", "1"], stderr=subprocess.DEVNULL).returncode == 0:
            runs.append(("Sisimai, directory", ["perl", "-e", SISIMAI, few], share))
        best = {}
        for _ in range(a.rounds):
            for name, command, copies in runs:
                seconds, peak = measure(command, out)
                count = copies * len(mails)
                best[name] = max(best.get(name, (0.0, 0.0)), (count / seconds, peak))
        print("%d different bounces, %d copies of each\n" % (len(mails), a.copies))
        print("| run | bounces a CPU-second | us each | peak MiB |")
        print("|---|---|---|---|")
        for name, _, _ in runs:
            rate, peak = best[name]
            print("| %s | %.0f | %.0f | %.0f |" % (name, rate, 1e6 / rate, peak))
    return 0


if __name__ == "__main__":
    sys.exit(main())
