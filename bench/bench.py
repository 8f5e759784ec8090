#!/usr/bin/env python3
"""Bulk SPF checks and bulk `check`, beside their peers, against nsd and unbound on loopback.

    bench/bench.py [--mailtrust build/release/cli/mailtrust] [--checks 20000] [--runs 3]

Needs root (a network namespace of its own, so that every program can be given the same resolver
on port 53) and: nsd unbound python3-spf python3-dnspython libspf2-dev libmail-spf-perl gcc.
Prints a Markdown table; ratios are medians within this run.
"""
import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
PROVIDERS = 40
DOMAINS = 20000
CHECKED = 2000  # domains of the `check` run, and of the run that asks the same few again


def address(rng):
    """Of 198.18.0.0/15, the range set aside for benchmarks (RFC 2544)."""
    return "198.%d.%d.%d" % (rng.choice((18, 19)), rng.randrange(256), rng.randrange(256))


def provider_lines(rng):
    """Senders' includes: half of them in two levels, as the large ones publish."""
    for n in range(PROVIDERS):
        name = "_spf.provider%d.example." % n
        ranges = ["ip4:198.%d.%d.0/%d" % (rng.choice((18, 19)), rng.randrange(256), rng.choice((24, 22, 26)))
                  for _ in range(rng.randrange(3, 12))]
        if n % 2:
            yield '%s IN TXT "v=spf1 %s ~all"' % (name, " ".join(ranges))
            continue
        half = len(ranges) // 2
        yield '%s IN TXT "v=spf1 include:_a%s include:_b%s ~all"' % (name, name[4:-1], name[4:-1])
        yield '_a%s IN TXT "v=spf1 %s ~all"' % (name[4:], " ".join(ranges[:half]))
        yield '_b%s IN TXT "v=spf1 %s ~all"' % (name[4:], " ".join(ranges[half:]))


def domain_lines(rng):
    """Domains as they are: an MX, one to three includes, some a and mx, one in ten broken or bare."""
    for n in range(DOMAINS):
        name = "d%d.example." % n
        yield "%s IN MX 10 mx.%s" % (name, name)
        yield "mx.%s IN A %s" % (name, address(rng))
        yield "%s IN A %s" % (name, address(rng))
        yield '_dmarc.%s IN TXT "v=DMARC1; p=%s; rua=mailto:d@%s"' % (name, rng.choice(("none", "reject")), name[:-1])
        if n % 10 == 9:
            continue
        terms = ["include:_spf.provider%d.example" % min(int(rng.expovariate(0.12)), PROVIDERS - 1)
                 for _ in range(rng.choice((1, 1, 2, 2, 3)))]
        terms = sorted(set(terms))
        if rng.random() < 0.4:
            terms.insert(0, "mx")
        if rng.random() < 0.2:
            terms.insert(0, "a")
        if rng.random() < 0.3:
            terms.append("ip4:" + address(rng))
        yield '%s IN TXT "v=spf1 %s %s"' % (name, " ".join(terms), rng.choice(("-all", "~all")))


def write_inputs(work, checks):
    rng = random.Random(7208)
    with open(work + "/bench.zone", "w") as zone:
        zone.write("$ORIGIN .\n$TTL 3600\nexample. IN SOA ns.example. h.example. 1 3600 600 86400 300\n"
                   "example. IN NS ns.example.\nns.example. IN A 127.0.0.1\n")
        zone.write("\n".join(list(provider_lines(rng)) + list(domain_lines(rng))) + "\n")
    for name, domains in (("checks", DOMAINS), ("again", CHECKED)):
        with open("%s/%s.tsv" % (work, name), "w") as lines:
            for i in range(checks):
                n = i % domains
                lines.write("%s\tuser@d%d.example\tmx.d%d.example\n" % (address(rng), n, n))
    with open(work + "/domains.txt", "w") as lines:
        lines.writelines("d%d.example\n" % n for n in range(CHECKED))


def start_servers(work):
    """nsd holds the zone on port 5300, unbound resolves on port 53; both in the foreground."""
    with open(work + "/nsd.conf", "w") as conf:
        conf.write("""server:
  ip-address: 127.0.0.1@5300
  username: ""
  chroot: ""
  zonesdir: "%(w)s"
  database: ""
  pidfile: ""
  xfrdfile: "%(w)s/xfrd"
  zonelistfile: "%(w)s/zonelist"
  logfile: "%(w)s/nsd.log"
  rrl-ratelimit: 0
remote-control:
  control-enable: no
zone:
  name: example
  zonefile: bench.zone
""" % {"w": work})
    with open(work + "/unbound.conf", "w") as conf:
        conf.write("""server:
  interface: 127.0.0.1@53
  username: ""
  chroot: ""
  directory: "%(w)s"
  pidfile: ""
  use-syslog: no
  do-not-query-localhost: no
  local-zone: "example." nodefault
  module-config: "iterator"
  so-rcvbuf: 4m
  msg-cache-size: 64m
  rrset-cache-size: 128m
stub-zone:
  name: "example"
  stub-addr: 127.0.0.1@5300
remote-control:
  control-enable: no
""" % {"w": work})
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    servers = [subprocess.Popen(["nsd", "-d", "-c", work + "/nsd.conf"], **quiet),
               subprocess.Popen(["unbound", "-d", "-c", work + "/unbound.conf"], **quiet)]
    time.sleep(1.5)
    for server in servers:
        if server.poll() is not None:
            sys.exit("bench: %s did not start" % server.args[0])
    return servers


