"""Every way that the program writes to its store, each with what has to be there before: the table of the kill loops."""
import os
import re
from dataclasses import dataclass

import registries
import store_place
from store_place import NOW, addresses

HERE = os.path.dirname(os.path.abspath(__file__))
LOG = "".join("Nov 17 10:%02d:00 mx postfix/smtp[21]: 4C1AA%02d: to=<u%d@example.net>, relay=mx.example.net"
              "[198.51.100.25]:25, delay=1, delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.net"
              "[198.51.100.25] said: 550 5.1.1 User unknown)\n" % (i, i, i) for i in range(20))
SPAM = ("Return-Path: <cheap@spam.example>\nReceived: from mail.spam.example (mail.spam.example [192.0.2.66])\n"
        "\tby mx.example.org (Postfix) with ESMTP id ABC; Sun, 15 Nov 2026 08:40:37 +0100\n"
        "From: Cheap <cheap@spam.example>\nTo: Ann <ann@example.org>\nSubject: Buy\n\nDear ann@example.org\n")
REPORT = """<?xml version="1.0"?><feedback><report_metadata><org_name>example</org_name><email>a@example.org</email>
<report_id>1</report_id><date_range><begin>1794614400</begin><end>1794700799</end></date_range></report_metadata>
<policy_published><domain>example.org</domain><p>none</p></policy_published><record><row><source_ip>20.0.0.1</source_ip>
<count>2</count><policy_evaluated><disposition>none</disposition><dkim>pass</dkim><spf>pass</spf></policy_evaluated></row>
<identifiers><header_from>example.org</header_from></identifiers><auth_results><spf><domain>example.org</domain>
<result>pass</result></spf></auth_results></record></feedback>
"""
FILES = {"many.txt": addresses(0, 1500), "some.txt": addresses(1400, 1600), "bad.txt": "192.0.2.1;good\nnonsense\n",
         "mail.log": LOG, "spam.eml": SPAM, "report.xml": REPORT, "access.log": "1.0.0.1 and 192.0.2.2\n",
         "deny.txt": "203.0.113.7;a host\n"}
ANSWER = registries.response(registries.network("192.0.2.0", "192.0.2.255", registries.entity("abuse@isp.example")))

BAD = ("list add bad 192.0.2.1 192.0.2.2 user@example.com --comment why --deny",)
MANY = ("import many.txt --list many",)
ABUSE = "abuse --zone /dev/null --timeout 1s --rdap-base {rdap} --whois-server 127.0.0.1:9"


def answer(path):
    """Of the registry: tables of servers that name itself nowhere, and a network."""
    if path.endswith(".json"):
        return registries.response({"version": "1.0", "publication": NOW, "services": [[["20.0.0.0/8"], ["https://rdap.example/"]]]}, kind="application/json")
    return ANSWER


@dataclass
class Writer:
    """`words` after `before`. A {dns} in them is a server of zones, {rdap} a registry."""

    words: str
    before: tuple = ()
    source: str = "commands/list_edit.cpp"  # what opens the store
    again: bool = True      # once more changes nothing, and is no error
    parts: bool = False     # several answers of others, each whole
    status: int = 0
    may_fail: bool = False  # what is only kept for the next time: the answer is given all the same
    beside: bool = False    # a file is written when the store is, and its failure is told
    streams: bool = False   # the answer is given before anything is kept
    lines: int = 1          # of complaints, at most
    folder: str = "."       # of the store
    store: str = ""         # SQL of the store before


