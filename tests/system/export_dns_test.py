#!/usr/bin/env python3
"""nsd and rbldnsd load the zones that `list export` writes and answer for every address; so does mailtrust itself."""
import ipaddress
import os
import shutil
import socket
import struct
import subprocess
import sys
import time

from export_lists import ADDRESSES, HOSTILE, LISTED, UNLISTED, Checks, Exports, skip

PATH = os.environ["PATH"] + ":/usr/sbin:/sbin"
ZONE = "bl.example.org"
A, TXT, SOA = 1, 16, 6


def reverse_name(address):
    parts = ipaddress.ip_address(address).reverse_pointer.split(".")
    return ".".join(parts[:-2]) + "." + ZONE


def skip_name(message, at):
    while message[at] and message[at] < 192:
        at += message[at] + 1
    return at + (1 if message[at] == 0 else 2)


def ask(port, name, kind):
    """The records of the answer section that are of the type, as octets."""
    labels = b"".join(bytes([len(label)]) + label.encode() for label in name.split("."))
    question = labels + b"\0" + struct.pack(">HH", kind, 1)
    header = struct.pack(">HHHHHH", 4711, 0, 1, 0, 0, 1)
    edns = b"\0" + struct.pack(">HHIH", 41, 4000, 0, 0)
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.settimeout(2)
        channel.connect(("127.0.0.1", port))
        channel.send(header + question + edns)
        message = channel.recv(4096)
    at, records = 12 + len(question), []
    for _ in range(struct.unpack(">H", message[6:8])[0]):
        at = skip_name(message, at)
        found, _, _, size = struct.unpack(">HHIH", message[at:at + 10])
        if found == kind:
            records.append(message[at + 10:at + 10 + size])
        at += 10 + size
    return records


def text_of(record):
    out, at = b"", 0
    while at < len(record):
        out += record[at + 1:at + 1 + record[at]]
        at += 1 + record[at]
    return out.decode("utf-8", "replace")


def free_port():
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as channel:
        channel.bind(("127.0.0.1", 0))
        return channel.getsockname()[1]


class Server:
    """A program that answers on a loopback port, for the length of a `with`."""

    def __init__(self, command, port):
        self.command, self.port = command, port

    def __enter__(self):
        self.process = subprocess.Popen(self.command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
        for _ in range(600):
            try:
                if ask(self.port, ZONE, SOA):
                    return self
            except OSError:
                pass
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        self.process.kill()
        sys.exit("%s does not answer:\n%s" % (self.command[0], self.process.communicate()[0].decode()))

    def __exit__(self, *_):
        self.process.terminate()
        self.log = self.process.communicate(timeout=10)[0].decode()


def escape(text):
    """Characters unsafe on a screen as \\u{HHHH}: rbldnsd's data is text."""
    unsafe = {character: "\\u{%04x}" % ord(character) for character in "\u202e\u202c\u0085\u2028"}
    return text.translate(str.maketrans({**unsafe, "\t": "\\x09"}))


def check_answers(checks, name, port):
    for address in LISTED + ["127.0.0.2", "::ffff:127.0.0.2"]:
        checks.equal("%s %s" % (name, address), ask(port, reverse_name(address), A), [b"\x7f\0\0\2"])
    for address in UNLISTED + ["127.0.0.1", "127.0.0.3", "::ffff:127.0.0.1"]:
        checks.equal("%s %s" % (name, address), ask(port, reverse_name(address), A), [])
    for number, comment in enumerate(HOSTILE):
        address = "198.18.0.%d" % number
        texts = [text_of(record) for record in ask(port, reverse_name(address), TXT)]
        # rbldnsd has room for 255 octets and prints what it is given.
        wanted = escape(comment) if name == "rbldnsd" else comment
        checks.equal("%s TXT of %s" % (name, address), [text[:250] for text in texts], [wanted[:250]])


def check_nsd(checks, exports, zone):
    port, folder = free_port(), exports.folder.name
    config = exports.write("nsd.conf", """server:
  ip-address: 127.0.0.1@%d
  username: ""
  chroot: ""
  zonesdir: "%s"
  database: ""
  pidfile: ""
  xfrdfile: "%s/xfrd"
  xfrdir: "%s"
  zonelistfile: "%s/zones"
remote-control:
  control-enable: no
zone:
  name: %s
  zonefile: %s
""" % (port, folder, folder, folder, folder, ZONE, zone))
    with Server([shutil.which("nsd", path=PATH), "-d", "-c", config], port):
        check_answers(checks, "nsd", port)


def check_rbldnsd(checks, exports):
    data, port = exports.make("rbldnsd.zone", ADDRESSES, "rbldnsd"), free_port()
    server = Server([shutil.which("rbldnsd", path=PATH), "-n", "-b", "127.0.0.1/%d" % port,
                     "%s:combined:%s" % (ZONE, data)], port)
    with server:
        check_answers(checks, "rbldnsd", port)
    checks.equal("rbldnsd log", [line for line in server.log.splitlines() if "warning" in line or "error" in line], [])


def main():
    checks = Checks()
    ran = False
    with Exports(sys.argv[1]) as exports:
        zone = exports.make("bl.zone", ADDRESSES, "dnsxl")
        for program, run in [("nsd", lambda: check_nsd(checks, exports, zone)),
                             ("rbldnsd", lambda: check_rbldnsd(checks, exports))]:
            if shutil.which(program, path=PATH) is None:
                print("there is no " + program)
                continue
            run()
            ran = True
        checkzone = shutil.which("named-checkzone", path=PATH)
        if checkzone:
            done = subprocess.run([checkzone, ZONE, zone], capture_output=True, text=True)
            checks.equal("named-checkzone", (done.returncode, "OK" in done.stdout, done.stderr), (0, True, ""))
    if not ran:
        skip("there is neither nsd nor rbldnsd")
    checks.end()


if __name__ == "__main__":
    main()
