#!/usr/bin/env python3
"""`ip` of 256 addresses and 40 lists, beside `dig -f` and dnspython asyncio with the same questions.

    bench/ip.py [--mailtrust build/release/cli/mailtrust] [--runs 5]

Needs rbldnsd, unbound, bind9-dnsutils and python3-dnspython, and no root. The lists are rbldnsd's; unbound before it
is the resolver, warm; both on free loopback ports. Prints Markdown: medians, after one round that is not counted.
"""
import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(HERE, "..", "tests", "system"))
from name_servers import Server, free_port, program  # noqa: E402

LISTS = ["l%d.bench.example" % i for i in range(40)]
ADDRESSES = ["192.0.2.%d" % i for i in range(256)]
DATA = ":127.0.0.2:listed\n127.0.0.2\n" + "".join("192.0.2.%d\n" % i for i in range(0, 256, 16))
ASYNC = """
import asyncio, sys
import dns.asyncquery, dns.message
async def main():
    room = asyncio.Semaphore(200)
    async def one(name, kind):
        async with room:
            await dns.asyncquery.udp(dns.message.make_query(name, kind), "127.0.0.1", port=int(sys.argv[1]), timeout=5)
    await asyncio.gather(*(one(*line.split()) for line in open(sys.argv[2])))
asyncio.run(main())
"""


def reverse(address):
    return ".".join(reversed(address.split(".")))


def questions():
    for address in ADDRESSES:
        yield "%s.in-addr.arpa PTR" % reverse(address)
        for zone in LISTS:
            yield "%s.%s A" % (reverse(address), zone)


def lists():
    port = free_port()
    words = ["%s:ip4set:data" % zone for zone in LISTS]
    server = Server([program("rbldnsd"), "-n", "-b", "127.0.0.1/%d" % port, "-w", "@DIR@", *words], {"data": DATA})
    server.port = port
    os.chmod(server.directory, 0o755)
    return server


def resolver(behind):
    conf = "server:\n  interface: 127.0.0.1@@PORT@\n  do-not-query-localhost: no\n  chroot: \"\"\n  username: \"\"\n"
    conf += "  directory: \"@DIR@\"\n  pidfile: \"@DIR@/pid\"\n  use-syslog: no\n  module-config: iterator\n"
    conf += "  num-threads: 1\n  local-zone: \".\" static\n  local-zone: \"bench.example.\" transparent\n"
    conf += "  local-zone: \"2.0.192.in-addr.arpa.\" static\n"
    for address in ADDRESSES:
        host = address.split(".")[3]
        conf += "  local-data: \"%s.in-addr.arpa. 300 PTR h%s.hosts.example.\"\n" % (reverse(address), host)
        conf += "  local-data: \"h%s.hosts.example. 300 A %s\"\n" % (host, address)
    conf += "stub-zone:\n  name: \"bench.example.\"\n  stub-addr: 127.0.0.1@%d\n" % behind
    return Server([program("unbound"), "-d", "-p", "-c", "@DIR@/conf"], {"conf": conf})


def await_answer(port, name):
    command = ["dig", "@127.0.0.1", "-p", str(port), "+short", "+time=1", "+tries=1", name, "A"]
    end = time.monotonic() + 20
    while time.monotonic() < end:
        if b"127.0.0.2" in subprocess.run(command, capture_output=True, check=False).stdout:
            return
        time.sleep(0.05)
    raise RuntimeError("port %d does not answer" % port)


def seconds(command):
    start = time.perf_counter()
    subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, stdin=subprocess.DEVNULL, check=False)
    return time.perf_counter() - start


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--mailtrust", default=os.path.join(HERE, "..", "build", "release", "cli", "mailtrust"))
    parser.add_argument("--runs", type=int, default=5)
    a = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, lists() as data, resolver(data.port) as server:
        files = {"questions": "\n".join(questions()) + "\n", "lists": "\n".join(LISTS) + "\n", "async.py": ASYNC}
        for name, text in files.items():
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                file.write(text)
        await_answer(server.port, "2.0.0.127." + LISTS[-1])
        path = lambda name: os.path.join(folder, name)  # noqa: E731
        commands = {
            "mailtrust ip 192.0.2.0/24": [a.mailtrust, "ip", "192.0.2.0/24", "--dnsbl-file", path("lists"), "--json",
                                          "--no-registry", "--resolver", server.address],
            "dig -f": ["dig", "@127.0.0.1", "-p", str(server.port), "+short", "-f", path("questions")],
            "dnspython asyncio": ["/usr/bin/python3", path("async.py"), str(server.port), path("questions")],
        }
        rounds = [{name: seconds(command) for name, command in commands.items()} for _ in range(a.runs + 1)][1:]
    ours = None
    print("| program | questions | wall s | times mailtrust |\n|---|---|---|---|")
    for name in commands:
        median = statistics.median(one[name] for one in rounds)
        ours = ours or median
        print("| %s | %d | %.2f | %.1f |" % (name, len(list(questions())), median, median / ours))


if __name__ == "__main__":
    main()
