#!/usr/bin/env python3
"""Runs transcripts: commands with what they print.

    transcripts.py --mailtrust PATH [--directory DIR] FILE...

A FILE is a transcript or a man page; of a man page the literal displays of EXAMPLES are taken.

    $ mailtrust explain mx.null | head -1
    mx.null
    $ mailtrust explain nothing 2>&1
    mailtrust: "nothing": no such finding
    [exit 2]

`$ ` begins a command for sh, `> ` goes on with it; the lines after it are its output, to the octet. `[exit N]` stands
where the status is not 0, of a pipeline the last command's. Standard error belongs to the output
only where the command says 2>&1; otherwise it must be empty unless the status is not 0. Lines that
begin with `# `, and empty lines between commands, are for the reader.
--update writes what came instead of what was expected.
"""
import argparse
import os
import re
import subprocess
import sys
import tempfile

UNESCAPE = [("\\e", "\\"), ("\\&", ""), ("\\-", "-"), ("\\(aq", "'"), ("\\(dq", '"')]


class Step:
    def __init__(self, place, command, notes):
        self.place, self.command, self.notes, self.expected = place, command, notes, []


def man_lines(lines):
    """The literal displays of EXAMPLES, roff escapes undone; None parts them."""
    inside = display = False
    for number, line in enumerate(lines, 1):
        if line.startswith(".Sh "):
            inside = line == ".Sh EXAMPLES"
        elif inside and line.startswith(".Bd -literal"):
            display = True
        elif line == ".Ed":
            display = False
            yield number, None
        elif display:
            for escape, plain in UNESCAPE:
                line = line.replace(escape, plain)
            yield number, line


def read_steps(path):
    with open(path, encoding="utf-8") as file:
        lines = file.read().splitlines()
    is_man = re.search(r"\.\d$", path) is not None
    numbered = man_lines(lines) if is_man else enumerate(lines, 1)
    steps, current, notes = [], None, []
    for number, line in numbered:
        if line is None:
            current = None
        elif line.startswith("$ "):
            current, notes = Step("%s:%d" % (path, number), line[2:], notes), []
            steps.append(current)
        elif line.startswith("> ") and current is not None and not current.expected:
            current.command += "\n" + line[2:]
        elif line.startswith("# ") and not is_man:
            notes.append(line)
        elif current is not None:
            current.expected.append(line)
        elif line:
            sys.exit("%s:%d: text before the first command" % (path, number))
    for step in steps:
        while step.expected and not step.expected[-1]:
            step.expected.pop()
    return steps


def run(step, environment, directory):
    done = subprocess.run(["sh", "-c", step.command], cwd=directory, env=environment,
                          capture_output=True, timeout=60)
    lines = done.stdout.decode("utf-8", "backslashreplace").splitlines()
    while lines and not lines[-1]:
        lines.pop()
    if done.stderr and done.returncode == 0:
        lines += ["[stderr] " + line for line in done.stderr.decode().splitlines()]
    if done.returncode != 0:
        lines.append("[exit %d]" % done.returncode)
    return lines


def environment_for(mailtrust, home):
    """The same on every machine: 80 columns, no colours, ASCII."""
    bin_directory = os.path.join(home, "bin")
    os.mkdir(bin_directory)
    os.symlink(os.path.abspath(mailtrust), os.path.join(bin_directory, "mailtrust"))
    keep = {name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}
    return {"PATH": bin_directory + ":/usr/bin:/bin", "HOME": home, "LC_ALL": "C", "TZ": "UTC",
            "COLUMNS": "80", "MAILTRUST_STORE": os.path.join(home, "store.db"), **keep}


def update(path, steps_and_output):
    """Transcripts only: man pages are written by hand."""
    body = ["\n".join(step.notes + ["$ " + step.command.replace("\n", "\n> ")] + output)
            for step, output in steps_and_output]
    with open(path, "w", encoding="utf-8") as file:
        file.write("\n".join(body) + "\n")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mailtrust", required=True)
    parser.add_argument("--directory", default=".")
    parser.add_argument("--update", action="store_true")
    parser.add_argument("files", nargs="*")
    options = parser.parse_args()
    count = failures = 0
    with tempfile.TemporaryDirectory() as home:
        environment = environment_for(options.mailtrust, home)
        for path in options.files:
            done = []
            for step in read_steps(path):
                output = run(step, environment, options.directory)
                done.append((step, output))
                count += 1
                if output == step.expected or options.update:
                    continue
                failures += 1
                print("%s: $ %s" % (step.place, step.command))
                print("".join("  - %s\n" % line for line in step.expected) +
                      "".join("  + %s\n" % line for line in output))
            if options.update and not path.endswith(".1"):
                update(path, done)
    print("%d commands, %d with other output than expected" % (count, failures))
    return 1 if failures or (options.files and not count) else 0


if __name__ == "__main__":
    sys.exit(main())
