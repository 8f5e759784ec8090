#!/usr/bin/env python3
"""`abuse` over 100,000 addresses in 2,000 networks, beside a registry of our own on loopback: how many questions that
costs, how long it takes, and how many run at once.

    bench/abuse.py [--mailtrust build/release/cli/mailtrust] [--addresses 100000] [--networks 2000] [--delay 0]

Prints Markdown. --delay: milliseconds the registry takes for an answer.
"""
import argparse
import asyncio
import json
import multiprocessing
import os
import random
import subprocess
import tempfile
import time

FIRST = 20 << 24  # 20.0.0.0
HEAD = "HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\nContent-Length: %d\r\n\r\n"


def dotted(number):
    return ".".join(str(number >> shift & 255) for shift in (24, 16, 8, 0))


def answer(path):
    """The /22 around the address, each with a contact of its own."""
    a, b, c, d = (int(part) for part in path.rsplit("/", 1)[1].split("."))
    first = (a << 24 | b << 16 | c << 8 | d) >> 10 << 10
    card = ["vcard", [["version", {}, "text", "4.0"], ["email", {}, "text", "abuse@isp%d.example" % (first >> 10)]]]
    body = json.dumps({"objectClassName": "ip network", "handle": "NET-" + dotted(first), "name": "EXAMPLE",
                       "startAddress": dotted(first), "endAddress": dotted(first + 1023), "country": "DE",
                       "entities": [{"objectClassName": "entity", "handle": "E", "roles": ["abuse"], "vcardArray": card}]})
    return (HEAD % len(body) + body).encode()


class Registry(asyncio.Protocol):
    asked = inside = most = 0
    delay = 0.0

    def connection_made(self, transport):
        self.transport, self.text = transport, b""

    def data_received(self, data):
        self.text += data
        while b"\r\n\r\n" in self.text:
            request, self.text = self.text.split(b"\r\n\r\n", 1)
            Registry.asked += 1
            Registry.inside += 1
            Registry.most = max(Registry.most, Registry.inside)
            octets = answer(request.split()[1].decode())
            asyncio.get_running_loop().call_later(Registry.delay, self.send, octets)

    def send(self, octets):
        Registry.inside -= 1
        self.transport.write(octets)


async def serve(pipe, delay):
    Registry.delay = delay / 1000
    server = await asyncio.get_running_loop().create_server(Registry, "127.0.0.1", 0, backlog=512)
    pipe.send(server.sockets[0].getsockname()[1])
    while True:
        await asyncio.to_thread(pipe.recv)
        pipe.send((Registry.asked, Registry.most))
        Registry.asked = Registry.most = 0


def registry(pipe, delay):
    asyncio.run(serve(pipe, delay))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mailtrust", default="build/release/cli/mailtrust")
    parser.add_argument("--addresses", type=int, default=100000)
    parser.add_argument("--networks", type=int, default=2000)
    parser.add_argument("--delay", type=float, default=0)
    a = parser.parse_args()
    ours, theirs = multiprocessing.Pipe()
    server = multiprocessing.Process(target=registry, args=(theirs, a.delay), daemon=True)
    server.start()
    base = "http://127.0.0.1:%d/" % ours.recv()
    dice = random.Random(1)
    numbers = [FIRST + (i % a.networks << 10) + dice.randrange(1024) for i in range(a.addresses)]
    dice.shuffle(numbers)
    print("%d addresses in %d networks, %g ms an answer\n" % (a.addresses, a.networks, a.delay))
    print("| run | questions | most at once | wall s | addresses/s | peak MiB |")
    print("|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as folder:
        path, store = os.path.join(folder, "addresses"), os.path.join(folder, "store.db")
        with open(path, "w", encoding="ascii") as file:
            file.writelines(dotted(number) + "\n" for number in numbers)
        for name, options in (("--jobs 1", ["--no-cache", "--jobs", "1"]), ("default", ["--no-cache"]),
                              ("--jobs 128", ["--no-cache", "--jobs", "128"]), ("into the store", ["--store", store]),
                              ("from the store", ["--store", store])):
            command = [a.mailtrust, "abuse", "--json", "--zone", os.devnull, "--rdap-base", base, "--input", path]
            begin = time.monotonic()
            with open(os.path.join(folder, "out"), "wb") as out:
                process = subprocess.Popen([*command, *options], stdout=out)
                _, _, usage = os.wait4(process.pid, 0)
            seconds = time.monotonic() - begin
            with open(os.path.join(folder, "out"), "rb") as out:
                answered = sum(b'"email"' in line for line in out)
            assert answered == a.addresses, answered
            ours.send(None)
            asked, most = ours.recv()
            print("| %s | %d | %d | %.2f | %d | %.0f |" % (name, asked, most, seconds, a.addresses / seconds,
                                                         usage.ru_maxrss / 1024))
    server.terminate()


if __name__ == "__main__":
    main()
