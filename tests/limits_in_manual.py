#!/usr/bin/env python3
"""Is every limit of lib/base/limits.hpp in the table of mailtrust(1), LIMITS, with its value, and the reverse?

And has each a test at, below and above it? Those of tests/limits/ and tests/system/limits_test.py take their tables
row by row; the tests in other places must name the limit, so that none of them goes on with a number of its own.

  limits_in_manual.py SOURCE
"""
import pathlib
import re
import sys

# Rows that no number of the header stands behind: an option, a depth and a refusal that are how the code is made.
ROWS_WITHOUT_A_CONSTANT = {
    "one network operation": r"\fl \fl timeout",
    "report: archives within archives": "1",
    "XML: DOCTYPE": "refused",
}

# Limits that other tests reach.
TESTED_ELSEWHERE = {
    "kTimeoutsPerInput": "system/dns_bounds_test.py",
    "kStoreWait": "system/store_test.py",
    "kUdpTries": "dns/cares_resolver_test.cpp",
    "kEdnsSize": "dns/cares_resolver_test.cpp",
    "kReverseNames": "iprev/iprev_test.cpp",
    "kMxHosts": "mx/mx_test.cpp",
    "kZoneData": "dns/zone_file_test.cpp",
    "kMimeDepth": "message/mime_test.cpp",
    "kMimeParts": "message/mime_test.cpp",
    "kMimeBoundary": "message/mime_test.cpp",
    "kTags": "tag_list/tag_list_test.cpp",
    "kSignedFields": "dkim/signature_test.cpp",
    "kRsaBitsLeast": "dkim/private_key_test.cpp",
    "kRsaBitsMost": "dkim/private_key_test.cpp",
    "kArcSets": "arc/chain_test.cpp",
    "kTreeWalk": "dmarc/discover_test.cpp",
    "kAuthorDomains": "dmarc/evaluate_test.cpp",
    "kReportAddresses": "dmarc/destination_test.cpp",
    "kPublishedNames": "list/dnsxl_test.cpp",
    "kBlockLists": "dnsbl/zone_test.cpp",
    "kHttpHeader": "http/faults_test.cpp",
    "kHttpBody": "http/faults_test.cpp",
    "kHttpRedirects": "http/redirects_test.cpp",
    "kHttpRequests": "system/abuse_test.py",
    "kWhoisReferrals": "system/registry_faults_test.py",
    "kWhoisAnswer": "whois/exchange_test.cpp",
    "kContacts": "system/abuse_test.py",
    "kComplaintMessages": "complaint/complaint_test.cpp",
    "kComplaintOctets": "complaint/complaint_test.cpp",
    "kXarfEvidence": "complaint/complaint_test.cpp",
    "kReportFragment": "report/aggregate_hostile_test.cpp",
    "kReportConverted": "report/aggregate_hostile_test.cpp",
    "kTlsReport": "report/tls_test.cpp",
    "kTlsReportValues": "report/tls_test.cpp",
    "kBounceRecipients": "bounce/forms_test.cpp",
    "kDiagnostic": "bounce/layouts_services_test.cpp",
    "kLogLine": "maillog/reader_test.cpp",
    "kLogMessages": "maillog/reader_test.cpp",
    "kDeliveryKeys": "delivery/summary_test.cpp",
    "kDeliveryAddresses": "delivery/evidence_test.cpp",
}

def constants(header):
    """name -> (value, words), in the order of the header."""
    found = {}
    pattern = r"inline constexpr [\w:]+ (k\w+) =\s*([^;]+);\s*(?:///< (.*))?"
    for name, expression, words in re.findall(pattern, header):
        number = re.sub(r"(?<=\d)(U|')", "", expression)
        assert re.fullmatch(r"\d+( << \d+)?", number), f"{name}: {expression} is no plain number"
        shifted = [int(part) for part in number.split("<<")]
        found[name] = (shifted[0] << (shifted[1] if len(shifted) > 1 else 0), words)
    return found


def rows(manual):
    """The words of each limit in the manual -> its value."""
    table = manual[manual.index(".It Sy Limit Ta"):]
    table = table[table.index("\n") + 1:table.index(".El")]
    found = {}
    for line in table.splitlines():
        words, value = re.fullmatch(r"\.It (.*) Ta (.*)", line).groups()
        assert words not in found, f"{words}: twice in the manual"
        found[words] = value
    return found


def spellings(value):
    """How the manual may write a number."""
    found = [f"{value:,}"]
    found += [f"{value >> shift:,} {unit}" for shift, unit in ((10, "KiB"), (20, "MiB"))
              if value and value % (1 << shift) == 0]
    return found


def agrees(text, value):
    return any(re.fullmatch(re.escape(spelling) + r"([ ,].*)?", text)
               and not (spelling[-1].isdigit() and re.match(r"[^,]* [KM]iB", text)) for spelling in spellings(value))


def differences(limits, table):
    faults = []
    by_words = {}
    for name, (value, words) in limits.items():
        if not words:
            faults.append(f"{name}: no words behind it in the header")
        elif words in by_words:
            faults.append(f"{name}: has the words of {by_words[words]}")
        elif words not in table:
            faults.append(f"{name}: \"{words}\" is not in the table of the manual")
        elif not agrees(table[words], value):
            faults.append(f"{name}: {value}, but the manual says {table[words]}")
        by_words[words] = name
    for words in table:
        if words not in by_words and words not in ROWS_WITHOUT_A_CONSTANT:
            faults.append(f"\"{words}\": in the manual, not in the header")
    for words in ROWS_WITHOUT_A_CONSTANT:
        if words not in table:
            faults.append(f"\"{words}\": not in the table of the manual")
    return faults


def named_in(path):
    """The limits that a test takes from the header."""
    found = re.findall(r"limits::(k\w+)|LIMITS\[\"(k\w+)\"\]|^    \"(k[A-Z]\w+)[\",]", path.read_text(), re.MULTILINE)
    return {name for names in found for name in names if name}


def untested(limits, source):
    tests = source / "tests"
    tables = [*sorted((tests / "limits").glob("*_test.cpp")), tests / "system/limits_test.py"]
    covered = set().union(*map(named_in, tables))
    faults = []
    for name in limits:
        where = TESTED_ELSEWHERE.get(name)
        if where is None and name not in covered:
            faults.append(f"{name}: no test at, below and above it")
        elif where is not None and not ((tests / where).exists() and name in named_in(tests / where)):
            faults.append(f"{name}: {where} does not name it")
    return faults + [f"{name}: no such limit, or tested with the others" for name in TESTED_ELSEWHERE
                     if name not in limits or name in covered]


def main(source):
    limits = constants((source / "lib/base/limits.hpp").read_text())
    assert len(limits) > 50, "the header could not be read"
    faults = differences(limits, rows((source / "man/mailtrust.1").read_text())) + untested(limits, source)
    for fault in faults:
        print(fault)
    print(f"{len(limits)} limits, {len(faults)} differences")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1])))
