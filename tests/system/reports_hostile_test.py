#!/usr/bin/env python3
"""reports_hostile_test.py MAILTRUST [--peak MIB]: bombs, deep XML, zips with odd names, cut gzip and wrong charsets in
one batch with good reports: bounded in time and memory, said on stderr where it is, and the good ones unharmed."""
import argparse
import gzip
import io
import json
import os
import re
import subprocess
import sys
import tempfile
import time
import zipfile
import zlib

HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<feedback><report_metadata><org_name>Example</org_name><email>r@example.net</email><report_id>%s</report_id>
<date_range><begin>1700000000</begin><end>1700086399</end></date_range></report_metadata>
<policy_published><domain>example.org</domain><p>none</p></policy_published>
"""
RECORD = ("<record><row><source_ip>192.0.2.%d</source_ip><count>1</count><policy_evaluated><disposition>none</disposition>"
          "<dkim>pass</dkim><spf>pass</spf></policy_evaluated></row><identifiers><header_from>example.org</header_from>"
          "</identifiers></record>\n")


def report(name, inside=""):
    return (HEAD % name + RECORD % 1 + inside + RECORD % 2 + "</feedback>\n").encode()


def zipped(*members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, octets in members:
            archive.writestr(zipfile.ZipInfo(name), octets, zipfile.ZIP_DEFLATED)
    return out.getvalue()


def gzip_bomb(size):
    """1,028 to one."""
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    block = b"\0" * (1 << 20)
    return b"".join(packer.compress(block) for _ in range(size >> 20)) + packer.flush()


def cases():
    """Name, octets, records expected of each report in it, and what stderr must say of it (or nothing)."""
    packed = gzip.compress(report("cut", RECORD % 3 * 200))
    deep = report("deep", "<x>" * 100000)
    laughs = report("laughs").replace(b"<feedback>", b'<!DOCTYPE l [<!ENTITY a "&a;&a;">]><feedback>', 1)
    odd = zipped(("../../etc/cron.d/x", report("out")), ("/etc/passwd", report("absolute")),
                 ("a\x1b[2J.xml", report("controls")), ("n" * 60000, report("long")), ("same.xml", report("one")),
                 ("broken.xml", report("broken", "<x>&</x>\n")))
    yield "bomb.xml.gz", gzip_bomb(1 << 30), [], r"bomb\.xml\.gz.*134,217,728 octets"
    yield "bomb.zip", zipped(("bomb.xml", b" " * (200 << 20))), [], r"bomb\.zip.*134,217,728 octets"
    yield "crowd.zip", zipped(*(("%d.xml" % i, report("m%d" % i)) for i in range(101))), [2] * 100, r"crowd\.zip.*100 members"
    yield "deep.xml", deep, None, r"deep\.xml:6:\d+: .*32 elements"
    yield "laughs.xml", laughs, [], r"laughs\.xml:2:1: .*DOCTYPE"
    yield "odd.zip", odd, [2] * 6, r"odd\.zip\(broken\.xml\):6:4: "
    yield "cut.xml.gz", packed[:len(packed) // 2], None, r"cut\.xml\.gz.*cut"
    yield "nested.zip", zipped(("a.zip", zipped(("a.xml", report("nested"))))), [], r"nested\.zip\(a\.zip\).*archive"
    yield "charset.xml", report("charset").replace(b"UTF-8", b"UTF-16", 1), [2], r"charset\.xml:1:1: .*utf-16"
    yield "wide.xml", report("wide").decode().encode("utf-16"), [2], None
    yield "latin.xml", report("latin").replace(b"Example", b"B\xfcro", 1), [2], r"latin\.xml:2:\d+: .*UTF-8"
    yield "stray.xml", report("stray", "<x>a < b</x>\n"), [2], r"stray\.xml:6:6: "
    yield "ended.xml", report("ended")[:-60], [1], r"ended\.xml:6:1: .*record"
    yield "empty.xml", b"", [], r"empty\.xml"
    yield "text.xml", b"hello\n", [], r"text\.xml"


def write(folder):
    """By a process of its own: what it needed in memory would count for the program's."""
    names, expected = [], []
    for name, octets, records, said in cases():
        for one, data in ((name, octets), ("good-%d.xml" % len(names), report("good"))):
            names.append(os.path.join(folder, one))
            with open(names[-1], "wb") as file:
                file.write(data)
        expected.append((name, records, said))
    print(json.dumps([names, expected]))


def run(command, folder):
    """Exit status, lines of JSON, what was told (also by findings), seconds, MiB at most."""
    begin = time.monotonic()
    with open(os.path.join(folder, "out"), "w+b") as out, open(os.path.join(folder, "err"), "w+b") as err:
        process = subprocess.Popen(command, stdout=out, stderr=err)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        err.seek(0)
        lines = [json.loads(line) for line in out.read().decode().splitlines()]
        told = err.read().decode()
    for line in lines:
        for finding in line.get("findings", []):
            told += "%s: %s\n" % (finding["where"], finding["message"])
    return process.returncode, lines, told, time.monotonic() - begin, usage.ru_maxrss / 1024


def faults_of(expected, lines, told):
    for name, records, said in expected:
        got = [len(line["records"]) for line in lines
               if os.path.basename(line["file"]) == name and "records" in line]
        if records is not None and got != records:
            yield "%s: records %s, not %s" % (name, got, records)
        if said and not re.search(said, told):
            yield "%s: nothing told like %s" % (name, said)
        if not said and name in told:
            yield "%s: told though it is good" % name
    good = [line for line in lines if os.path.basename(line["file"]).startswith("good-")]
    if len(good) != len(expected) or any(len(line.get("records", [])) != 2 for line in good):
        yield "good reports were harmed"
    if re.search(r"[\x00-\x09\x0b-\x1f\x7f]", told):
        yield "control characters in what is told"


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("mailtrust")
    parser.add_argument("--peak", type=int, default=0)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        written = subprocess.run([sys.executable, __file__, "--write", folder], capture_output=True, check=True)
        names, expected = json.loads(written.stdout)
        status, lines, told, seconds, peak = run([a.mailtrust, "dmarc", "report", "--json", "--jobs", "1", *names], folder)
        faults = list(faults_of(expected, lines, told))
        if status != 2:
            faults.append("exit %d, not 2" % status)
        if seconds > 300:
            faults.append("took %d s" % seconds)
        if a.peak and peak > a.peak:
            faults.append("%d MiB at most, not %d" % (peak, a.peak))
        if list(dict.fromkeys(line["file"] for line in lines)) != names:
            faults.append("not one answer for each input, in order")
    print("\n".join([*faults, "%d inputs, %d faults, %.0f MiB" % (len(names), len(faults), peak)]))
    if faults:
        print(told[:6000])
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(write(sys.argv[2]) if sys.argv[1] == "--write" else main())
