#!/usr/bin/env python3
"""publish_test.py MAILTRUST: list publish against real primaries (knot, bind), and who follows them.

Adds, changes and removes; a key that is wrong in each way; an interrupted run that the next one finishes; two
publishers at once; secondaries that follow by IXFR; wildcards and the entries below them, asked for one by one.
"""
import ipaddress
import json
import os
import random
import re
import signal
import socket
import struct
import subprocess
import sys
import tempfile
import threading
import time

import name_servers
from fake_primary import SPOILED, FakePrimary, Listener
from name_servers import KEY, READER, ZONE, ask, bind, knot, nsd, serial

A, TXT, MX = 1, 16, 15
LISTED = b"\x7f\x00\x00\x02"
SPELLINGS = {  # the files that administrators have
    "bind": 'key "%s" {\n  algorithm %s; // the usual one\n  secret "%s";\n};\n' % KEY,
    "knot": "# %s:%s:%s\nkey:\n  - id: %s\n    algorithm: %s\n    secret: %s\n" % (KEY[1], KEY[0], KEY[2], *KEY),
    "dig": "%s:%s:%s\n" % (KEY[1], KEY[0], KEY[2]),
}


def reverse(address):
    return ipaddress.ip_address(address).reverse_pointer.rsplit(".", 2)[0] + "." + ZONE


class Publisher:
    """Runs of list publish with files in a folder of its own."""

    def __init__(self, mailtrust, folder):
        self.mailtrust = mailtrust
        self.folder = folder
        self.key = self.file("key", SPELLINGS["dig"])

    def file(self, name, text, mode=0o600):
        path = os.path.join(self.folder, name)
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
        os.chmod(path, mode)
        return path

    def list(self, *lines):
        return self.file("list", "".join(line + "\n" for line in lines))

    def command(self, server, path, *more, key=None):
        return [self.mailtrust, "list", "publish", path, "--zone", ZONE, "--server", server,
                "--tsig", key or self.key, *more]

    def run(self, server, path, *more, key=None):
        """Exit status, the object of --json, stderr."""
        done = subprocess.run(self.command(server, path, "--json", *more, key=key), capture_output=True,
                              text=True, timeout=120)
        assert KEY[2] not in done.stdout + done.stderr, "the secret is printed"
        return done.returncode, json.loads(done.stdout) if done.stdout else None, done.stderr

    def good(self, server, path, *more, key=None):
        status, report, err = self.run(server.address, path, *more, key=key)
        assert status == 0 and not err, (status, report, err, server.said()[-2000:])
        return report


def counts(report):
    return report["added"], report["changed"], report["removed"]


def is_listed(server, address):
    code, answers = ask(server.port, reverse(address), A)
    assert code in (0, 3), code
    assert answers in ([], [LISTED]), answers
    return bool(answers)


def text_of(server, address):
    answers = ask(server.port, reverse(address), TXT)[1]
    return answers[0][1:].decode() if answers else None


def basics(publisher, server):
    first = publisher.list("192.0.2.7;spam", "198.51.0.0/16;net", "198.51.100.7;host", "2001:db8::/32")
    before = serial(server.port)
    planned = publisher.good(server, first, "--dry-run")
    assert planned["result"] == "planned" and counts(planned) == (5, 0, 2), planned
    assert {c["name"] for c in planned["changes"] if c["change"] == "remove"} == {"77.2.0.192", "78.2.0.192"}
    assert serial(server.port) == before, "a dry run changed the zone"

    done = publisher.good(server, first)
    assert counts(done) == (5, 0, 2) and done["serial"] > before == done["serial_before"], done
    assert serial(server.port) == done["serial"]
    for address in ("192.0.2.7", "198.51.100.7", "198.51.100.8", "198.51.3.4", "2001:db8::1", "127.0.0.2",
                    "::ffff:127.0.0.2"):
        assert is_listed(server, address), address
    for address in ("192.0.2.8", "192.0.2.77", "127.0.0.1", "2001:db9::1", "::ffff:127.0.0.1"):
        assert not is_listed(server, address), address
    assert text_of(server, "198.51.100.7") == "host" and text_of(server, "198.51.100.8") == "net"
    assert text_of(server, "2001:db8::1") is None

    again = publisher.good(server, first)
    assert again["result"] == "unchanged" and counts(again) == (0, 0, 0), again
    assert serial(server.port) == done["serial"], "a run without a difference raised the serial"

    second = publisher.list("192.0.2.7;worse", "198.51.0.0/16;net", "192.0.2.9;new")
    done = publisher.good(server, second)
    assert counts(done) == (1, 1, 3), done
    assert text_of(server, "192.0.2.7") == "worse" and is_listed(server, "192.0.2.9")
    assert not is_listed(server, "2001:db8::1") and is_listed(server, "198.51.100.7")

    # What is not ours stays.
    assert ask(server.port, "ns1." + ZONE, A)[1] and ask(server.port, "www." + ZONE, A)[1]
    assert ask(server.port, "_dmarc." + ZONE, TXT)[1] and ask(server.port, ZONE, TXT)[1] == [b"\x08not ours"]
    assert ask(server.port, "78.2.0.192." + ZONE, MX)[1]


