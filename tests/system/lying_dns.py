"""A name server that stands in front of an honest one and lies, for the tests about faults of DNS.

A fault is a function of a Query that gives what goes back: messages, Raw octets (over TCP without the length in front),
numbers (pauses in seconds) and None, which hangs up. What the honest server says is query.honest().
"""
import socket
import struct
import threading

from name_servers import free_port, skip_name


class Raw(bytes):
    """Octets that are sent as they are."""


class Query:
    def __init__(self, octets, tcp, honest_port, number):
        self.octets, self.tcp, self.honest_port = octets, tcp, honest_port
        self.number = number  # how often this question has been asked, over UDP and TCP
        self.end = skip_name(octets, 12) + 4
        self.question = octets[12:self.end]
        self.type = struct.unpack(">H", self.question[-4:-2])[0]
        self.edns = octets[10:12] != b"\0\0"

    def name(self):
        labels, at = [], 0
        while self.question[at]:
            labels.append(self.question[at + 1:at + 1 + self.question[at]].decode("latin-1").lower())
            at += 1 + self.question[at]
        return ".".join(labels)

    def honest(self):
        """What the honest server says, whole. Over TCP, so that it is not truncated."""
        plain = self.octets[:10] + b"\0\0" + self.octets[12:self.end]
        with socket.create_connection(("127.0.0.1", self.honest_port), timeout=10) as stream:
            stream.sendall(struct.pack(">H", len(plain)) + plain)
            with stream.makefile("rb") as answer:
                return answer.read(struct.unpack(">H", answer.read(2))[0])

    def reply(self, answers=(), rcode=0, flags=0x8180, authority=(), additional=(), question=None, counts=None,
              xid=None):
        """A message of our own making. `counts`: of the four sections, for those who lie about them."""
        question = self.question if question is None else question
        counts = counts or (1 if question else 0, len(answers), len(authority), len(additional))
        head = (self.octets[:2] if xid is None else struct.pack(">H", xid)) + struct.pack(">5H", flags | rcode, *counts)
        return head + question + b"".join([*answers, *authority, *additional])

    def xid(self):
        return struct.unpack(">H", self.octets[:2])[0]


def with_flags(message, clear=0, put=0):
    flags = struct.unpack(">H", message[2:4])[0]
    return message[:2] + struct.pack(">H", flags & ~clear | put) + message[4:]


class LyingServer:
    """Answers by `fault` over UDP and TCP on a free port, for the length of a `with`."""

    def __init__(self, honest_port, fault, tcp=True):
        self.honest_port, self.fault, self.tcp = honest_port, fault, tcp
        self.lock = threading.Lock()
        self.asked = {}  # how often, by question and whether over TCP
        self.done = threading.Event()

    def bind(self):
        """Over both on one port, which somebody else may take in between."""
        for _ in range(50):
            port = free_port()
            try:
                self.udp = socket.socket(type=socket.SOCK_DGRAM)
                self.udp.bind(("127.0.0.1", port))
                self.listener = socket.create_server(("127.0.0.1", port), backlog=64) if self.tcp else None
                return port
            except OSError:
                self.udp.close()
        raise OSError("no port is free for both UDP and TCP")

    def __enter__(self):
        port = self.bind()
        threading.Thread(target=self.serve_udp, daemon=True).start()
        if self.tcp:
            threading.Thread(target=self.serve_tcp, daemon=True).start()
        self.address = "127.0.0.1:%d" % port
        return self

    def __exit__(self, *_):
        self.done.set()
        for one in (self.udp, self.listener):
            if one:
                one.close()

    def questions(self):
        """How many different ones came."""
        return len({question for question, _ in self.asked})

    def query(self, octets, tcp):
        end = skip_name(octets, 12) + 4
        with self.lock:
            key = octets[12:end].lower(), tcp
            self.asked[key] = self.asked.get(key, 0) + 1
            number = sum(self.asked.get((key[0], way), 0) for way in (False, True))
        return Query(octets, tcp, self.honest_port, number)

    def serve_udp(self):
        while not self.done.is_set():
            try:
                octets, client = self.udp.recvfrom(4096)
            except OSError:
                return
            query = self.query(octets, False)
            threading.Thread(target=self.answer, args=(query, lambda one, to=client: self.udp.sendto(one, to)),
                             daemon=True).start()

    def serve_tcp(self):
        while not self.done.is_set():
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.talk, args=(client,), daemon=True).start()

    def talk(self, client):
        client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        with client, client.makefile("rb") as stream:
            while True:
                try:
                    size = stream.read(2)
                    if len(size) < 2:
                        return
                    query = self.query(stream.read(struct.unpack(">H", size)[0]), True)
                except OSError:
                    return
                if not self.answer(query, client.sendall):
                    return

    def answer(self, query, send):
        """False: hang up."""
        try:
            for piece in self.fault(query):
                if piece is None:
                    return False
                if not isinstance(piece, bytes):
                    self.done.wait(piece)
                elif query.tcp and not isinstance(piece, Raw):
                    send(struct.pack(">H", len(piece)) + piece)
                else:
                    send(piece)
                if self.done.is_set():
                    return False
        except OSError:
            return False
        return True