WRITERS = [
    Writer("list create bad --deny", source="commands/list_create.cpp", folder="deep/er"),
    Writer("list create good --allow", BAD, source="commands/list_create.cpp"),
    Writer("list add bad 192.0.2.1 2001:db8::/32 @example.net --deny", source="commands/list_add.cpp"),
    Writer("list add bad 198.51.100.0/24 192.0.2.1 --comment other --expires 30d", BAD, source="commands/list_add.cpp"),
    Writer("list edit bad 192.0.2.1 192.0.2.2 --comment new --expires 2d", BAD),
    Writer("list pause bad 192.0.2.1 user@example.com", BAD),
    Writer("list resume bad 192.0.2.1", (*BAD, "list pause bad 192.0.2.1 192.0.2.2")),
    Writer("list remove bad 192.0.2.1 192.0.2.2", BAD, again=False),
    Writer("list drop bad --force", BAD, source="commands/list_create.cpp", again=False),
    Writer("list drop many --force", MANY, source="commands/list_create.cpp", again=False),
    Writer("list undo many", MANY, source="commands/list_history.cpp", again=False),
    Writer("list undo bad", (*BAD, "list edit bad 192.0.2.1 --comment new"), source="commands/list_history.cpp",
           again=False),
    Writer("list undo many --redo", (*MANY, "list undo many"), source="commands/list_history.cpp", again=False),
    Writer("import many.txt --list many --allow", source="lib/list/import.cpp"),
    Writer("import some.txt --list many", MANY, source="lib/list/import.cpp"),
    Writer("import some.txt --list many --replace", MANY, source="lib/list/import.cpp"),
    Writer("import bad.txt some.txt --list bad --deny --skip-invalid", BAD, source="lib/list/import.cpp", status=1),
    Writer("list match --list bad --list many access.log --record", ("list add bad 192.0.2.1 192.0.2.2", *MANY), again=False,
           source="commands/list_match_entries.cpp", streams=True, lines=2),
    Writer("bounce report mail.log --remember", source="lib/delivery/state.cpp"),
    Writer("bounce report more.log --remember --suppression gone.txt", ("bounce report mail.log --remember",),
           source="lib/delivery/state.cpp", beside=True),
    Writer("list validate deny.txt --deny --resolver {dns}", BAD, source="lib/list/provider_lookup.cpp", may_fail=True),
    Writer("abuse report spam.eml --zone /dev/null --redact --no-cache --to abuse@isp.example", BAD,
           source="commands/redaction_key.cpp"),
    Writer(ABUSE + " 192.0.2.66", BAD, source="lib/abuse/network_cache.cpp", parts=True, may_fail=True),
    Writer("abuse --resolver {dns} --rdap-bootstrap {rdap} --whois-server 127.0.0.1:9 20.0.0.66",
           BAD,
source="lib/abuse/bootstrap_source.cpp", parts=True, may_fail=True, status=3),
    Writer("dmarc report report.xml --resolve --resolver {dns}", BAD, source="commands/reverse_names.cpp", parts=True,
           may_fail=True),
    Writer("list add bad 192.0.2.9 --deny", source="commands/list_add.cpp",
           store=os.path.join(HERE, "..", "store", "version_1.sql")),
]


def sources_that_write(root):
    """The files outside lib/store that open the store to write, by what they say."""
    found = set()
    for top in ("lib", "cli", "commands"):
        for folder, _, names in os.walk(os.path.join(root, top)):
            for name in names:
                path = os.path.relpath(os.path.join(folder, name), root)
                if path.startswith("lib/store/") or path == "lib/list/store.cpp" or not name.endswith(".cpp"):
                    continue
                with open(os.path.join(root, path), encoding="utf-8") as file:
                    if re.search(r"Access::write\b", file.read()):
                        found.add(path)
    return found


def prepare(place, writer, world):
    """The files and the store that a writer finds. World is what {dns} and {rdap} are."""
    for name, text in FILES.items():
        place.write(name, text)
    place.write("more.log", LOG + LOG.replace("4C1AA", "4C1BB").replace("10:", "11:"))
    place.store = place.path(os.path.join(writer.folder, "store.db"))
    if writer.store:
        with open(writer.store, encoding="utf-8") as file:
            place.script(file.read() + "PRAGMA application_id=0x6d747374; PRAGMA user_version=1; PRAGMA journal_mode=WAL;")
    for words in writer.before:
        done = place.run(*words.split(), "--at", NOW)
        store_place.check(done.returncode == 0, "before %s: %s: %s" % (writer.words, words, done.err))
    return [word.format(**world) for word in writer.words.split()] + ["--at", NOW]
