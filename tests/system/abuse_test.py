#!/usr/bin/env python3
"""abuse beside registries that answer: whom it asks, whom it names, and what it keeps."""
import json
import os
import sqlite3
import sys
import tempfile

import registries
from limits_of_header import LIMITS
from registry_runs import (ABUSE, DAY, GOOD, IP, NET, NO_CONTACT, NOT_FOUND, NOW, PERSON, WHOIS_NONE, Checks,
                           Run, both, redirect)


def check_verdicts(mailtrust, check):
    run = both(mailtrust, GOOD, WHOIS_NONE, "--no-cache", IP)
    check("found", (run.status, run.emails(), run.requests, run.queries), (0, ["abuse@isp.example"], 1, 0))
    run = both(mailtrust, NOT_FOUND, WHOIS_NONE, "--no-cache", IP)
    check("nobody", (run.status, run.answers[0]["contacts"], run.answers[0]["network"]), (1, [], None))
    run = both(mailtrust, NO_CONTACT, WHOIS_NONE, "--no-cache", IP)
    check("a person", (run.status, run.emails(), run.queries), (0, ["erika@isp.example"], 1))
    run = both(mailtrust, GOOD, WHOIS_NONE, "--no-cache", "::ffff:127.0.0.1", "10.1.2.3", "224.0.0.1", "fe80::1")
    check("internal", (run.status, run.requests + run.queries), (1, 0))
    run = both(mailtrust, GOOD, WHOIS_NONE, "--no-cache", "[192.0.2.66]", "::ffff:192.0.2.67", "nonsense", "[IPv6:::1]")
    check("spellings", (run.status, [answer.get("ip") for answer in run.answers]),
          (2, ["192.0.2.66", "192.0.2.67", "nonsense", "::1"]))


def check_links(mailtrust, check):
    def answer(path, headers):
        inner = registries.network("192.0.2.64", "192.0.2.127", ABUSE)
        link = {"rel": "related", "type": "application/rdap+json", "href": web.base + "ip/192.0.2.64/26"}
        bad = [dict(link, href=href) for href in ("http://127.0.0.1:9/ip/192.0.2.64/26", "file:///etc/passwd",
                                                  "https://localhost/ip/192.0.2.64/26")]
        outer = registries.network(*NET, PERSON, links=[*bad, link])
        return registries.response(inner if path.endswith("/26") else outer)

    with registries.Rdap(answer) as web, registries.Whois(lambda query: WHOIS_NONE) as port43:
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache", IP)
    check("a link within", (run.status, run.emails()[:1], run.answers[0]["network"]),
          (0, ["abuse@isp.example"], "192.0.2.64/26"))


def check_requests(mailtrust, check):
    """A contact that is found with the last request that is allowed, and one that would take another."""
    most = LIMITS["kHttpRequests"]
    for count in (most - 1, most, most + 1):
        def answer(path, headers, count=count):
            number = len(web.questions)
            inner = registries.network("192.0.2.64", "192.0.2.127", ABUSE)
            links = [{"rel": "related", "href": web.base + "ip/192.0.2.66?%d" % i} for i in range(2, count + 1)]
            outer = registries.network(*NET, PERSON, links=links)
            return registries.response(inner) if number == count else registries.response(outer)

        with registries.Rdap(answer) as web, registries.Whois(lambda query: WHOIS_NONE) as port43:
            run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache", IP)
        check("%d requests" % count, (len(web.questions), "abuse@isp.example" in run.emails()),
              (min(count, most), count <= most))


def check_budget(mailtrust, check):
    """Eight requests about one address, those in vain included; nothing twice, and the end of it told once."""
    def answer(path, headers):
        if "?" in path:
            return redirect("/ip/192.0.2.66?%d" % len(web.questions))
        links = [{"rel": "related", "href": web.base + "ip/192.0.2.66" + end} for end in ("", "#a", "/#b", "/")]
        links += [{"rel": "related", "href": web.base + "ip/192.0.2.66?from%d" % i} for i in range(9)]
        return registries.response(registries.network(*NET, PERSON, links=links))

    with registries.Rdap(answer) as web, registries.Whois(lambda query: WHOIS_NONE) as port43:
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache", IP)
    check("requests", (run.status, len(web.questions), len(set(web.questions))), (0, 8, 8))
    check("requests: the end", run.words().count("not asked"), 1)
    run = both(mailtrust, registries.response({}, "429 Too Many Requests"), WHOIS_NONE, "--no-cache", IP)
    check("a pause of unknown length", (run.status, run.requests), (3, 1))
    most = LIMITS["kContacts"]
    for count, told in ((most - 1, most - 1), (most, most), (most + 1, most)):
        card = registries.entity("first@isp.example")
        card["vcardArray"][1] += [["email", {}, "text", "a%d@isp.example" % i] for i in range(1, count)]
        run = both(mailtrust, registries.response(registries.network(*NET, card)), WHOIS_NONE, "--no-cache", IP)
        check("%d contacts" % count, (len(run.emails()), run.emails()[0]), (told, "first@isp.example"))


