#!/usr/bin/env python3
"""received.py MAILTRUST: every case of the corpus of Received fields. 77, "skipped", where it is not there."""
import json
import os
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
CORPUS = os.path.join(os.environ.get("MAILTRUST_SHARED", os.path.join(HERE, "../../../shared")), "corpus/received")
MEMBERS = ("ip", "rdns", "by", "id", "ident", "envelope_from", "auth")


def run(mailtrust, octets, *options):
    done = subprocess.run([mailtrust, "received", "--json", "--config", "/dev/null", *options, "-"], input=octets,
                          capture_output=True, timeout=60)
    return json.loads(done.stdout)


def bare(helo):
    """Brackets and qmail's marks around an address do not matter."""
    return (helo or "").strip("[]?")


def header_faults(answer, expect):
    if expect.get("no_transfer"):
        if answer["origin"]["ip"] not in expect["origin_ip"]:
            yield "origin %s" % answer["origin"]["ip"]
        return
    hop = answer["hops"][0]
    for member in MEMBERS:
        if member in expect and (hop[member] or "") != (expect[member] or "") and hop[member] != expect[member]:
            yield "%s: %r, not %r" % (member, hop[member], expect[member])
    if "helo" in expect and bare(hop["helo"]) != bare(expect["helo"]):
        yield "helo: %r, not %r" % (hop["helo"], expect["helo"])


def scenario_faults(answer, expect):
    origin, hops = answer["origin"], answer["hops"]
    flags = [flag for hop in hops for flag in hop["flags"]]
    found = [("origin", origin["ip"] in expect["origin"]),
             ("confidence", origin["confidence"] in expect["confidence"]),
             ("claimed", answer["claimed_origin"]["ip"] in expect.get("claimed", [answer["claimed_origin"]["ip"]])),
             ("hop", expect.get("hop") in (None, origin["hop"])),
             ("hops", expect.get("hops") in (None, [hop["ip"] for hop in hops])),
             ("flags", set(expect.get("flags", [])) <= set(flags)),
             ("noflags", not set(expect.get("noflags", [])) & set(flags)),
             ("auth", "auth" not in expect or hops[expect["auth"]]["auth"])]
    if "flag_hop" in expect:
        found.append(("flag_hop", bool(set(expect["flags"]) & set(hops[expect["flag_hop"]]["flags"]))))
    found += [("delay", hops[int(hop)]["delay_s"] == delay) for hop, delay in expect.get("delay", {}).items()]
    return [name for name, good in found if not good]


def main():
    mailtrust = sys.argv[1]
    if not os.path.isdir(CORPUS):
        return 77
    faults, cases = [], 0
    with open(os.path.join(CORPUS, "headers.jsonl"), encoding="utf-8") as file:
        for line in file:
            case = json.loads(line)
            answer = run(mailtrust, ("Received: %s\r\n\r\n" % case["received"]).encode())
            faults += ["%s\n  %s" % (case["received"], fault) for fault in header_faults(answer, case["expect"])]
            cases += 1
    with open(os.path.join(CORPUS, "scenarios.json"), encoding="utf-8") as file:
        for case in json.load(file):
            with open(os.path.join(CORPUS, "scenarios", case["file"]), "rb") as message:
                options = ["--trusted", case["trusted"]] if case["trusted"] else []
                answer = run(mailtrust, message.read(), *options)
            wrong = scenario_faults(answer, case["expect"])
            faults += ["%s: %s in %s" % (case["file"], wrong, json.dumps(answer))] if wrong else []
            cases += 1
    print("\n".join(faults + ["%d cases, %d faults" % (cases, len(faults))]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