def answers_and_ttl(publisher, server):
    path = publisher.list("192.0.2.7;" + "x" * 300, "192.0.2.8;caf\u00e9 \"q\" \\ ;;")
    done = publisher.good(server, path, "--code", "127.0.0.9", "--ttl", "60")
    assert done["result"] == "published", done
    assert ask(server.port, reverse("192.0.2.7"), A)[1] == [b"\x7f\x00\x00\x09"]
    assert ask(server.port, reverse("192.0.2.7"), TXT)[1] == [b"\xff" + b"x" * 255 + b"\x2d" + b"x" * 45]
    assert text_of(server, "192.0.2.8") == "caf\u00e9 \"q\" \\ ;;"
    assert publisher.good(server, path, "--code", "127.0.0.9", "--ttl", "60")["result"] == "unchanged"
    assert counts(publisher.good(server, path, "--code", "127.0.0.9"))[1] == 2, "a TTL is part of the difference"
    publisher.good(server, publisher.list("192.0.2.7"))


def keys(publisher, server):
    path = publisher.list("192.0.2.7", "203.0.113.5")
    before = serial(server.port)
    wrong = {
        "secret": ("%s:%s:%s" % (KEY[1], KEY[0], READER[2]), "BADSIG"),
        "name": ("%s:nobody:%s" % (KEY[1], KEY[2]), "BADKEY"),
        "algorithm": ("hmac-sha512:%s:%s" % (KEY[0], KEY[2]), "BADKEY|BADSIG"),
        "right": ("%s:%s:%s" % (READER[1], READER[0], READER[2]), "REFUSED|BADKEY"),
    }
    for name, (text, word) in wrong.items():
        key = publisher.file("wrong", text)
        status, report, err = publisher.run(server.address, path, key=key)
        assert status == 1 and re.search(word, err) and err.count("\n") == 1, (name, status, err)
        assert report["error"]["kind"] == "input", report
    assert serial(server.port) == before and not is_listed(server, "203.0.113.5")

    for text, word in (("nothing", "key"), ("hmac-md5:k:c2Vj", "algorithm"), ("k:not base64!", "key"), ("", "key")):
        status, _, err = publisher.run(server.address, path, key=publisher.file("wrong", text))
        assert status == 2 and word in err, (text, status, err)
    status, _, err = publisher.run(server.address, path, key="/nonexistent/key")
    assert status == 2 and "/nonexistent/key" in err, err

    for name, text in SPELLINGS.items():
        publisher.good(server, path, key=publisher.file("spelled", text))
    for words in (["keymgr", "-t", "made", "hmac-sha512"], ["tsig-keygen", "-a", "hmac-sha384", "made"]):
        made = subprocess.run([name_servers.program(words[0]), *words[1:]], capture_output=True, text=True, check=True)
        status, _, err = publisher.run(server.address, path, key=publisher.file("made", made.stdout))
        assert status == 1 and "the key made for the transfer (BADKEY)" in err, (words, status, err)
    status, _, err = publisher.run(server.address, path, key=publisher.file("open", SPELLINGS["bind"], 0o644))
    assert status == 0 and "everybody can read" in err, err


