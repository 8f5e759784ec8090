#!/usr/bin/env python3
"""lists.py MAILTRUST: every case of the corpus of lists through `list validate`. 77, "skipped", where it is not there."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(os.environ.get("MAILTRUST_SHARED", os.path.join(HERE, "../../../shared")), "corpus/lists")
STATUS = {"ok": 0, "skip": 0, "error": 1}


def rows(name):
    with open(os.path.join(CORPUS, name), encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def validate(mailtrust, octets):
    done = subprocess.run([mailtrust, "list", "validate", "-", "--json"], input=octets, capture_output=True,
                          timeout=60)
    return done.returncode, json.loads(done.stdout)


def line_fault(mailtrust, row):
    status, answer = validate(mailtrust, row["line"].encode() + b"\n")
    found = [note["code"] for note in answer["errors" if row["verdict"] == "error" else "warnings"]]
    wanted = {None: [[]], "*": [[code] for code in found]}.get(row["code"], [[row["code"]]])
    good = status == STATUS[row["verdict"]] and found in wanted and answer["entries"] == (row["verdict"] == "ok")
    return None if good else "%r: exit %d, %s" % (row["line"], status, json.dumps(answer))


def file_fault(mailtrust, row):
    _, answer = validate(mailtrust, row["bytes"].encode("latin-1"))
    for key in ("errors", "warnings"):
        lines = sorted(note["line"] for note in answer[key])
        if row[key] != "any" and lines != row[key]:
            return "%s: %s in lines %s" % (row["name"], key, lines)
    if row["entries"] is not None and row["entries"] != answer["entries"]:
        return "%s: %d entries" % (row["name"], answer["entries"])
    return None


def main():
    mailtrust = sys.argv[1]
    if not os.path.isdir(CORPUS):
        return 77
    faults = [line_fault(mailtrust, row) for row in rows("lines.jsonl")]
    faults += [file_fault(mailtrust, row) for row in rows("files.jsonl")]
    with open(os.path.join(CORPUS, "ipsum-level4.txt"), "rb") as file:
        status, answer = validate(mailtrust, file.read())
    found = (status, answer["entries"], answer["errors"], answer["warnings"])
    faults.append(None if found == (0, 5354, [], []) else "ipsum-level4.txt: %s" % json.dumps(answer)[:500])
    told = [fault for fault in faults if fault]
    print("\n".join(told + ["%d cases, %d failures" % (len(faults), len(told))]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