def check_lists(mailtrust, check):
    """ARIN lists networks where an address lies in several; the narrowest is asked for by its handle."""
    def answer(query):
        if query == "n ! NET-192-0-2-64-1":
            return b"NetRange: 192.0.2.64 - 192.0.2.127\r\nOrgAbuseEmail: abuse@isp.example\r\n"
        return b"Isp ISP-1 (NET-192-0-2-0-1) 192.0.2.0 - 192.0.2.255\r\n" \
            b"Joe JOE-1 (NET-192-0-2-64-1) 192.0.2.64 - 192.0.2.127\r\n"

    with registries.Whois(answer) as one:
        run = Run(mailtrust, "--rdap-base", "http://127.0.0.1:9/", "--whois-server", one.address, "--no-cache", IP)
    check("a list", (run.status, run.emails(), one.questions),
          (0, ["abuse@isp.example"], [IP, "n ! NET-192-0-2-64-1"]))
    lists_again = b"Joe JOE-1 (NET-192-0-2-64-1) 192.0.2.64 - 192.0.2.127\r\n"
    run = both(mailtrust, NOT_FOUND, lists_again, "--no-cache", IP)
    check("a list again", (run.status, run.queries), (1, 2))


def check_cache(mailtrust, check, folder):
    store = os.path.join(folder, "store.db")
    with registries.Rdap(lambda path, headers: GOOD) as web:
        options = ["--rdap-base", web.base, "--whois-server", "127.0.0.1:9", "--store", store]

        def asked(address, *more, at=NOW):
            before = len(web.questions)
            run = Run(mailtrust, *options, *more, address, at=at)
            check("kept, " + address, run.emails(), ["abuse@isp.example"])
            return len(web.questions) - before

        check("the first time", asked(IP), 1)
        check("another of the network", asked("192.0.2.1"), 0)
        check("six days on", asked(IP, at=NOW + 6 * DAY), 0)
        check("as of before it was fetched", asked(IP, at=NOW - 1), 1)
        check("seven days on", asked(IP, at=NOW + 7 * DAY), 1)
        check("--no-cache", asked(IP, "--no-cache", at=NOW + 7 * DAY), 1)
        with sqlite3.connect(store) as database:
            database.execute("UPDATE cache SET value = x'7b7d' WHERE kind LIKE 'registration%'")
        check("a damaged answer", asked(IP, at=NOW + 7 * DAY), 1)
        check("mended", asked(IP, at=NOW + 7 * DAY), 0)
        with open(store, "wb") as file:
            file.write(b"not a store at all, but something of the user's\n" * 50)
        run = Run(mailtrust, *options, IP)
        check("no store", (run.status, run.emails(), run.err.count("\n")), (0, ["abuse@isp.example"], 1))
    with registries.Rdap(lambda path, headers: NOT_FOUND) as web, registries.Whois(lambda query: WHOIS_NONE) as port43:
        for _ in range(2):
            Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--store",
                os.path.join(folder, "none.db"), IP)
        check("what is not there is not kept", len(web.questions), 2)
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache", IP, IP, "192.0.2.7")
        check("nor asked for twice in a run", (run.status, len(web.questions)), (1, 4))