def clocks(publisher, server):
    """Signatures bear the real time, whatever --at pretends."""
    path = publisher.list("192.0.2.7")
    publisher.good(server, path)
    assert publisher.good(server, path, "--at", "1000000000")["result"] == "unchanged"


def mailboxes(publisher, server):
    path = publisher.list("192.0.2.7", "user@example.org;a person", "@example.net", "192.0.2.10")
    status, _, err = publisher.run(server.address, path)
    assert status == 1 and "user@example.org" in err and "--lossy" in err, (status, err)
    assert not is_listed(server, "192.0.2.10")
    status, report, err = publisher.run(server.address, path, "--lossy")
    assert status == 0 and report["added"] == 1 and "@example.net" in err, (status, report, err)
    assert is_listed(server, "192.0.2.10")


def bad_input(publisher, server):
    status, _, err = publisher.run(server.address, publisher.list("192.0.2.7", "nonsense here"))
    assert status == 2 and ":2:" in err, (status, err)
    many = publisher.list(*("10.%d.%d.0/25" % (i // 250, i % 250) for i in range(8000)))
    status, _, err = publisher.run(server.address, many)
    assert status == 2 and "1,000,000" in err, (status, err)
    for server_name, zone in (("127.0.0.1", "x" * 64), ("nowhere", ZONE), ("127.0.0.1:0", ZONE)):
        command = [publisher.mailtrust, "list", "publish", many, "--zone", zone, "--server", server_name, "--tsig", "k"]
        assert subprocess.run(command, capture_output=True, check=False).returncode == 2, (server_name, zone)


def wildcards(publisher, server):
    """Entries inside others, and names of both families below one name: every address as the list says."""
    entries = ["198.51.0.0/16", "198.51.100.0/30", "198.51.100.7", "10.0.0.0/8", "10.1.2.3", "2.0.0.0/16",
               "2.0.30.0/24", "3.1.2.0/24", "2000::/12", "2001:db8::/45", "2001:db8:1::7", "2600:1::/33",
               "192.0.2.10-192.0.3.5"]
    blocks = [ipaddress.ip_network(entry) for entry in entries if "-" not in entry]
    blocks += ipaddress.summarize_address_range(ipaddress.ip_address("192.0.2.10"), ipaddress.ip_address("192.0.3.5"))
    path = publisher.list(*("%s;entry %d" % (entry, number) for number, entry in enumerate(entries)))
    publisher.good(server, path)
    chance = random.Random(1)
    asked = set()
    for block in blocks:
        inside = [chance.randrange(block.num_addresses) for _ in range(10)]
        for offset in [-1, 0, block.num_addresses - 1, block.num_addresses, *inside]:
            asked.add(block.network_address + offset)
    asked |= {ipaddress.ip_address(text) for text in ("2.0.0.1", "2.1.0.0", "2.16.0.1", "3.1.2.3", "3.1.3.2", "2010::1")}
    for address in asked:
        expected = any(address in block for block in blocks if block.version == address.version)
        assert is_listed(server, str(address)) == expected, (address, expected)
    publisher.good(server, publisher.list("192.0.2.7"))


def kept_list(publisher, server):
    """A list of the store by its name."""
    store = os.path.join(publisher.folder, "store.db")
    command = [publisher.mailtrust, "import", publisher.list("192.0.2.20;kept", "192.0.2.21"), "--list", "blocked",
               "--deny", "--store", store]
    subprocess.run(command, capture_output=True, check=True)
    done = publisher.good(server, "blocked", "--store", store)
    assert done["list"] == "blocked" and text_of(server, "192.0.2.20") == "kept", done
    status, _, err = publisher.run(server.address, "nolist", "--store", store)
    assert status == 2 and "nolist" in err, (status, err)


def other_zone(publisher, server):
    command = publisher.command(server.address, publisher.list("192.0.2.7"), "--json")
    command[command.index(ZONE)] = "elsewhere.example"
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and re.search("NOTAUTH|REFUSED|NXDOMAIN", done.stderr), done


def big_lines(count, start=0):
    return ["10.%d.%d.%d;entry number %d" % (i >> 16, i >> 8 & 255, i & 255, i) for i in range(start, start + count)]


def interrupted(publisher, server, count=30000):
    """Killed between updates, the next run does the rest; nothing is done twice."""
    publisher.good(server, publisher.list("192.0.2.7"))
    path = publisher.list(*big_lines(count))
    before = serial(server.port)
    process = subprocess.Popen(publisher.command(server.address, path), stdout=subprocess.DEVNULL)
    while process.poll() is None and serial(server.port) < before + 2:
        time.sleep(0.002)
    process.send_signal(signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL, "it was done before it could be killed"
    last = ipaddress.ip_address("10.0.0.0") + count - 1
    assert not is_listed(server, str(last)), "it was done before it could be killed"
    rest = publisher.good(server, path)
    assert 0 < rest["added"] < count, rest
    for i in (0, 1, count // 2, count - 1):
        assert is_listed(server, str(ipaddress.ip_address("10.0.0.0") + i)), i
    assert publisher.good(server, path)["result"] == "unchanged"


def together(publisher, server):
    """Two publishers of different lists at once: in the end the zone is one list, not a mixture."""
    paths = [publisher.file("first", "".join("%s\n" % line for line in big_lines(4000))),
             publisher.file("second", "".join("%s\n" % line for line in big_lines(4000, 3000)))]
    results = [None, None]

    def work(which):
        results[which] = publisher.run(server.address, paths[which])

    threads = [threading.Thread(target=work, args=(which,)) for which in (0, 1)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(result[0] in (0, 3) for result in results) and results[0][0] * results[1][0] == 0, results
    plans = [publisher.good(server, path, "--dry-run") for path in paths]
    assert "unchanged" in {plan["result"] for plan in plans}, plans


def silence(publisher):
    """A server that says nothing, one that is not there, one that hangs up, one that talks nonsense."""
    path = publisher.list("192.0.2.7")
    closed = "127.0.0.1:%d" % name_servers.free_port()
    status, report, err = publisher.run(closed, path)
    assert status == 3 and report["error"]["kind"] == "temporary" and "refused" in err, (status, err)
    for behaviour in ("silent", "hang up", "nonsense", "unsigned", "drip", "flood"):
        with Nonsense(behaviour) as server:
            start = time.monotonic()
            status, report, err = publisher.run(server.address, path, "--timeout", "500ms")
            took = time.monotonic() - start
        assert status == 3 and err.count("\n") == 1, (behaviour, status, err)
        assert took < 5, (behaviour, took)


def lies(publisher):
    """A primary that signs well and behaves badly."""
    rows = [  # behaviour, exit status, word on stderr
        ("one question a connection", 0, "^$"),
        ("unsigned middle", 0, "^$"),
        ("never raises the serial", 1, "did not raise the serial"),
        ("refuses updates", 1, r"refuses the update of bl.example.org .*\(REFUSED\)"),
        ("not the zone", 1, "NOTZONE"),
        ("always another version", 3, "changed by others 5 times"),
        ("fails", 3, "SERVFAIL"),
        ("clock ahead", 3, r"7[12]\d\d seconds ahead of ours \(BADTIME\)"),
        ("old answer", 3, r"3[56]\d\d seconds behind ours"),
        ("wrong signature", 3, "wrong signature"),
        ("unsigned end", 3, "not signed"),
        ("another zone", 3, "record of another zone"),
        ("slow", 0, "^$"),
        *[(behaviour, 3, "^mailtrust: (127.0.0.1:|bl.example.org:)") for behaviour in SPOILED],
        ("endless", 3, "larger than 256 MiB|no answer in time"),
        ("endless and slow", 3, "no answer in time"),
    ]
    path = publisher.list("192.0.2.7;why")
    for behaviour, expected, words in rows:
        with FakePrimary(behaviour) as server:
            start = time.monotonic()
            status, _, err = publisher.run(server.address, path, "--timeout", "500ms")
            took = time.monotonic() - start
        assert status == expected and re.search(words, err) and err.count("\n") <= 1, (behaviour, status, err)
        assert took < 8, (behaviour, took)
    stuck(publisher)
    with FakePrimary("dies") as server:
        status, report, err = publisher.run(server.address, publisher.list(*big_lines(3000)))
    assert status == 3 and re.search(r"[0-9,]+ of 3,002 changes are in the zone", err), (status, err)
    assert report["error"]["kind"] == "temporary"


def stuck(publisher):
    """Each answer comes in time, but no update gets through: the run ends six timeouts after the last that did."""
    path = publisher.list(*big_lines(3000))
    for behaviour, updates in (("always another version, slowly", 0), ("stuck after an update", 1)):
        with FakePrimary(behaviour) as server:
            start = time.monotonic()
            status, report, err = publisher.run(server.address, path, "--timeout", "500ms")
            took = time.monotonic() - start
        assert status == 3 and "no answer in time" in err, (behaviour, status, err)
        assert ("changes are in the zone" in err) == (updates > 0), err
        assert took < 3 * (updates + 1) + 4, (behaviour, took)


class Nonsense(Listener):
    """Accepts connections and does not do what a name server does."""

    def talk(self, connection):
        try:
            with connection:
                query = connection.recv(65535)[2:]
                self.answer(connection, query)
        except OSError:
            pass

    def answer(self, connection, query):
        header = query[:2] + b"\x84\x00" + query[4:6] + b"\x00\x01" + bytes(4)
        question = query[12:name_servers.skip_name(query, 12) + 4]
        soa = b"\xc0\x0c" + struct.pack(">HHIH", 6, 1, 300, 22) + b"\0\0" + bytes(20)
        answer = header + question + soa
        framed = struct.pack(">H", len(answer)) + answer
        if self.behaviour == "silent":
            time.sleep(30)
        elif self.behaviour == "nonsense":
            connection.sendall(os.urandom(4000))
        elif self.behaviour == "unsigned":
            connection.sendall(framed)
        elif self.behaviour == "drip":
            for octet in framed:
                connection.sendall(bytes([octet]))
                time.sleep(0.1)
        elif self.behaviour == "flood":
            while True:
                connection.sendall(framed * 100)


def primary_tests(publisher, make):
    with make() as server:
        server.wait_for_serial(None)
        for test in (basics, answers_and_ttl, keys, clocks, mailboxes, bad_input, wildcards, kept_list, other_zone):
            test(publisher, server)
        interrupted(publisher, server)
        together(publisher, server)


def follows(publisher, make_primary, make_secondary):
    """A secondary has each new version, by IXFR."""
    with Waiting(make_secondary) as (port, start):
        with make_primary(secondary_port=port) as primary:
            primary.wait_for_serial(None)
            with start(primary.port) as secondary:
                secondary.wait_for_serial(primary.wait_for_serial(None))
                for lines, address in ((["192.0.2.7", "198.51.0.0/16"], "198.51.7.7"),
                                       (["192.0.2.7", "192.0.2.8;two"], "192.0.2.8")):
                    done = publisher.good(primary, publisher.list(*lines))
                    secondary.wait_for_serial(done["serial"])
                    assert is_listed(secondary, address), address
                assert not is_listed(secondary, "198.51.7.7")
                assert "IXFR" in secondary.said() or "IXFR" in primary.said(), primary.said()[-3000:]


class Waiting:
    """A secondary whose port is known before its primary is started."""

    def __init__(self, make):
        self.make = make

    def __enter__(self):
        port = name_servers.free_port()

        def start(primary_port):
            server = self.make(primary_port)
            server.port = port
            return server

        return port, start

    def __exit__(self, *_):
        pass


def main():
    mailtrust = sys.argv[1]
    for name in ("knotd", "named"):
        if name_servers.program(name) is None:
            print("%s is not installed" % name)
            return 77
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder:
        publisher = Publisher(mailtrust, folder)
        silence(publisher)
        lies(publisher)
        for make in (knot, bind):
            primary_tests(publisher, make)
        pairs = [(knot, bind), (bind, knot)] + ([(knot, nsd)] if name_servers.program("nsd") else [])
        for primary, secondary in pairs:
            follows(publisher, primary, secondary)
    print("published, followed")
    return 0


if __name__ == "__main__":
    sys.exit(main())
