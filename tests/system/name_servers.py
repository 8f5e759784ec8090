"""knot, bind and nsd as primaries that take updates and secondaries that follow, on free loopback ports."""
import os
import random
import shutil
import signal
import socket
import struct
import subprocess
import tempfile
import time

ZONE = "bl.example.org"
KEY = ("publisher", "hmac-sha256", "c2VjcmV0IG9mIHRoZSBwdWJsaXNoZXIsIDMyIG9jdGU=")
READER = ("reader", "hmac-sha256", "YW5vdGhlciBzZWNyZXQsIHRoYXQgbWF5IG5vdGhpbmc=")
CONTENT = """$ORIGIN %s.
$TTL 300
@ SOA ns1 hostmaster 1 3600 600 86400 60
@ NS ns1
@ TXT "not ours"
ns1 A 127.0.0.1
www A 192.0.2.80
_dmarc TXT "v=DMARC1; p=reject"
77.2.0.192 A 127.0.0.2
77.2.0.192 TXT "an old entry"
78.2.0.192 A 127.0.0.3
78.2.0.192 MX 0 .
""" % ZONE


def free_port():
    """Free for UDP and for TCP."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            port = tcp.getsockname()[1]
            try:
                udp.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port


def program(name):
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/usr/local/sbin")


def wire_name(name):
    return b"".join(bytes([len(label)]) + label.encode() for label in name.split(".") if label) + b"\0"


def record(owner, kind, data, ttl=300, record_class=1):
    """In wire form; `owner` is in it already."""
    return owner + struct.pack(">HHIH", kind, record_class, ttl, len(data)) + data


def skip_name(message, at):
    while message[at] and message[at] < 0xc0:
        at += 1 + message[at]
    return at + (2 if message[at] else 1)


def ask(port, name, record_type):
    """The response code, and the RDATA of each answer."""
    query = struct.pack(">6H", random.randrange(65536), 0, 1, 0, 0, 0) + wire_name(name)
    query += struct.pack(">2H", record_type, 1)
    with socket.socket(type=socket.SOCK_DGRAM) as udp:
        udp.settimeout(2)
        udp.sendto(query, ("127.0.0.1", port))
        message = udp.recv(65535)
    at = skip_name(message, 12) + 4
    answers = []
    for _ in range(struct.unpack(">H", message[6:8])[0]):
        at = skip_name(message, at)
        kind, _, _, size = struct.unpack(">HHIH", message[at:at + 10])
        if kind == record_type:
            answers.append(message[at + 10:at + 10 + size])
        at += 10 + size
    return message[3] & 15, answers


def serial(port):
    answers = ask(port, ZONE, 6)[1]
    return struct.unpack(">I", answers[0][-20:-16])[0] if answers else None


class Server:
    """A running name server with a directory of its own."""

    def __init__(self, words, files):
        self.port = free_port()
        self.directory = tempfile.mkdtemp(prefix="mailtrust.")
        self.files = files
        self.words = words

    def __enter__(self):
        for name, text in self.files.items():
            with open(os.path.join(self.directory, name), "w", encoding="utf-8") as file:
                file.write(text.replace("@DIR@", self.directory).replace("@PORT@", str(self.port)))
        self.log = os.path.join(self.directory, "log")
        with open(self.log, "wb") as log:
            words = [word.replace("@DIR@", self.directory) for word in self.words]
            self.process = subprocess.Popen(words, stdin=subprocess.DEVNULL, stdout=log, stderr=log)
        return self

    def __exit__(self, *_):
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        shutil.rmtree(self.directory, ignore_errors=True)

    @property
    def address(self):
        return "127.0.0.1:%d" % self.port

    def wait_for_serial(self, wanted, seconds=30):
        """Until it answers with this serial, or with any."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            try:
                has = serial(self.port)
                if has is not None and wanted in (None, has):
                    return has
            except (OSError, struct.error):
                pass
            time.sleep(0.05)
        raise RuntimeError("%s: serial %s did not come; %s" % (self.words[0], wanted, self.said()[-2000:]))

    def said(self):
        with open(self.log, encoding="utf-8", errors="replace") as log:
            return log.read()


