"""Registries of our own on loopback: RDAP over HTTP and whois, honest or not, for the tests about abuse contacts."""
import json
import socket
import threading


class Server:
    """A listener on a free port with a thread for each connection, for the length of a `with`."""

    def __init__(self):
        self.listener = socket.create_server(("127.0.0.1", 0), backlog=256)
        self.port = self.listener.getsockname()[1]
        self.lock = threading.Lock()
        self.questions = []  # in the order they came
        self.inside = self.most_inside = 0
        self.done = threading.Event()

    def __enter__(self):
        threading.Thread(target=self.serve, daemon=True).start()
        return self

    def __exit__(self, *_):
        self.done.set()
        self.listener.close()

    def serve(self):
        while True:
            try:
                client, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self.guard, args=(client,), daemon=True).start()

    def guard(self, client):
        with client:
            try:
                client.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
                self.talk(client)
            except OSError:
                pass

    def begin(self, question):
        with self.lock:
            self.questions.append(question)
            self.inside += 1
            self.most_inside = max(self.most_inside, self.inside)

    def end(self):
        with self.lock:
            self.inside -= 1

    def send(self, client, pieces):
        """Octets, or an iterable of them; numbers in it are pauses in seconds, None hangs up."""
        for piece in [pieces] if isinstance(pieces, bytes) else pieces:
            if isinstance(piece, bytes):
                client.sendall(piece)
            elif piece is None or self.done.wait(piece):
                raise ConnectionAbortedError


class Rdap(Server):
    """`answer` makes the octets of a whole response of a path."""

    def __init__(self, answer, tls=None):
        super().__init__()
        self.answer, self.tls = answer, tls
        self.base = "%s://127.0.0.1:%d/" % ("https" if tls else "http", self.port)

    def talk(self, client):
        if self.tls:
            client = self.tls.wrap_socket(client, server_side=True)
        with client, client.makefile("rb") as lines:
            while True:
                request = lines.readline()
                headers = {}
                while (line := lines.readline()).strip():
                    name, _, value = line.decode("latin-1").partition(":")
                    headers[name.strip().lower()] = value.strip()
                if not request:
                    return
                if len(request.split()) < 2:
                    return
                path = request.split()[1].decode("latin-1")
                self.begin(path)
                try:
                    self.send(client, self.answer(path, headers))
                finally:
                    self.end()


class Whois(Server):
    """`answer` makes the octets of a reply to a query line."""

    def __init__(self, answer):
        super().__init__()
        self.answer = answer
        self.address = "127.0.0.1:%d" % self.port

    def talk(self, client):
        with client.makefile("rb") as lines:
            query = lines.readline().decode("latin-1").strip()
        self.begin(query)
        try:
            self.send(client, self.answer(query))
        finally:
            self.end()


def response(body, status="200 OK", kind="application/rdap+json", **headers):
    body = body if isinstance(body, bytes) else json.dumps(body).encode()
    lines = ["HTTP/1.1 " + status, "Content-Type: " + kind, "Content-Length: %d" % len(body)]
    lines += ["%s: %s" % (name.replace("_", "-"), value) for name, value in headers.items()]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + body


def entity(email, role="abuse", handle="E1"):
    card = ["vcard", [["version", {}, "text", "4.0"], ["fn", {}, "text", handle], ["email", {}, "text", email]]]
    return {"objectClassName": "entity", "handle": handle, "roles": [role], "vcardArray": card}


def network(first, last, *entities, **more):
    return {"objectClassName": "ip network", "rdapConformance": ["rdap_level_0"], "handle": "NET-" + first,
            "startAddress": first, "endAddress": last, "name": "EXAMPLE-NET", "country": "DE",
            "entities": list(entities), **more}


def inetnum(first, last, *lines):
    """An answer in RIPE's manner."""
    text = ["%% Information related to '%s - %s'" % (first, last), "", "inetnum:        %s - %s" % (first, last),
            "netname:        EXAMPLE-NET", "country:        DE", *lines, "source:         RIPE", ""]
    return "\r\n".join(text).encode() + b"\r\n"