def check_bootstrap(mailtrust, check, folder):
    """The table of registries is fetched once a day, and obeyed."""
    seen = []
    address = "20.0.0.66"  # no table names a registry for documentation ranges
    whois = registries.inetnum("20.0.0.0", "20.0.0.255", "abuse-mailbox:  whois@isp.example")

    def answer(path, headers):
        seen.append((path, headers.get("if-none-match")))
        if headers.get("if-none-match") == '"v1"':
            return registries.response(b"", "304 Not Modified", ETag='"v1"')
        table = {"version": "1.0", "publication": "2026-11-01T00:00:00Z",
                 "services": [[["20.0.0.0/8"], ["https://rdap.example/"]]]}
        return registries.response(table, ETag='"v1"')

    def run(at, base):
        return Run(mailtrust, "--rdap-bootstrap", base, "--whois-server", port43.address, "--resolver", "127.0.0.1:9",
                   "--store", os.path.join(folder, "bootstrap.db"), address, at=at, offline=False)

    with registries.Rdap(answer) as web, registries.Whois(lambda query: whois) as port43:
        first = run(NOW, web.base)
        check("bootstrap", (first.status, first.emails(), seen), (0, ["whois@isp.example"], [("/ipv4.json", None)]))
        check("bootstrap: the registry it names", "rdap.example" in first.words(), True)
        run(NOW + DAY - 1, web.base)
        check("bootstrap: the same day", len(seen), 1)
        again = run(NOW + 8 * DAY, web.base)
        check("bootstrap: later", (again.emails(), seen[1:]), (["whois@isp.example"], [("/ipv4.json", '"v1"')]))
        old = [finding["id"] for finding in again.answers[0]["findings"]]
        check("bootstrap: not old", "abuse.old-bootstrap" in old, False)


def check_half_known(mailtrust, check):
    """RDAP names a person, whois is dead: RDAP is asked once all the same, and whois each time."""
    with registries.Rdap(lambda path, headers: NO_CONTACT) as web, registries.Whois(lambda query: [None]) as port43:
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache", "--jobs", "4",
                  *["192.0.2.%d" % i for i in range(1, 9)])
        check("half known", (run.status, len(web.questions), len(port43.questions)), (0, 1, 8))
    check("half known: all told", [run.emails(i) for i in range(8)], [["erika@isp.example"]] * 8)
    check("half known: trouble", all("127.0.0.1" in answer["findings"][0]["message"] for answer in run.answers), True)


def check_bulk(mailtrust, check, folder):
    def answer(path, headers):
        block = path.split("/")[2].rsplit(".", 1)[0]
        return registries.response(registries.network(block + ".0", block + ".255",
                                                      registries.entity("abuse@isp%d.example" % (len(block) % 3))))

    addresses = ["20.%d.%d.%d" % (i % 8, i % 25, i % 250 + 1) for i in range(4000)]
    path = os.path.join(folder, "addresses.txt")
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(addresses) + "\n")
    networks = len({address.rsplit(".", 1)[0] for address in addresses})
    for jobs in ("1", "128"):
        with registries.Rdap(answer) as web:
            run = Run(mailtrust, "--rdap-base", web.base, "--no-cache", "--jobs", jobs, "--input", path, timeout="5s")
            check("questions of %s jobs" % jobs, len(web.questions), networks)
            check("order of %s jobs" % jobs, [answer["ip"] for answer in run.answers], addresses)
            check("at once, %s jobs" % jobs, web.most_inside <= 16, True)
    with registries.Rdap(answer) as web:
        run = Run(mailtrust, "--rdap-base", web.base, "--no-cache", "--group", "--input", path, "nonsense", "10.0.0.1")
    groups = [answer for answer in run.answers if "contact" in answer]
    told = sorted(address for group in groups for address in group["addresses"])
    check("groups lose nothing", told, sorted([*addresses, "10.0.0.1"]))
    check("nobody's group is the last", (groups[-1]["contact"], groups[-1]["status"]), (None, "none"))
    check("errors beside groups", [answer["ip"] for answer in run.answers if "error" in answer], ["nonsense"])


def check_bad_beside_good(mailtrust, check):
    """In a batch the bad never cost the good."""
    def answer(path, headers):
        return [30.0] if path.endswith(("1", "3", "5")) else GOOD_32(path.split("/")[2])

    def GOOD_32(address):
        return registries.response(registries.network(address, address, ABUSE))

    with registries.Rdap(answer) as web, registries.Whois(lambda query: [30.0]) as port43:
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache",
                  *["192.0.2.%d" % i for i in range(1, 7)])
    found = [bool(answer["contacts"]) for answer in run.answers]
    check("good beside bad", (run.status, found), (3, [False, True, False, True, False, True]))
    check("good beside bad: in time", run.seconds < 6, True)


def main():
    mailtrust = sys.argv[1]
    check = Checks()
    with tempfile.TemporaryDirectory() as folder:
        check_verdicts(mailtrust, check)
        check_links(mailtrust, check)
        check_requests(mailtrust, check)
        check_budget(mailtrust, check)
        check_lists(mailtrust, check)
        check_cache(mailtrust, check, folder)
        check_bulk(mailtrust, check, folder)
        check_bad_beside_good(mailtrust, check)
        check_half_known(mailtrust, check)
        check_bootstrap(mailtrust, check, folder)
    print("abuse: %d failures" % check.failures)
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
