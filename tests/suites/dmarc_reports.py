#!/usr/bin/env python3
"""dmarc_reports.py MAILTRUST: every report of the corpus, read through the program.

77, "skipped", where the corpus is not there."""
import datetime
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("MAILTRUST_SHARED", os.path.join(HERE, "../../../shared"))
CORPUS = os.path.join(SHARED, "corpus/dmarc-reports")
ROWS_KEPT = 20


def seconds(value):
    if not isinstance(value, str):
        return value
    return int(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())


def key(row):
    return [str(cell) for cell in row]


def aggregate(answer):
    records = [[record[name] for name in ("source_ip", "count", "disposition", "dkim", "spf", "header_from")]
               for record in answer["records"]]
    auth = [[one["kind"], one["domain"], one["result"]] for record in answer["records"] for one in record["auth"]]
    return {"domain": answer["domain"], "p": answer["policy"]["p"], "sp": answer["policy"]["sp"],
            "record_count": len(records), "message_total": sum(record[1] for record in records),
            "records": sorted(records, key=key), "auth": sorted(auth, key=key)}


def tls(answer):
    return {"policies": [[policy["policy_type"], policy["policy_domain"], policy["success"], policy["failure"],
                          sorted([one["result_type"], one["count"]] for one in policy["failures"])]
                         for policy in answer["policies"]]}


def told(mailtrust, name):
    command = [mailtrust, "tls" if name.startswith("tls/") else "dmarc", "report", "--json", os.path.join(CORPUS, name)]
    done = subprocess.run(command, capture_output=True, text=True, timeout=60)
    answer = json.loads(done.stdout.splitlines()[0])
    common = {"org": answer["org"], "report_id": answer["report_id"], "begin": seconds(answer["begin"]),
              "end": seconds(answer["end"])}
    return {**common, **(tls(answer) if name.startswith("tls/") else aggregate(answer))}


def faults(case, answer):
    for name, value in case["expect"].items():
        got = answer.get(name)
        if name in ("records", "auth"):
            value = sorted(value, key=key)[:ROWS_KEPT]
            got = sorted(got, key=key)[:ROWS_KEPT]
        if got != value:
            yield "%s: %s: expected %s, got %s" % (case["file"], name, json.dumps(value)[:200], json.dumps(got)[:200])


def main():
    mailtrust = sys.argv[1]
    if not os.path.isdir(CORPUS):
        print("no corpus: skipped")
        return 77
    with open(os.path.join(CORPUS, "expect.json"), encoding="utf-8") as file:
        cases = json.load(file)
    wrong = []
    for case in cases:
        found = list(faults(case, told(mailtrust, case["file"])))
        wrong += [case["file"]] if found else []
        print("\n".join(found), end="\n" if found else "")
    print("%d of %d reports as expected" % (len(cases) - len(wrong), len(cases)))
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
