#!/usr/bin/env python3
"""`dmarc report` over 10,000 gz reports of 13 records and one report of a million records, beside Python's gzip and
ElementTree reading the same values.

    bench/reports.py [--mailtrust build/release/cli/mailtrust] [--reports 10000] [--large 1000000] [--rounds 2]

Prints Markdown. The programs run in turn; of their rounds the best counts. CPU seconds are user and system.
"""
import argparse
import gzip
import os
import random
import subprocess
import sys
import tempfile
import time

HEAD = """<?xml version="1.0" encoding="UTF-8" ?>
<feedback>
  <report_metadata>
    <org_name>reporter%d.example</org_name>
    <email>noreply-dmarc-support@reporter.example</email>
    <extra_contact_info>https://reporter.example/dmarc</extra_contact_info>
    <report_id>%d</report_id>
    <date_range>
      <begin>1718236800</begin>
      <end>1718323199</end>
    </date_range>
  </report_metadata>
  <policy_published>
    <domain>example.org</domain>
    <adkim>r</adkim>
    <aspf>r</aspf>
    <p>none</p>
    <sp>none</sp>
    <pct>100</pct>
    <np>none</np>
  </policy_published>
"""
RECORD = """  <record>
    <row>
      <source_ip>%s</source_ip>
      <count>%d</count>
      <policy_evaluated>
        <disposition>none</disposition>
        <dkim>%s</dkim>
        <spf>%s</spf>
      </policy_evaluated>
    </row>
    <identifiers>
      <header_from>example.org</header_from>
    </identifiers>
    <auth_results>
      <dkim>
        <domain>example.org</domain>
        <result>%s</result>
        <selector>awbr2rp4egb35wbg4umq4e5dcoe5kc4n</selector>
      </dkim>
      <spf>
        <domain>bounce.example.net</domain>
        <result>%s</result>
      </spf>
    </auth_results>
  </record>
"""
PEER = '''
import gzip, sys
import xml.etree.ElementTree as tree

def text(element, path):
    return (element.findtext(path) or "").strip()

messages = records = 0
for path in open(sys.argv[1]).read().split("\\n"):
    if not path: continue
    octets = open(path, "rb").read()
    if octets[:2] == b"\\x1f\\x8b": octets = gzip.decompress(octets)
    root = tree.fromstring(octets)
    about = [text(root, "report_metadata/" + name) for name in ("org_name", "email", "report_id", "date_range/begin",
                                                                "date_range/end")]
    policy = [text(root, "policy_published/" + name) for name in ("domain", "p", "sp", "adkim", "aspf", "pct")]
    for record in root.iterfind("record"):
        row = record.find("row")
        values = (text(row, "source_ip"), int(text(row, "count")), text(row, "policy_evaluated/disposition"),
                  text(row, "policy_evaluated/dkim"), text(row, "policy_evaluated/spf"),
                  text(record, "identifiers/header_from"))
        results = [(kind, text(item, "domain"), text(item, "result"))
                   for kind in ("dkim", "spf") for item in record.iterfind("auth_results/" + kind)]
        messages += values[1]
        records += 1
print(messages, records)
'''


def write_report(file, number, records, dice):
    """Sources repeat, as they do: 5,000 of them."""
    file.write((HEAD % (number % 50, number)).encode())
    words = ("pass", "fail")
    for begin in range(0, records, 10000):
        file.write("".join(
            RECORD % ("198.%d.%d.%d" % (18 + dice.randrange(2), dice.randrange(10), dice.randrange(250)),
                      dice.randrange(1, 100), dice.choice(words), dice.choice(words), dice.choice(words),
                      dice.choice(words)) for _ in range(min(10000, records - begin))).encode())
    file.write(b"</feedback>\n")


def run(command):
    """CPU seconds, wall seconds, MiB at most."""
    begin = time.monotonic()
    with open(os.devnull, "wb") as nothing:
        process = subprocess.Popen(command, stdout=nothing)
        _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit("%s: exit %d" % (command[0], process.returncode))
    return usage.ru_utime + usage.ru_stime, time.monotonic() - begin, usage.ru_maxrss / 1024


def table(what, commands, rounds, records):
    print("%s\n\n| program | CPU s | records/CPU s | ratio | wall s | peak MiB |\n|---|---|---|---|---|---|" % what)
    best = {}
    for _ in range(rounds):
        for name, command in commands:
            figures = run(command)
            best[name] = min(best.get(name, figures), figures)
    slowest = best[commands[0][0]][0]
    for name, _ in commands:
        cpu, wall, peak = best[name]
        print("| %s | %.2f | %d | %.1f | %.2f | %.0f |" % (name, cpu, records / cpu, slowest / cpu, wall, peak))
    print()


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mailtrust", default="build/release/cli/mailtrust")
    parser.add_argument("--reports", type=int, default=10000)
    parser.add_argument("--large", type=int, default=1000000)
    parser.add_argument("--rounds", type=int, default=2)
    a = parser.parse_args()
    dice = random.Random(1)
    memory = "/dev/shm" if os.path.isdir("/dev/shm") else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        paths = []
        os.mkdir(os.path.join(folder, "many"))
        for number in range(a.reports):
            paths.append(os.path.join(folder, "many", "r%d.xml.gz" % number))
            with gzip.open(paths[-1], "wb", compresslevel=6) as file:
                write_report(file, number, 13, dice)
        lists = [os.path.join(folder, name) for name in ("many.txt", "large.txt", "peer.py")]
        large = os.path.join(folder, "large.xml.gz")
        # Of a report larger than what is read at once, as many parts as it takes.
        parts = []
        left = a.large
        while left > 0:
            size = min(left, 150000)
            parts.append(os.path.join(folder, "large%d.xml.gz" % len(parts)))
            with gzip.open(parts[-1], "wb", compresslevel=6) as file:
                write_report(file, len(parts), size, dice)
            left -= size
        for path, names in ((lists[0], paths), (lists[1], parts)):
            with open(path, "w", encoding="utf-8") as file:
                file.writelines(name + "\n" for name in names)
        with open(lists[2], "w", encoding="utf-8") as file:
            file.write(PEER)
        for what, names, records in (("%d gz reports of 13 records" % a.reports, lists[0], a.reports * 13),
                                     ("%d records in %d gz reports" % (a.large, len(parts)), lists[1], a.large)):
            ours = [a.mailtrust, "dmarc", "report", "--input", names]
            table(what, [("Python gzip, ElementTree", [sys.executable, lists[2], names]), ("mailtrust", ours),
                         ("mailtrust --jobs 1", [*ours, "--jobs", "1"]),
                         ("mailtrust --json", [*ours, "--json"])], a.rounds, records)


if __name__ == "__main__":
    main()
