"""What surrounds the program besides its inputs, for the tests that spoil it: folders with what a case reads, and
runs."""
import contextlib
import os
import shlex
import subprocess
import tempfile

import command_cases
from command_cases import plain


def environment(folder):
    names = {"PATH": os.environ["PATH"], "HOME": folder, "LC_ALL": "C.UTF-8"}
    return {**names, **{name: value for name, value in os.environ.items() if name.endswith("SAN_OPTIONS")}}


def words_of(case):
    return [plain(word) for word in case.words]


@contextlib.contextmanager
def prepared(mailtrust, case):
    """A folder in which the case can run."""
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder:
        command_cases.lay_out(case, folder)
        for step in case.before:
            subprocess.run([mailtrust, *map(plain, step)], cwd=folder, env=environment(folder), capture_output=True,
                           stdin=subprocess.DEVNULL, check=True)
        yield folder


def one_of_each():
    """A case of every command that runs without servers, and writes something to stdout."""
    found = {}
    for case in command_cases.cases():
        if not case.servers and "faulty" not in str(case):
            found.setdefault(case.command, case)
    return list(found.values())


def bash(mailtrust, case, folder, redirections, **options):
    """The case run by bash, with redirections, of which `>&-` closes stdout."""
    command = " ".join(map(shlex.quote, [mailtrust, *words_of(case)]))
    return subprocess.run(["bash", "-c", "exec " + command + " " + redirections], cwd=folder, env=environment(folder),
                          capture_output=True, timeout=60, **options)
