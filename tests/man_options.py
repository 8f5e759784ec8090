#!/usr/bin/env python3
"""Are the option tables of the man pages those of the program?

    man_options.py --mailtrust PATH [--update] MAN_DIR

A page's table stands between `.\\" options of "COMMAND", made by ...` and `.\\" end of options`.
Every command needs a page. --update writes the tables anew.
"""
import argparse
import glob
import os
import re
import subprocess
import sys

TABLE = re.compile(r'(\.\\" options of "([^"]*)"[^\n]*\n)(.*?)(\.\\" end of options\n)', re.S)


def table(mailtrust, command):
    made = subprocess.run([mailtrust, "man-options", command], capture_output=True, text=True)
    return made.stdout if made.returncode == 0 else None


def commands(mailtrust):
    text = subprocess.run([mailtrust, "--help"], capture_output=True, text=True,
                          env={**os.environ, "COLUMNS": "200"}).stdout
    listed = text.split("Commands:\n")[1].split("\n\n")[0]
    return [re.split(r"  +", line.strip())[0] for line in listed.splitlines()]


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mailtrust", required=True)
    parser.add_argument("--update", action="store_true")
    parser.add_argument("directory")
    options = parser.parse_args()
    faults = []
    for command in commands(options.mailtrust):
        page = os.path.join(options.directory, "mailtrust-%s.1" % command.replace(" ", "-"))
        if not os.path.exists(page):
            faults.append("%s: missing" % page)
    for page in sorted(glob.glob(os.path.join(options.directory, "*.1"))):
        with open(page, encoding="utf-8") as file:
            text = file.read()
        found = TABLE.search(text)
        if not found:
            faults.append("%s: no place for the options" % page)
            continue
        made = table(options.mailtrust, found.group(2))
        if made is None:
            faults.append("%s: there is no command %r" % (page, found.group(2)))
        elif made != found.group(3) and options.update:
            with open(page, "w", encoding="utf-8") as file:
                file.write(text[:found.start(3)] + made + text[found.end(3):])
        elif made != found.group(3):
            faults.append("%s: other options than the program's: build the target man" % page)
    print("\n".join(faults))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
