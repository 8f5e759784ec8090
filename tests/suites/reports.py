#!/usr/bin/env python3
"""reports.py MAILTRUST: every report of the corpus, read by `dmarc report` and `tls report`.

77, "skipped", where the corpus is not there."""
import datetime
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("MAILTRUST_SHARED", os.path.join(HERE, "../../../shared"))
CORPUS = os.path.join(SHARED, "corpus/dmarc-reports")


def seconds(moment):
    if isinstance(moment, str) and not moment.isdigit():
        return int(datetime.datetime.fromisoformat(moment.replace("Z", "+00:00")).timestamp())
    return None if moment is None else int(moment)


def lower(value):
    return value.lower() if isinstance(value, str) else value


def read(mailtrust, command, path):
    done = subprocess.run([mailtrust, command, "report", path, "--json", "--zone", "/dev/null"], capture_output=True,
                          text=True, timeout=60)
    if done.returncode not in (0, 1):
        raise ValueError("exit %d: %s" % (done.returncode, done.stderr))
    lines = [json.loads(line) for line in done.stdout.splitlines()]
    if len(lines) != 1:
        raise ValueError("%d reports instead of one" % len(lines))
    return lines[0]


def about(answer):
    return {"org": answer["org"] or None, "report_id": answer["report_id"], "begin": seconds(answer["begin"]),
            "end": seconds(answer["end"])}


def aggregate(answer):
    keys = ("source_ip", "count", "disposition", "dkim", "spf", "header_from")
    rows = [[lower(record[key]) for key in keys] for record in answer["records"]]
    rows.sort(key=lambda row: [str(cell) for cell in row])
    auth = [[result["kind"], result["domain"] or None, result["result"]]
            for record in answer["records"] for result in record["auth"]]
    policy = answer["policy"]
    return {**about(answer), "domain": answer["domain"], "p": policy["p"], "sp": policy["sp"] or None, "records": rows,
            "auth": sorted(auth, key=str), "record_count": len(rows), "message_total": sum(row[1] for row in rows)}


def tls(answer):
    rows = []
    for policy in answer["policies"]:
        failures = [[one["result_type"], one["count"]] for one in policy["failures"]]
        rows.append([policy["policy_type"], policy["policy_domain"], policy["success"], policy["failure"], failures])
    return {**about(answer), "policies": rows}


def faults(expect, got):
    for key, value in expect.items():
        found = got[key]
        if key == "records" and isinstance(value[-1], str):  # "first 20 of ..."
            value, found = value[:-1], found[:len(value) - 1]
        if key == "auth":
            value = sorted(value, key=str)
        if found != value:
            yield "%s: %r, not %r" % (key, found, value)


def main():
    mailtrust = sys.argv[1]
    if not os.path.isdir(CORPUS):
        return 77
    with open(os.path.join(CORPUS, "expect.json"), encoding="utf-8") as file:
        cases = json.load(file)
    told = []
    for case in cases:
        command = "tls" if case["file"].startswith("tls/") else "dmarc"
        try:
            answer = read(mailtrust, command, os.path.join(CORPUS, case["file"]))
            told += ["%s: %s" % (case["file"], fault)
                     for fault in faults(case["expect"], (tls if command == "tls" else aggregate)(answer))]
        except (ValueError, KeyError) as error:
            told.append("%s: %r" % (case["file"], error))
    print("\n".join(told + ["%d reports, %d faults" % (len(cases), len(told))]))
    return 1 if told else 0


if __name__ == "__main__":
    sys.exit(main())
