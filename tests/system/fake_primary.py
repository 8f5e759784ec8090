"""A primary that signs well and behaves badly: what publish_test.py cannot get real servers to do."""
import base64
import hashlib
import hmac
import socket
import struct
import threading
import time

from name_servers import KEY, ZONE, record, skip_name, wire_name

SOA, A, AXFR, TSIG = 6, 1, 252, 250
FUDGE = 300


def with_flags(clear, put):
    def change(message):
        flags = struct.unpack(">H", message[2:4])[0]
        return message[:2] + struct.pack(">H", flags & ~clear | put) + message[4:]
    return change


def counting(more):
    """Says that there are so many more answers than there are."""
    return lambda message: message[:6] + struct.pack(">H", struct.unpack(">H", message[6:8])[0] + more) + message[8:]


SPOILED = {  # what becomes of each message before it is signed
    "another id": lambda message: bytes([message[0] ^ 1]) + message[1:],
    "a question back": with_flags(0x8000, 0),
    "another opcode": with_flags(0x7800, 0x1000),
    "truncated": with_flags(0, 0x0200),
    "more counted": counting(9),
    "65,000 counted": counting(65000),
    "a pointer forward": lambda message: message.replace(b"\xc0\x0c\0\6", b"\xc0\xff\0\6"),
    "nothing but a header": lambda message: message[:4] + bytes(8),
    "a response code nobody knows": with_flags(0, 15),
}


def tsig_of(query):
    """Where the TSIG record of a query begins, and its MAC."""
    at = skip_name(query, 12) + 4
    for count in struct.unpack(">3H", query[6:12]):
        for _ in range(count):
            begin = at
            at = skip_name(query, at)
            size = struct.unpack(">H", query[at + 8:at + 10])[0]
            data = query[at + 10:at + 10 + size]
            at += 10 + size
    rest = data[skip_name(data, 0) + 8:]
    return begin, rest[2:2 + struct.unpack(">H", rest[:2])[0]]


# Seconds before each message.
PAUSES = {"slow": 0.1, "always another version, slowly": 0.4, "stuck after an update": 0.4}


class Signer:
    """The messages that answer one query. RFC 8945 section 5.3."""

    def __init__(self, query):
        self.prior = tsig_of(query)[1]
        self.unsigned = b""
        self.first = True

    def sign(self, message, error=0, other=b"", spoil=False, skew=0):
        algorithm, name = wire_name(KEY[1]), wire_name(KEY[0])
        timers = struct.pack(">HIH", 0, int(time.time()) + skew, FUDGE)
        tail = struct.pack(">HH", error, len(other)) + other
        digest = name + struct.pack(">HI", 255, 0) + algorithm + timers + tail if self.first else timers
        octets = struct.pack(">H", len(self.prior)) + self.prior + self.unsigned + message + digest
        mac = hmac.new(base64.b64decode(KEY[2]), octets, hashlib.sha256).digest()
        mac = bytes(32) if spoil else mac
        self.prior, self.unsigned, self.first = mac, b"", False
        data = algorithm + timers + struct.pack(">H", len(mac)) + mac + message[:2] + tail
        count = struct.unpack(">H", message[10:12])[0] + 1
        return message[:10] + struct.pack(">H", count) + message[12:] + record(name, TSIG, data, 0, 255)

    def leave(self, message):
        self.unsigned += message
        return message


class Listener:
    """Accepts connections on a free port of loopback; what is said on each is talk()'s, by `behaviour`."""

    def __init__(self, behaviour):
        self.behaviour = behaviour

    def __enter__(self):
        self.socket = socket.create_server(("127.0.0.1", 0))
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.socket.close()

    @property
    def address(self):
        return "127.0.0.1:%d" % self.socket.getsockname()[1]

    def serve(self):
        while True:
            try:
                connection = self.socket.accept()[0]
            except OSError:
                return
            threading.Thread(target=self.talk, args=(connection,), daemon=True).start()


class FakePrimary(Listener):
    """`behaviour` is a word; see reply()."""

    def __init__(self, behaviour):
        super().__init__(behaviour)
        self.serial = 1
        self.updates = 0

    def talk(self, connection):
        try:
            with connection, connection.makefile("rb") as stream:
                while True:
                    size = stream.read(2)
                    if len(size) < 2:
                        return
                    query = stream.read(struct.unpack(">H", size)[0])
                    for message in self.reply(query):
                        time.sleep(PAUSES.get(self.behaviour, 0))
                        connection.sendall(struct.pack(">H", len(message)) + message)
                    if self.behaviour == "one question a connection":
                        return
        except OSError:
            pass

    def soa(self):
        return record(b"\xc0\x0c", SOA, wire_name("ns1." + ZONE) + b"\0" + struct.pack(">5I", self.serial, 1, 2, 3, 4))

    def message(self, query, records=(), rcode=0):
        end = skip_name(query, 12) + 4
        flags = 0x8400 | (query[2] << 8 & 0x7800) | rcode
        header = query[:2] + struct.pack(">5H", flags, 1, len(records), 0, 0)
        message = header + query[12:end] + b"".join(records)
        return SPOILED.get(self.behaviour, bytes)(message)

    def reply(self, query):
        kind = struct.unpack(">H", query[skip_name(query, 12):][:2])[0]
        is_update = query[2] >> 3 & 15 == 5
        signer = Signer(query)
        if is_update:
            yield self.update(query, signer)
        elif kind == AXFR:
            yield from self.transfer(query, signer)
        else:
            yield signer.sign(self.message(query, [self.soa()]))

    def update(self, query, signer):
        self.updates += 1
        rcodes = {"refuses updates": 5, "always another version": 8, "always another version, slowly": 8,
                  "stuck after an update": 8 if self.updates > 1 else 0, "fails": 2, "not the zone": 10}
        if self.behaviour == "dies" and self.updates > 1:
            self.socket.close()
            raise OSError
        if self.behaviour != "never raises the serial":
            self.serial += 1
        return signer.sign(self.message(query, rcode=rcodes.get(self.behaviour, 0)))

    def transfer(self, query, signer):
        owner = wire_name("9.2.0.192." + ZONE)
        entry = record(owner, A, b"\x7f\x00\x00\x02")
        ends = {"clock ahead": dict(error=18, other=struct.pack(">HI", 0, int(time.time()) + 7200)),
                "wrong signature": dict(spoil=True), "old answer": dict(skew=-3600)}
        if self.behaviour in ends:
            rcode = 9 if self.behaviour == "clock ahead" else 0
            yield signer.sign(self.message(query, [self.soa(), self.soa()], rcode), **ends[self.behaviour])
        elif self.behaviour == "unsigned end":
            yield signer.sign(self.message(query, [self.soa(), entry]))
            yield signer.leave(self.message(query, [self.soa()]))
        elif self.behaviour == "unsigned middle":
            yield signer.sign(self.message(query, [self.soa()]))
            yield signer.leave(self.message(query, [entry]))
            yield signer.sign(self.message(query, [self.soa()]))
        elif self.behaviour == "another zone":
            yield signer.sign(self.message(query, [self.soa(), record(wire_name("example.net"), A, bytes(4)), self.soa()]))
        elif self.behaviour in ("endless", "endless and slow"):
            yield signer.sign(self.message(query, [self.soa()]))
            while True:
                time.sleep(0.2 if self.behaviour == "endless and slow" else 0)
                yield signer.sign(self.message(query, [entry] * 500))
        else:
            yield signer.sign(self.message(query, [self.soa(), self.soa()]))
