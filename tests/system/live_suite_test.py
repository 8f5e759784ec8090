#!/usr/bin/env python3
"""live_suite_test.py MAILTRUST ZONE_SERVER: the RFC 7208 suite asked over the network.

Every case gives the same answer through --resolver at a live server as through --zone.
Skipped (77) where the suite is not there.
"""
import json
import os
import sys
from concurrent.futures import ThreadPoolExecutor

from servers import ZoneServer, run

SHARED = os.environ.get("MAILTRUST_SHARED") or os.path.join(os.path.dirname(__file__), "../../../shared")
SUITE = os.path.join(SHARED, "conformance/spf-rfc7208")


def arguments(case):
    return ["spf", "test", case["domain"], "--ip", case["ip"], "--sender", case["sender"], "--helo", case["helo"],
            "--json", "--at", "1000000000"]


def main():
    mailtrust, zone_server = sys.argv[1:]
    if not os.path.isdir(SUITE):
        return 77
    with open(os.path.join(SUITE, "cases.json"), encoding="utf-8") as file:
        cases = json.load(file)
    different = 0
    for zone in sorted({case["zone"] for case in cases}):
        path = os.path.join(SUITE, "zones", zone)
        with ZoneServer(zone_server, path) as server, ThreadPoolExecutor(8) as pool:
            def compare(case, path=path, server=server):
                offline = run(mailtrust, *arguments(case), "--zone", path)
                live = run(mailtrust, *arguments(case), "--resolver", server.address, "--timeout", "1500ms")
                return case["id"], offline[:2], live[:2]

            for name, offline, live in pool.map(compare, [c for c in cases if c["zone"] == zone]):
                if offline != live:
                    different += 1
                    print("%s: offline %s, live %s" % (name, offline, live))
    print("%d cases, %d differ" % (len(cases), different))
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
