#!/usr/bin/env python3
"""limits_test.py MAILTRUST: the limits of whole runs, each one below, at, and one above.

Over a limit of an input the exit status is 2 and the message names the limit; over one of SPF's it is a permerror. The
values come from lib/base/limits.hpp, so that nothing here goes stale.
"""
import gzip
import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest
import zipfile

from limits_of_header import LIMITS

MAILTRUST = ""
LONGEST = 60  # seconds for one run on a busy machine

HEAD = "From: a@example.org\nTo: b@example.org\nSubject: x\n"
ZONE = '$ORIGIN example.org.\n$TTL 60\n@ TXT "v=spf1 -all"\n'
REPORT_HEAD = ("<feedback><report_metadata><org_name>o</org_name><email>a@example.net</email><report_id>1</report_id>"
               "<date_range><begin>1</begin><end>2</end></date_range></report_metadata><policy_published>"
               "<domain>example.org</domain><p>none</p></policy_published>")
REPORT = (REPORT_HEAD + "<record><row><source_ip>192.0.2.1</source_ip><count>1</count><policy_evaluated><disposition>"
          "none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row><identifiers><header_from>"
          "example.org</header_from></identifiers><auth_results/></record></feedback>")


def write(path, text):
    pathlib.Path(path).write_bytes(text if isinstance(text, bytes) else text.encode())


def message(text):
    write("in", text)
    return ["received", "in"]


def header_fields(count):
    return message(HEAD + "X: y\n" * (count - 3) + "\nbody\n")


def header_field(size):
    return message(HEAD + "X: " + "y" * (size - 4) + "\n\nbody\n")


def all_fields(size):
    line = "X-Some: " + "y" * 1014 + "\n"
    lines, rest = divmod(size - len(HEAD) - 4, len(line))
    return message(HEAD + line * lines + "X: " + "y" * rest + "\n\nbody\n")


def whole_message(size):
    message(HEAD + "\n" + "x" * (size - len(HEAD) - 1))
    return ["verify", "--zone", "zone", "in"]


def message_for_received(size):
    whole_message(size)
    return ["received", "in"]


def input_line(size):
    write("in", "spf.missing" + " " * (size - 11) + "\n")
    return ["explain", "--input", "in"]


def config_line(size):
    write("conf", "#" * size + "\n")
    return ["--config", "conf", "explain", "spf.missing"]


