"""DKIM by dkimpy in a plain loop: a message a line of the list, one result a line."""
import sys

import dkim

for line in open(sys.argv[1]):
    with open(line.rstrip("\n"), "rb") as message:
        try:
            good = dkim.verify(message.read())
        except Exception as fault:  # dkimpy lets those of its libraries through
            good = print(fault, file=sys.stderr)
    print("pass" if good else "fail")