def knot_keys():
    return "key:\n" + "".join("  - id: %s\n    algorithm: %s\n    secret: %s\n" % key for key in (KEY, READER))


def knot(primary_port=None, secondary_port=None, zone=CONTENT):
    """A primary, or the secondary of `primary_port`."""
    conf = "server:\n  rundir: @DIR@\n  listen: 127.0.0.1@@PORT@\n"
    conf += "log:\n  - target: stdout\n    any: info\ndatabase:\n  storage: @DIR@\n" + knot_keys()
    if primary_port:
        conf += "remote:\n  - id: primary\n    address: 127.0.0.1@%d\n" % primary_port
        conf += "acl:\n  - id: news\n    address: 127.0.0.1\n    action: notify\n"
        conf += "zone:\n  - domain: %s\n    storage: @DIR@\n    master: primary\n    acl: news\n" % ZONE
        return Server([program("knotd"), "-c", "@DIR@/conf"], {"conf": conf})
    if secondary_port:
        conf += "remote:\n  - id: secondary\n    address: 127.0.0.1@%d\n" % secondary_port
    conf += "acl:\n  - id: publisher\n    key: publisher\n    action: [update, transfer]\n"
    conf += "  - id: secondary\n    address: 127.0.0.1\n    action: transfer\n"
    conf += "zone:\n  - domain: %s\n    storage: @DIR@\n    file: zone\n    zonefile-sync: -1\n" % ZONE
    conf += "    zonefile-load: whole\n    journal-content: changes\n    acl: [publisher, secondary]\n"
    conf += "    notify: secondary\n" if secondary_port else ""
    return Server([program("knotd"), "-c", "@DIR@/conf"], {"conf": conf, "zone": zone})


def bind(primary_port=None, secondary_port=None, zone=CONTENT):
    """A primary, or the secondary of `primary_port`."""
    conf = "".join('key "%s" { algorithm %s; secret "%s"; };\n' % key for key in (KEY, READER))
    conf += 'options { directory "@DIR@"; pid-file "@DIR@/pid"; session-keyfile "@DIR@/session";\n'
    conf += "listen-on port @PORT@ { 127.0.0.1; }; listen-on-v6 { none; }; recursion no;\n"
    conf += "notify explicit; notify-delay 0; dnssec-validation no; max-journal-size 100m;\n"
    conf += "also-notify { 127.0.0.1 port %d; };\n" % secondary_port if secondary_port else ""
    conf += "};\ncontrols { };\n"
    if primary_port:
        conf += 'zone "%s" { type secondary; file "copy"; primaries { 127.0.0.1 port %d; }; };\n' % (ZONE, primary_port)
    else:
        conf += 'zone "%s" { type primary; file "zone"; allow-update { key publisher; };\n' % ZONE
        conf += "allow-transfer { key publisher; !key reader; 127.0.0.1; }; };\n"
    words = [program("named"), "-g", "-c", "@DIR@/conf"]
    return Server(words, {"conf": conf} if primary_port else {"conf": conf, "zone": zone})


def nsd(primary_port):
    """A secondary."""
    conf = 'server:\n  ip-address: 127.0.0.1@@PORT@\n  username: ""\n  chroot: ""\n  zonesdir: "@DIR@"\n'
    conf += '  database: ""\n  pidfile: "@DIR@/pid"\n  xfrdfile: "@DIR@/xfrd"\n  xfrdir: "@DIR@"\n'
    conf += '  zonelistfile: "@DIR@/zones"\n  server-count: 1\n  rrl-ratelimit: 0\n  verbosity: 2\n'
    conf += "remote-control:\n  control-enable: no\n"
    conf += 'zone:\n  name: "%s"\n  zonefile: "copy"\n  allow-notify: 127.0.0.1 NOKEY\n' % ZONE
    conf += "  request-xfr: 127.0.0.1@%d NOKEY\n" % primary_port
    return Server([program("nsd"), "-d", "-c", "@DIR@/conf"], {"conf": conf})