def timed(command):
    """Wall seconds, CPU seconds, peak MiB, and the lines printed."""
    start = time.monotonic()
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    out = process.stdout.read()
    _, _, usage = os.wait4(process.pid, 0)
    wall = time.monotonic() - start
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024, out.decode().splitlines()


def measure(command, runs):
    """Medians over the runs; the first, which warms the resolver, is not counted."""
    results = [timed(command) for _ in range(runs + 1)][1:]
    return tuple(statistics.median(r[i] for r in results) for i in range(3)) + (results[-1][3],)


def row(name, count, figures, reference):
    wall, cpu, peak, _ = figures
    print("| %s | %d | %.2f | %.0f | %.2f | %.0f | %s |" % (
        name, count, wall, count / wall, cpu, peak,
        "1" if reference is None else "%.1f" % ((wall / count) / reference)))


def heading(title):
    print("\n%s\n\n| program | inputs | wall s | inputs/s | CPU s | peak MiB | times mailtrust |\n|---|---|---|---|---|---|---|"
          % title)


def head_of(source_path, lines):
    path = "%s-%d" % (source_path, lines)
    with open(source_path) as source, open(path, "w") as out:
        out.writelines(line for _, line in zip(range(lines), source))
    return path


def bench_spf(a, work):
    compare_spf(a, work, work + "/checks.tsv", "every domain once", 500)
    compare_spf(a, work, work + "/again.tsv", "%d domains, again and again" % CHECKED, 0)


def compare_spf(a, work, lines, title, slow_checks):
    heading("### `spf test --input`, resolver warm, %s" % title)
    loop = work + "/libspf2_loop"
    subprocess.check_call(["gcc", "-O2", "-o", loop, HERE + "/peers/libspf2_loop.c", "-lspf2"])
    ours = measure([a.mailtrust, "spf", "test", "--input", lines, "--json"], a.runs)
    per_check = ours[0] / a.checks
    row("mailtrust", a.checks, ours, None)
    results = [json.loads(line)["result"] for line in ours[3]]
    peers = [("libspf2, C loop", [loop], a.checks),
             ("pyspf", ["/usr/bin/python3", HERE + "/peers/pyspf_loop.py"], slow_checks),
             ("Mail::SPF", ["perl", HERE + "/peers/mail_spf_loop.pl"], slow_checks)]
    for name, command, count in peers:
        count = min(count, a.checks)
        if not count:
            continue
        figures = measure(command + [head_of(lines, count)], a.runs)
        row(name, count, figures, per_check)
        same = sum(x == y for x, y in zip(figures[3], results))
        print("<!-- %s agrees on %d of %d -->" % (name, same, count))


def bench_check(a, work):
    heading("### `check --input`, resolver warm")
    command = [a.mailtrust, "check", "--input", work + "/domains.txt", "--json"]
    ours = measure(command, a.runs)
    row("mailtrust", CHECKED, ours, None)
    asked = set()
    with open(work + "/questions.tsv", "w") as questions:
        for line in timed(command + ["-v"])[3]:
            for step in json.loads(line)["evidence"]:
                if (step["name"], step["type"]) not in asked:
                    asked.add((step["name"], step["type"]))
                    questions.write("%s\t%s\n" % (step["name"], step["type"]))
    figures = measure(["/usr/bin/python3", HERE + "/peers/dnspython_asyncio.py", work + "/questions.tsv"], a.runs)
    row("dnspython asyncio, the same %d questions" % len(asked), CHECKED, figures, ours[0] / CHECKED)


def bench_single(a, work):
    heading("### one `spf test` as a process")
    count = 50
    line = open(work + "/checks.tsv").readline().rstrip("\n").split("\t")
    shell = "for i in $(seq %d); do %s spf test d1.example --ip %s --sender %s --helo %s; done" % (
        count, a.mailtrust, line[0], line[1], line[2])
    row("mailtrust, and the shell that starts it", count, measure(["sh", "-c", shell], a.runs), None)


def inside_namespace(a):
    """Ours alone: loopback up, and a resolv.conf that names it."""
    with tempfile.TemporaryDirectory() as work:
        subprocess.check_call(["ip", "link", "set", "lo", "up"])
        with open(work + "/resolv.conf", "w") as conf:
            conf.write("nameserver 127.0.0.1\n")
        subprocess.check_call(["mount", "--bind", work + "/resolv.conf", os.path.realpath("/etc/resolv.conf")])
        write_inputs(work, a.checks)
        servers = start_servers(work)
        try:
            for table in (bench_spf, bench_check, bench_single):
                table(a, work)
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait()


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("--mailtrust", default=os.path.join(HERE, "../build/release/cli/mailtrust"))
    ap.add_argument("--checks", type=int, default=20000)
    ap.add_argument("--runs", type=int, default=3)
    a = ap.parse_args()
    a.mailtrust = os.path.abspath(a.mailtrust)
    if os.environ.get("MAILTRUST_BENCH") != "inside":
        unshare = shutil.which("unshare") or sys.exit("bench: needs unshare (util-linux)")
        os.environ["MAILTRUST_BENCH"] = "inside"
        os.execv(unshare, [unshare, "--net", "--mount", sys.executable, os.path.abspath(__file__)] + sys.argv[1:])
    inside_namespace(a)


if __name__ == "__main__":
    main()
