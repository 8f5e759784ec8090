#!/usr/bin/env python3
"""Postfix reads what `list export` writes, says nothing about it, and answers as the list does."""
import os
import shutil
import subprocess
import sys

from export_lists import (ADDRESSES, LISTED, NAMES, UNLISTED, UNLISTED_SENDERS, Checks, Exports, skip)


def ask(postmap, config, table, keys):
    """What postmap -q - answers, by key, and what it says on stderr."""
    done = subprocess.run([postmap, "-c", config, "-q", "-", table], input="\n".join(keys) + "\n",
                          capture_output=True, text=True, timeout=60)
    return dict(line.split("\t", 1) for line in done.stdout.splitlines()), done.stderr


def check_table(checks, answers, listed, unlisted, wanted):
    for key in listed:
        checks.equal(key, answers.get(key), wanted)
    for key in unlisted:
        checks.equal(key, answers.get(key), None)


def main():
    mailtrust = sys.argv[1]
    postmap = shutil.which("postmap", path=os.environ["PATH"] + ":/usr/sbin")
    if postmap is None:
        skip("there is no postmap")
    checks = Checks()
    with Exports(mailtrust) as exports:
        exports.write("main.cf", "compatibility_level = 3.6\n")
        exports.write("master.cf", "")
        config = exports.folder.name
        for form, verdict, action in [("postfix", "--deny", "REJECT"), ("postfix", "--allow", "OK"),
                                      ("postscreen", "--deny", "reject"), ("postscreen", "--allow", "permit")]:
            table = exports.make(form, ADDRESSES, form, verdict)
            answers, complaints = ask(postmap, config, "cidr:" + table, LISTED + UNLISTED)
            checks.equal(form + " stderr", complaints, "")
            check_table(checks, answers, LISTED, UNLISTED, action)
        for verdict, action in [("--deny", "REJECT"), ("--allow", "OK")]:
            table = exports.make("senders", NAMES, "postfix-hash", verdict)
            domains = [name[1:] for name in NAMES if name.startswith("@")]
            mailboxes = [name for name in NAMES if not name.startswith("@")]
            answers, complaints = ask(postmap, config, "texthash:" + table, domains + mailboxes + UNLISTED_SENDERS)
            checks.equal("texthash stderr", complaints, "")
            check_table(checks, answers, domains + mailboxes, UNLISTED_SENDERS, action)
            for kind in ("hash", "lmdb"):
                made = subprocess.run([postmap, "-c", config, kind + ":" + table], capture_output=True, text=True)
                if kind == "lmdb" and "unsupported dictionary type" in made.stderr:
                    continue
                checks.equal("postmap " + kind, (made.returncode, made.stderr), (0, ""))
                answers, _ = ask(postmap, config, kind + ":" + table, domains + mailboxes + UNLISTED_SENDERS)
                check_table(checks, answers, domains + mailboxes, UNLISTED_SENDERS, action)
        told, complaints = ask(postmap, config, "cidr:" + exports.make("told", ADDRESSES, "postfix", "--deny", "--tell"),
                               ["192.0.2.1"])
        checks.equal("told", (told.get("192.0.2.1"), complaints), ('REJECT " } ; flush ruleset ; #', ""))
    checks.end()


if __name__ == "__main__":
    main()