def config_file(size):
    write("conf", ("#" * 1023 + "\n") * (size // 1024) + "#" * (size % 1024))
    return ["--config", "conf", "explain", "spf.missing"]


def private_key(size):
    if not os.path.exists("key"):
        subprocess.run([MAILTRUST, "dkim", "keygen", "--type", "ed25519", "--output", "key"], check=True,
                       capture_output=True, stdin=subprocess.DEVNULL)
    key = pathlib.Path("key").read_text()
    write("padded", key + "\n" * (size - len(key)))
    os.chmod("padded", 0o600)
    write("in", HEAD + "\nbody\n")
    return ["dkim", "sign", "--domain", "example.org", "--selector", "s", "--key", "padded", "in"]


def zone(text):
    write("zone", text)
    return ["spf", "check", "example.org", "--zone", "zone"]


def zone_record(size):
    start = "n TXT ( "
    return zone(ZONE + start + " " * (size - len(start) - 1) + "x\n)\n")


def zone_file(size):
    line = b";" * 65535 + b"\n"
    with open("zone", "wb") as file:
        file.write(ZONE.encode())
        for _ in range((size - len(ZONE)) // len(line)):
            file.write(line)
        file.write(b"\n" * (size - file.tell()))
    return ["spf", "check", "example.org", "--zone", "zone"]


def list_line(size):
    write("in", "192.0.2.1;" + "x" * (size - 10) + "\n")
    return ["import", "--store", "store", "--list", "some", "in"]


def report(text):
    write("in.xml", text)
    return ["dmarc", "report", "--zone", "zone", "in.xml"]


def report_alone(text):
    report(text)
    return ["dmarc", "report", "in.xml"]


def report_file(size):
    return report(REPORT + " " * (size - len(REPORT)))


def report_inflated(size):
    with gzip.open("in.xml.gz", "wb", 1) as file:
        file.write(REPORT.encode() + b" " * (size - len(REPORT)))
    return ["dmarc", "report", "--zone", "zone", "in.xml.gz"]


def report_members(count):
    with zipfile.ZipFile("in.zip", "w") as archive:
        for number in range(count):
            archive.writestr(f"{number}.xml", REPORT.replace("<report_id>1", f"<report_id>{number}"))
    return ["dmarc", "report", "--zone", "zone", "in.zip"]


def zip_entries(count):
    with zipfile.ZipFile("in.zip", "w") as archive:
        archive.writestr("a.xml", REPORT)
        for number in range(count - 1):
            archive.writestr(f"{number}/", "")
    return ["dmarc", "report", "--zone", "zone", "in.zip"]


def xml_depth(depth):
    return report(REPORT.replace("</feedback>", "<x>" * (depth - 1) + "</x>" * (depth - 1) + "</feedback>"))


def xml_attributes(count):
    attributes = " ".join(f'a{number}="1"' for number in range(count))
    return report(REPORT.replace("</feedback>", f"<x {attributes}/></feedback>"))


def xml_text(size):
    return report(REPORT.replace("<org_name>o", "<org_name>" + "o" * size))


def text_input(size):
    line = b"550 5.1.1 no such user " + b"x" * 1000 + b"\n"
    write("in", line * (size // len(line)) + b"x" * (size % len(line)))
    return ["bounce", "explain", "-"]


def block_list_file(size):
    write("lists", "#" * (size - 16) + "\nbl.example.org\n")
    return ["ip", "192.0.2.1", "--zone", "zone", "--no-registry", "--no-cache", "--dnsbl-file", "lists"]


def suppression_file(size):
    write("mail.log", "")
    write("list", ("#" * 1023 + "\n") * (size // 1024) + "#" * (size % 1024))
    return ["bounce", "report", "--suppression", "list", "mail.log"]


def spf(terms, records=""):
    text = "v=spf1 " + terms
    strings = " ".join(f'"{text[at:at + 250]}"' for at in range(0, len(text), 250))
    write("zone", f"$ORIGIN example.org.\n$TTL 60\n@ TXT ( {strings} )\n{records}")
    return ["spf", "test", "--json", "--zone", "zone", "--ip", "192.0.2.1", "--sender", "a@example.org"]


def spf_terms(count):
    hosts = "".join(f"e{number} A 192.0.2.2\n" for number in range(count))
    return spf(" ".join(f"a:e{number}.example.org" for number in range(count)) + " +all", hosts)


def spf_voids(count):
    return spf(" ".join(f"a:e{number}.example.org" for number in range(count)) + " +all")


def spf_names(count):
    hosts = "".join(f"@ MX 10 m{number}\nm{number} A 192.0.2.2\n" for number in range(count))
    return spf("mx +all", hosts)


def aliases(count):
    chain = "".join(f"c{number} CNAME c{number + 1}\n" for number in range(count))
    return spf("a:c0.example.org -all", chain + f"c{count} A 192.0.2.1\n")


# Limits of inputs: what makes one of n, and the words of the message when n is too much.
INPUTS = {
    "kMessage": (whole_message, "64 MiB"),
    "kMessage, received": (message_for_received, "64 MiB"),
    "kHeaderFields": (header_fields, "10,?000"),
    "kHeaderField": (header_field, "256 KiB"),
    "kHeader": (all_fields, "4 MiB"),
    "kInputLine": (input_line, "64 KiB"),
    "kConfigLine": (config_line, "4 KiB|4096"),
    "kConfigFile": (config_file, "1048576"),
    "kPrivateKey": (private_key, "65536"),
    "kZoneFile": (zone_file, "268435456"),
    "kZoneRecord": (zone_record, "131072"),
    "kListLine": (list_line, "65536"),
    "kReport": (report_file, "33,554,432"),
    "kReportInflated": (report_inflated, "134,217,728"),
    "kReportMembers": (report_members, "100"),
    "kZipEntries": (zip_entries, "10,000"),
    "kXmlDepth": (xml_depth, "32"),
    "kXmlAttributes": (xml_attributes, "64"),
    "kXmlText": (xml_text, "65,536"),
    "kTextInput": (text_input, "67108864"),
    "kBlockListFile": (block_list_file, "1048576"),
    "kSuppressionFile": (suppression_file, "67108864"),
}

# Limits of an evaluation: what makes one of n, the result up to n and the one over it.
RESULTS = {
    "kSpfLookupTerms": (spf_terms, "pass", "permerror"),
    "kSpfVoidLookups": (spf_voids, "pass", "permerror"),
    "kSpfNames": (spf_names, "pass", "permerror"),
    "kAliases": (aliases, "pass", "temperror"),
}


# What is refused however small it is.
REFUSED = {
    "$INCLUDE": (lambda: zone(ZONE + "$INCLUDE other\n"), "zone:4:1: "),
    "$GENERATE": (lambda: zone(ZONE + "$GENERATE 1-9 a$ A 192.0.2.$\n"), "zone:4:1: "),
    "DOCTYPE": (lambda: report_alone("<!DOCTYPE feedback>" + REPORT), "DOCTYPE"),
}


def seconds_for(terms):
    """Processor time of a check of a record."""
    before = os.times().children_user
    run(["spf", "check", "--record", "v=spf1 " + terms, "example.org", "--zone", "zone", "--quiet"])
    return os.times().children_user - before


def run(words):
    """Status, and what was said on both."""
    stdin = open("in", "rb") if words[-1] == "-" else subprocess.DEVNULL
    done = subprocess.run([MAILTRUST, *words], stdin=stdin, capture_output=True, timeout=LONGEST, check=False)
    if stdin is not subprocess.DEVNULL:
        stdin.close()
    return done.returncode, done.stdout.decode(), done.stderr.decode()


class Limits(unittest.TestCase):
    def setUp(self):
        folder = tempfile.TemporaryDirectory(prefix="mailtrust.")
        self.addCleanup(os.chdir, os.getcwd())
        self.addCleanup(folder.cleanup)
        os.chdir(folder.name)
        os.environ["HOME"] = folder.name
        write("zone", ZONE)

    def test_an_input_over_its_limit_is_refused_and_the_limit_named(self):
        for name, (make, words) in INPUTS.items():
            most = LIMITS[name.partition(",")[0]]
            for value in (most - 1, most, most + 1):
                with self.subTest(limit=name, value=value):
                    write("zone", ZONE)
                    status, out, err = run(make(value))
                    is_over = value > most
                    self.assertEqual(status == 2, is_over, err[:500])
                    (self.assertRegex if is_over else self.assertNotRegex)(err, words)

    def test_a_body_counts_where_only_the_header_is_looked_at(self):
        most, head = 300_000, b"From: a@example.org\n\n"
        for size in (most - 1, most, most + 1):
            octets = head + b"x" * (size - len(head) - 1) + b"\n"
            write("in", octets)
            write("in.gz", gzip.compress(octets))
            write("in.mbox", b"From a@example.org Sun Nov 22 17:00:00 2026\n" + octets)
            for words in (["in"], ["in.gz"], ["in.mbox"], ["-"]):
                with self.subTest(size=size, input=words):
                    status, _, err = run(["received", "--max-size", str(most), *words])
                    self.assertEqual(status == 2, size > most, err)
                    self.assertEqual("larger than 300,000 octets" in err, size > most, err)

    def test_what_has_no_end_of_line(self):
        """Over the limit of a line it is refused in any case, but read on no further than this."""
        most = LIMITS["kUnendedLine"]
        for size in (most - 1, most, most + 1):
            for words in (["list", "validate", "-"], ["explain", "--input", "-"]):
                with self.subTest(size=size, command=words):
                    write("in", b"x" * size)
                    status, _, err = run(words)
                    self.assertIn(status, (1, 2), err[:500])
                    self.assertEqual("no end of the line in 64 MiB" in err, size > most, err[:500])

    def test_a_prefix_of_too_many_addresses(self):
        """The sizes next to the limit; the first answer shows whether it is taken."""
        bits = 32 - (LIMITS["kIpPrefix"].bit_length() - 1)
        for length in (bits + 1, bits, bits - 1):
            with self.subTest(length=length):
                words = ["ip", f"10.0.0.0/{length}", "--json", "--zone", "zone", "--no-registry", "--no-cache"]
                with subprocess.Popen([MAILTRUST, *words], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
                                      stderr=subprocess.DEVNULL) as process:
                    first = json.loads(process.stdout.readline())
                    process.stdout.close()
                self.assertEqual("65,536 addresses" in first.get("error", {}).get("message", ""), length < bits)

    def test_an_evaluation_ends_at_its_limits(self):
        for name, (make, within, over) in RESULTS.items():
            for value in (LIMITS[name] - 1, LIMITS[name], LIMITS[name] + 1):
                with self.subTest(limit=name, value=value):
                    _, out, err = run(make(value))
                    self.assertEqual(json.loads(out)["result"], over if value > LIMITS[name] else within, out + err)

    def test_what_is_never_read_is_refused(self):
        for name, (make, words) in REFUSED.items():
            with self.subTest(refused=name):
                status, out, err = run(make())
                self.assertEqual(status, 2, out + err)
                self.assertIn(words, err)

    def test_after_so_many_messages_there_is_a_count(self):
        most = LIMITS["kMessagesPerInput"]
        for count in (most - 1, most, most + 1):
            with self.subTest(count=count):
                _, _, err = run(zone(ZONE + "$NONSENSE\n" * count))
                self.assertEqual(err.count("unknown directive"), min(count, most))
                self.assertEqual("1 more messages" in err, count > most)

    def test_a_record_is_judged_in_time_linear_in_its_length(self):
        for unit in ("a:x.y.z. ", "bogus:x ", "include:a.example.org "):
            with self.subTest(unit=unit):
                short, long = (seconds_for(unit * (size // len(unit)) + "-all") for size in (28_000, 112_000))
                self.assertLess(long, 10 * max(short, 0.03))


def main():
    global MAILTRUST
    MAILTRUST = os.path.abspath(sys.argv[1])
    unittest.main(argv=sys.argv[:1] + sys.argv[2:])


if __name__ == "__main__":
    main()
