#!/usr/bin/env python3
"""bounces.py MAILTRUST [--directory DIR] [--floor 95] [--precision 99]

Every bounce of the corpus in DIR (mail/, expect.jsonl, replies.tsv) as `bounce --json` reads it, beside what it must be
read as. Prints each that is read otherwise and the figures. 77, "skipped", where the corpus is not there.

A mail is right when each expected recipient is there, with an accepted type, family, reason and (where the mail has a
code of its own) status, and no recipient beyond those. Hard-bounce precision: of the recipients that are called hard,
how many may be."""
import argparse
import collections
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
SHARED = os.environ.get("MAILTRUST_SHARED", os.path.join(HERE, "../../../shared"))

# What a reply's category says of the family of its reason. Where it names the sender, the content or a limit the
# families of several reasons are right.
FAMILIES = {
    "blacklist": {"reputation"},
    "blocklist": {"reputation"},
    "network": {"network", "recipient"},
    "recipient": {"recipient", "mailbox"},
    "spam": {"content", "reputation", "policy"},
    "virus": {"content"},
    "capacity": {"mailbox", "rate", "system"},
    "dmarc": {"authentication"},
    "policy": {"policy", "authentication", "reputation"},
    "greylist": {"rate", "policy"},
}
MEMBERS = ("type", "family", "reason", "status")


def run(command, text=None):
    done = subprocess.run(command, input=text, capture_output=True, text=True, errors="replace", timeout=300)
    return [json.loads(line) for line in done.stdout.splitlines()]


def fault_of_recipient(expected, got):
    if got is None:
        return "%s is missing" % "/".join(expected["address"])
    wrong = ["%s %s, not %s" % (member, got.get(member), "/".join(expected[member])) for member in MEMBERS
             if expected[member] and got.get(member) not in expected[member]]
    return ", ".join(wrong)


def find(expected, recipients):
    addresses = {address.lower() for address in expected["address"]}
    for one in recipients:
        if (one.get("address") or "").lower() in addresses:
            return one
    return None


def faults_of_mail(case, answer):
    if "error" in answer:
        return [answer["error"]["message"]]
    recipients = answer["recipients"]
    faults, left = [], list(recipients)
    for expected in case["recipients"]:
        got = find(expected, left)
        faults.append(fault_of_recipient(expected, got))
        if got is not None:
            left.remove(got)
    faults += ["%s is not expected" % one.get("address") for one in left]
    return [fault for fault in faults if fault]


def joined(answers):
    """An mbox holds several mails, each with an answer of its own."""
    for answer in answers:
        if "error" in answer:
            return answer
    return {"recipients": [one for answer in answers for one in answer["recipients"]]}


class Precision:
    """Of those called hard, how many may be."""

    def __init__(self):
        self.called = self.right = 0

    def count(self, case, answer):
        for one in answer.get("recipients", []):
            if one["type"] != "hard":
                continue
            self.called += 1
            allowed = [set(expected["type"]) for expected in case["recipients"]
                       if find(expected, [one]) is not None]
            self.right += any("hard" in types for types in allowed)

    def percent(self):
        return 100.0 * self.right / self.called if self.called else 100.0


def read_mails(mailtrust, folder):
    mails = os.path.join(folder, "mail")
    answers = collections.defaultdict(list)
    for answer in run([mailtrust, "bounce", "--json", mails]):
        answers[os.path.basename(answer["file"])].append(answer)
    return answers


def judge_mails(mailtrust, folder):
    answers = read_mails(mailtrust, folder)
    precision, total, good = Precision(), 0, 0
    with open(os.path.join(folder, "expect.jsonl"), encoding="utf-8") as file:
        for case in map(json.loads, file):
            total += 1
            told = answers[case["file"]]
            faults = faults_of_mail(case, joined(told)) if told else ["no answer"]
            for answer in told:
                precision.count(case, answer)
            good += not faults
            rules = " ".join(str(one.get("rule")) for answer in told for one in answer.get("recipients", []))
            if faults:
                print("%s: %s [%s]" % (case["file"], "; ".join(faults), rules))
    percent = 100.0 * good / total if total else 100.0
    print("bounces: %d of %d as expected (%.1f %%)" % (good, total, percent))
    print("hard: %d of %d may be (%.1f %%)" % (precision.right, precision.called, precision.percent()))
    return percent, precision.percent()


def judge_replies(mailtrust, folder):
    path = os.path.join(folder, "replies.tsv")
    if not os.path.exists(path):
        return
    with open(path, encoding="utf-8") as file:
        rows = [line.rstrip("\n").split("\t") for line in file][1:]
    text = "".join(row[0] + "\n" for row in rows)
    answers = run([mailtrust, "bounce", "explain", "--json", "--input", "-"], text)
    good = 0
    for row, answer in zip(rows, answers):
        right = FAMILIES.get(row[2])
        fits = right is None or answer.get("family") in right
        good += fits
        if not fits:
            print("%s: %s, a reply of category %s" % (row[0][:100], answer.get("reason"), row[2]))
    print("replies: %d of %d fit their category" % (good, len(rows)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("mailtrust")
    parser.add_argument("--directory", default=os.path.join(SHARED, "corpus/bounces"))
    parser.add_argument("--floor", type=float, default=95.0, help="percent of the mails that must be right")
    parser.add_argument("--precision", type=float, default=99.0, help="percent of the hard ones that may be")
    a = parser.parse_args()
    if not os.path.isdir(a.directory):
        return 77
    percent, precision = judge_mails(a.mailtrust, a.directory)
    judge_replies(a.mailtrust, a.directory)
    return 0 if percent >= a.floor and precision >= a.precision else 1


if __name__ == "__main__":
    sys.exit(main())
