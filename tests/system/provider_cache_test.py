#!/usr/bin/env python3
"""What DNS says of large mail providers is kept in the store for a week, and what it does not say is never taken for no."""
import json
import os
import sqlite3
import sys
import tempfile

import servers

ZONE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "../zones/list_providers.zone")
NOW = 1700000000
DAY = 86400
DEAD = "127.0.0.1:9"


def validate(mailtrust, path, *options, at=NOW):
    status, out, _ = servers.run(mailtrust, "list", "validate", path, "--deny", "--json", "--timeout", "200ms",
                                 "--at", str(at), *options)
    return status, json.loads(out)


def codes(answer):
    return [error["code"] for error in answer["errors"]]


def findings(answer):
    return [finding["id"] for finding in answer["findings"]]


def check(what, found, expected):
    if found == expected:
        return 0
    print("%s: %r, expected %r" % (what, found, expected))
    return 1


def main():
    mailtrust, zone_server = sys.argv[1:3]
    failures = 0
    with tempfile.TemporaryDirectory() as folder:
        path, store = os.path.join(folder, "deny.txt"), os.path.join(folder, "store.db")
        with open(path, "w", encoding="ascii") as file:
            file.write("203.0.113.7;a host\n192.0.2.0/25;half a provider\n")

        status, answer = validate(mailtrust, path, "--resolver", DEAD, "--store", store)
        failures += check("nobody answers", (status, codes(answer), findings(answer)),
                          (3, [], ["list.provider-unknown"]))
        with servers.ZoneServer(zone_server, ZONE) as server:
            status, answer = validate(mailtrust, path, "--resolver", server.address, "--store", store)
        failures += check("asked", (status, codes(answer), findings(answer)), (1, ["provider"], ["list.provider"]))

        with sqlite3.connect(store) as database:
            dates = database.execute("SELECT DISTINCT fetched FROM cache WHERE kind = 'provider-ranges'").fetchall()
        failures += check("the date in the store", dates, [(NOW,)])

        for days, expected in ((6, (1, ["provider"])), (7, (3, []))):
            status, answer = validate(mailtrust, path, "--resolver", DEAD, "--store", store, at=NOW + days * DAY)
            failures += check("after %d days" % days, (status, codes(answer)), expected)
        status, answer = validate(mailtrust, path, "--zone", "/dev/null", "--store", store)
        failures += check("a zone has a world of its own", (status, codes(answer)), (0, []))
        status, answer = validate(mailtrust, path, "--resolver", DEAD, "--store", path)
        failures += check("what is no store is left alone", (status, open(path, encoding="ascii").read()[:3]),
                          (3, "203"))
    print("provider cache: %d failures" % failures)
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
