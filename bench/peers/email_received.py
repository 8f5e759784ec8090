"""Received fields by Python's email and regular expressions, as scripts do it: a message a line of the list; for each,
what it says of all its hops as a line of JSON. With --header the body is not parsed."""
import json
import re
import sys
from email.parser import BytesHeaderParser, BytesParser
from email.utils import parsedate_to_datetime

CLAUSES = {
    "from": re.compile(r"(?:^|\s)from\s+(\S+)", re.I),
    "by": re.compile(r"(?:^|\s)by\s+(\S+)", re.I),
    "with": re.compile(r"\swith\s+(.+?)(?:\s+id\s|\s+for\s|\s*\(|;|$)", re.I),
    "id": re.compile(r"\sid\s+([^\s;]+)", re.I),
    "for": re.compile(r"\sfor\s+<?([^\s>;]+)", re.I),
    "envelope_from": re.compile(r"envelope-from\s+<?([^\s>)]+)", re.I),
}
PEER = re.compile(r"\((?:([^\s()\[\]]+)\s+)?\[(?:IPv6:)?([0-9a-f.:]+)\]|\(([0-9.]{7,15}|[0-9a-f]*:[0-9a-f:]+)\)|"
                  r"from\s+\[([0-9a-f.:]+)\]\s+\(helo", re.I)
HELO = re.compile(r"helo[= ]([^\s)]+)", re.I)
DATE = re.compile(r";\s*([^;]+)$")


def read(field):
    text = " ".join(field.split())
    hop = {name: match[1] if (match := clause.search(text)) else None for name, clause in CLAUSES.items()}
    peer = PEER.search(text)
    hop["rdns"] = peer[1] if peer else None
    hop["ip"] = (peer[2] or peer[3] or peer[4]) if peer else None
    helo = HELO.search(text)
    hop["helo"] = helo[1] if helo else hop["from"]
    date = DATE.search(text)
    hop["date"] = parsedate_to_datetime(date[1]) if date else None
    return hop


def delays(hops):
    for newer, older in zip(hops, hops[1:]):
        if newer["date"] and older["date"]:
            newer["delay"] = (newer["date"] - older["date"]).total_seconds()


def main():
    parser = (BytesHeaderParser if sys.argv[2:] == ["--header"] else BytesParser)()
    for path in open(sys.argv[1]):
        with open(path.rstrip("\n"), "rb") as message:
            hops = [read(field) for field in parser.parse(message).get_all("Received", [])]
        delays(hops)
        print(json.dumps({"file": path.rstrip("\n"), "hops": hops}, default=str))


main()
