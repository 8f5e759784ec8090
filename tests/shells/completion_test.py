#!/usr/bin/env python3
"""Presses TAB in real shells and reads what they offer.

    completion_test.py MAILTRUST SOURCE_DIR [TEST...]

Shells that are not installed are skipped, and said to be.
"""
import os
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

from terminal import Terminal

MAILTRUST, SOURCE = sys.argv[1:3]
SCRIPTS = {"bash": "mailtrust.bash", "zsh": "_mailtrust", "fish": "mailtrust.fish"}

# What is typed, what must be offered or filled in, what must not.
ROWS = [
    ("mailtrust ", ["check", "explain", "spf", "completions"], ["man-options"]),
    ("mailtrust spf ", ["test"], ["explain"]),
    ("mailtrust spf test --", ["--ip", "--sender", "--json"], []),
    ("mailtrust completions ", ["bash", "zsh", "fish"], []),
    ("mailtrust --color ", ["auto", "always", "never"], ["explain"]),
    ("mailtrust explain spf.", ["spf.missing", "spf.too-many-lookups"], ["mx.null"]),
    ("mailtrust --json sp", ["spf"], []),
    # Here --zone is the name of a zone; everywhere else it is a file.
    ("mailtrust list publish --zone READ", [], ["README.md"]),
    ("mailtrust list publish --tsig ", [], ["--json"]),
    # The lists that are in the store.
    ("mailtrust list pause ", ["suppliers"], ["README.md"]),
    ("mailtrust import --list sup", ["suppliers"], []),
    ("mailtrust list diff ", ["suppliers", "README.md"], []),
    ("mailtrust list match --list sup", ["suppliers"], []),
]


FOLDER = tempfile.TemporaryDirectory()
os.environ["MAILTRUST_STORE"] = os.path.join(FOLDER.name, "store.db")
os.environ["PATH"] = os.path.dirname(MAILTRUST) + ":" + os.environ["PATH"]


def setUpModule():
    os.chdir(SOURCE)
    subprocess.run([MAILTRUST, "list", "create", "suppliers", "--allow"], check=True,
                   stdout=subprocess.DEVNULL)


def script(shell):
    return os.path.join(SOURCE, "completions", SCRIPTS[shell])


def known(words):
    """Those of the words that this build of the program knows."""
    text = subprocess.run([MAILTRUST, "--help"], capture_output=True, text=True).stdout
    return [w for w in words if w != "check" or re.search(r"^  check ", text, re.M)]


class Scripts(unittest.TestCase):
    def test_checked_in_scripts_are_current(self):
        for shell in SCRIPTS:
            made = subprocess.run([MAILTRUST, "completions", shell], capture_output=True, check=True)
            with open(script(shell), "rb") as checked_in:
                self.assertEqual(made.stdout, checked_in.read(),
                                 "make them anew: cmake --build BUILD --target completions")

    def test_syntax(self):
        for shell in SCRIPTS:
            if shutil.which(shell):
                subprocess.run([shell, "-n", script(shell)], check=True)

    def test_bash_function_without_a_terminal(self):
        helper = os.path.join(SOURCE, "tests/shells/bash_words.sh")
        for typed, offered, refused in ROWS:
            words = typed.split(" ")
            got = subprocess.run(["bash", helper, script("bash")] + words, capture_output=True,
                                 text=True, check=True).stdout.split()
            self.check(typed, got, offered, refused)

    def check(self, typed, got, offered, refused):
        for word in known(offered):
            self.assertIn(word, got, "%r offers %r" % (typed, got))
        for word in refused:
            self.assertNotIn(word, got, "%r offers %r" % (typed, got))

    @unittest.skipUnless(shutil.which("fish"), "fish is not installed")
    def test_fish(self):
        for typed, offered, refused in ROWS:
            code = "source %s; complete -C '%s'" % (script("fish"), typed)
            out = subprocess.run(["fish", "--no-config", "-c", code], capture_output=True, text=True,
                                 check=True).stdout
            self.check(typed, [line.split("\t")[0] for line in out.splitlines()], offered, refused)


class Tab(unittest.TestCase):
    """Interactive shells: TAB twice, then the line is wiped."""

    def press_tab(self, command, prepare, environment=None):
        with tempfile.TemporaryDirectory() as home:
            env = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm",
                   "MAILTRUST_STORE": os.environ["MAILTRUST_STORE"], "LANG": "C.UTF-8", "COLUMNS": "200", "LINES": "50",
                   "ZDOTDIR": home, **(environment or {})}
            terminal = Terminal(command, env, SOURCE)
            try:
                terminal.type(prepare + "\n")
                terminal.wait_for("READY-42")
                terminal.read()
                for typed, offered, refused in ROWS:
                    terminal.type(typed + "\t\t")
                    got = terminal.words_with(known(offered))
                    for word in known(offered):
                        self.assertIn(word, got, "%s: %r shows %r" % (command[0], typed, got))
                    for word in refused:
                        self.assertNotIn(word, got, "%s: %r shows %r" % (command[0], typed, got))
                    terminal.type("\x03")
                    terminal.read()
            finally:
                terminal.close()

    def test_bash(self):
        self.press_tab(["bash", "--norc", "--noprofile", "-i"],
                       "stty columns 200; bind 'set bell-style none'; source %s; "
                       "echo READY-$((40 + 2))" % script("bash"))

    @unittest.skipUnless(os.path.exists("/usr/share/bash-completion/bash_completion"),
                         "bash-completion is not installed")
    def test_bash_with_the_package(self):
        self.press_tab(["bash", "--norc", "--noprofile", "-i"],
                       "stty columns 200; bind 'set bell-style none'; "
                       "source /usr/share/bash-completion/bash_completion; source %s; "
                       "echo READY-$((40 + 2))" % script("bash"))

    @unittest.skipUnless(shutil.which("zsh"), "zsh is not installed")
    def test_zsh(self):
        self.press_tab(["zsh", "-f", "-i"],
                       "stty columns 200; fpath=(%s $fpath); autoload -Uz compinit; compinit -u -D; "
                       "setopt no_beep no_auto_menu; zstyle ':completion:*' list-packed no; "
                       "PROMPT='> '; echo READY-$((40 + 2))" % os.path.dirname(script("zsh")))


if __name__ == "__main__":
    unittest.main(argv=sys.argv[:1] + sys.argv[3:], verbosity=2)
