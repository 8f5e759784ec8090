"""The runs of failing_calls_test.py: what is asked of mailtrust, and the files it is asked about."""
import gzip
import io
import os
import zipfile

EXAMPLES = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..", "examples")
AT = ["--at", "1795305600"]
STORE = ["--store", "store.db"]
ZONE = ["--zone", "example.zone"]


class Case:
    """A command line; `prepare` are those that make the folder; `sums_up` as in faults_of(). Of what is done
    `in_parts` a run that tells of trouble keeps those that went well, and the next one does the rest."""

    def __init__(self, name, words, files, prepare=(), sums_up=False, in_parts=False):
        self.name, self.words, self.files = name, [*words, *AT], files
        self.prepare = [[*line, *AT] for line in prepare]
        self.sums_up, self.in_parts = sums_up, in_parts


def zipped(name, octets):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, octets)
    return buffer.getvalue()


def make_files():
    """Name and octets of every file that a case may name."""
    files = {}
    for name in ("example.zone", "genuine.eml", "spam.eml", "bounce-hard.eml", "dmarc-report.xml", "blocklist.txt",
                 "mail.log", "delivery.log"):
        with open(os.path.join(EXAMPLES, name), "rb") as file:
            files[name] = file.read()
    files["report.xml.gz"] = gzip.compress(files["dmarc-report.xml"], mtime=0)
    files["report.zip"] = zipped("report.xml", files["dmarc-report.xml"])
    files["list.txt"] = b"192.0.2.7;one\n198.51.100.0/24;two\n2001:db8::/32\nuser@example.org;who\n"
    files["more.txt"] = b"192.0.2.7;another\n203.0.113.0/24;new\n"
    files["addresses.txt"] = b"192.0.2.7;one\n198.51.100.0/24\n"
    files["exported"] = b"# an older export\n"
    return files


def CASES(resolver):
    """`resolver` answers over the network from example.zone."""
    network = ["--resolver", resolver, "--timeout", "1s"]
    imported = [["import", "list.txt", "--list", "a", *STORE]]
    addresses = [["import", "addresses.txt", "--list", "a", *STORE]]
    spf = ["spf", "test", "example.org", "--ip", "192.0.2.25", "--json"]
    return [
        Case("import", ["import", "list.txt", "--list", "a", *STORE, "--json"], ["list.txt"]),
        Case("import-more", ["import", "more.txt", "--list", "a", "--replace", *STORE, "--json"],
             ["list.txt", "more.txt"], imported),
        Case("export", ["list", "export", "a", "--format", "postfix", *STORE], ["addresses.txt"], addresses),
        Case("export-file", ["list", "export", "a", "--format", "csv", "--output", "exported", *STORE],
             ["addresses.txt", "exported"], addresses),
        Case("add", ["list", "add", "a", "203.0.113.9", "--comment", "new", *STORE, "--json"],
             ["list.txt"], imported),
        Case("decide", ["list", "decide", "198.51.100.9", *STORE, "--json"], ["list.txt"], imported),
        Case("match", ["list", "match", "--list", "blocklist.txt", "mail.log", "--jobs", "2"],
             ["blocklist.txt", "mail.log"]),
        Case("verify", ["verify", "genuine.eml", *ZONE, "--json"], ["genuine.eml", "example.zone"]),
        Case("verify-network", ["verify", "genuine.eml", *network, "--json"], ["genuine.eml"], sums_up=True),
        Case("spf", [*spf, *ZONE], ["example.zone"]),
        Case("spf-network", [*spf, *network], []),
        Case("check", ["check", "example.org", *ZONE, "--json"], ["example.zone"], sums_up=True),
        Case("check-network", ["check", "example.org", *network, "--json"], [], sums_up=True),
        Case("received", ["received", "spam.eml", "--json"], ["spam.eml"]),
        Case("bounce", ["bounce", "bounce-hard.eml", "--json"], ["bounce-hard.eml"]),
        Case("report", ["dmarc", "report", "dmarc-report.xml", "--json"], ["dmarc-report.xml"]),
        Case("report-gz", ["dmarc", "report", "report.xml.gz", "--json"], ["report.xml.gz"]),
        Case("report-zip", ["dmarc", "report", "report.zip", "--json"], ["report.zip"]),
        Case("bounce-report", ["bounce", "report", "--remember", "delivery.log", *STORE, "--json"], ["delivery.log"],
             in_parts=True),
    ]
