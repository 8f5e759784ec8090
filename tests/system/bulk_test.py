#!/usr/bin/env python3
"""bulk_test.py MAILTRUST ZONE_SERVER [--domains N]: a bulk run, recorded and replayed.

`check` and `spf test` over N domains on 64 threads, against a live server that also fails: the
replay of the recording with --zone prints the same octets and ends with the same status.
"""
import argparse
import os
import random
import sys
import tempfile

from servers import ZoneServer, run

KEY = "MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8AMIIBCgKCAQEAwIBAAKBgQD3"  # not a key: a fault to be told


def record_lines(rng, n):
    """One domain: most are sound, the others fail in one way each."""
    name = "d%d.example." % n
    mx = "mx.%s" % name
    lines = ["%s IN MX 10 %s" % (name, mx), "%s IN A 192.0.2.%d" % (mx, n % 250 + 1)]
    kind = n % 10
    if kind == 0:
        lines += ["; !timeout %s TXT" % name]
    elif kind == 1:
        lines += ["; !servfail %s TXT refused" % name]
    elif kind == 2:
        lines += ['%s IN TXT "v=spf1 a:gone.%s mx include:nowhere.example ?all"' % (name, name)]
    elif kind == 3:
        lines += ["%s IN TXT \"v=spf1 mx ipv4:192.0.2.1 -all\"" % name, '%s IN TXT "other \\"text\\" ; here"' % name]
    elif kind == 4:
        lines += ["; !servfail %s A" % mx, '%s IN TXT "v=spf1 mx -all"' % name]
    else:
        lines += ['%s IN TXT "v=spf1 mx include:_spf%d.shared.example -all"' % (name, rng.randrange(20))]
    if n % 3:
        lines += ['_dmarc.%s IN TXT "v=DMARC1; p=%s"' % (name, rng.choice(("none", "reject", "bogus")))]
    if n % 4 == 0:
        lines += ['default._domainkey.%s IN TXT "v=DKIM1; k=rsa; p=%s"' % (name, KEY)]
    if n % 7 == 0:
        lines += ["selector1._domainkey.%s IN CNAME s%d.shared.example." % (name, n % 5)]
    return lines


def write_zone(path, domains):
    rng = random.Random(6376)
    lines = ["$ORIGIN .", "$TTL 300"]
    for n in range(20):
        lines.append('_spf%d.shared.example. IN TXT "v=spf1 ip4:198.51.100.%d/29 ~all"' % (n, n * 8))
    for n in range(domains):
        lines += record_lines(rng, n)
    with open(path, "w") as file:
        file.write("\n".join(lines) + "\n")


def write_inputs(work, domains):
    with open(work + "/domains", "w") as file:
        file.writelines("d%d.example\n" % n for n in range(domains))
    with open(work + "/checks", "w") as file:
        file.writelines("192.0.2.%d\tuser@d%d.example\tmx.d%d.example\n" % (n % 200 + 1, n, n) for n in range(domains))


def compare(a, work, server, command):
    """Live with a recording, then the replay; what differs."""
    options = ["--json", "--jobs", "64", "--at", "1000000000"]
    recording = work + "/recording"
    live = run(a.mailtrust, *command, *options, "--resolver", server.address, "--timeout", a.timeout,
               "--record-zone", recording)
    replay = run(a.mailtrust, *command, *options, "--zone", recording)
    name = " ".join(command[:2])
    print("%s: live status %d, %d lines, %d octets; replay status %d" % (
        name, live[0], live[1].count(b"\n"), len(live[1]), replay[0]))
    faults = []
    if live[1].count(b"\n") != a.domains:
        faults.append("%s: %d lines for %d inputs; %s" % (name, live[1].count(b"\n"), a.domains, live[2][-2000:]))
    if live[0] != replay[0] or live[0] not in (1, 3):
        faults.append("%s: status %d live, %d replayed; %s" % (name, live[0], replay[0], live[2][-2000:]))
    for one, other in zip(live[1].splitlines(), replay[1].splitlines()):
        if one != other:
            faults.append("%s: differs:\n  %s\n  %s" % (name, one.decode(), other.decode()))
    return faults[:5]


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("mailtrust")
    ap.add_argument("zone_server")
    ap.add_argument("--domains", type=int, default=300)
    ap.add_argument("--timeout", default="1s")
    a = ap.parse_args()
    with tempfile.TemporaryDirectory() as work:
        write_zone(work + "/zone", a.domains)
        write_inputs(work, a.domains)
        with ZoneServer(a.zone_server, work + "/zone") as server:
            faults = compare(a, work, server, ["spf", "test", "--input", work + "/checks"])
            faults += compare(a, work, server, ["check", "--input", work + "/domains"])
    print("\n".join(faults) or "replayed alike")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
