"""The messages of received_live_test.py: how each is handed in, and what must be read from it."""
from dataclasses import dataclass, field

MX, RELAY = "mx.example.com", "relay.example.net"
NAMED, NAMELESS, LIAR, SIX = "203.0.113.7", "203.0.113.8", "203.0.113.9", "2001:db8::7"
MX_ADDRESS, MX_SIX, RELAY_ADDRESS = "192.0.2.25", "2001:db8::25", "198.51.100.20"
# What DNS says; the last name does not lead back to its address.
NAMES = {NAMED: "client.example.net", SIX: "six.example.net", MX_ADDRESS: MX, RELAY_ADDRESS: RELAY}
LIES = {LIAR: "liar.example.net"}
PUBLIC = [NAMED, NAMELESS, LIAR, SIX, MX_ADDRESS, MX_SIX, RELAY_ADDRESS]
USER = "user@example.com"
ANY = object()  # a HELO that was made to be unreadable


@dataclass
class Hop:
    ip: str | None
    helo: object
    by: str
    protocol: str | None
    kind: str = "smtp"
    auth: bool = False
    rdns: object = ANY  # what the server is known to find for `ip`


@dataclass
class Case:
    name: str
    port: str  # mx, submission, proxy, relay; or pickup
    client: str | None
    domain: str
    hops: list
    origin: tuple  # address, hop, confidence
    helo: str = "EHLO client.example.org"
    tls: bool = False
    login: bool = False
    xclient: str = ""
    preface: bytes = b""
    mail_options: list = field(default_factory=list)
    trusted: str = ""
    by: str = ""
    key: str = ""


def direct(name, port, client, helo, wrote, protocol=None, **more):
    """To one server, which keeps the message. `wrote` is the HELO in the field."""
    by, domain = (RELAY, "relay.example") if port == "relay" else (MX, "mx.example")
    word = protocol or ("ESMTP" if helo.startswith("EHLO") else "SMTP")
    hop = Hop(client, wrote, by, word.lower() if port == "relay" else word, **more.pop("hop", {}))
    public = client in PUBLIC
    return Case(name, port, client, domain, [hop], (client, 0, "proven") if public else (None, None, "none"), helo=helo,
                **more)


def dialect(port):
    """What a server writes of clients that say one thing and another."""
    name = port + ": "
    yield direct(name + "no HELO", port, NAMED, "", NAMES[NAMED])
    yield direct(name + "HELO", port, NAMED, "HELO foo.example.org", "foo.example.org")
    yield direct(name + "no name in DNS", port, NAMELESS, "EHLO foo.example.org", "foo.example.org")
    yield direct(name + "own name", port, NAMED, "EHLO client.example.net", "client.example.net")
    yield direct(name + "a name that does not lead back", port, LIAR, "EHLO liar.example.net", "liar.example.net")
    yield direct(name + "another's literal", port, NAMELESS, "EHLO [198.51.100.9]", "[198.51.100.9]")
    yield direct(name + "another's literal, named", port, NAMED, "EHLO [198.51.100.9]", "[198.51.100.9]")
    yield direct(name + "own literal", port, NAMELESS, "EHLO [203.0.113.8]", "[203.0.113.8]")
    yield direct(name + "bare address", port, NAMELESS, "EHLO 198.51.100.9", "198.51.100.9")
    yield direct(name + "bare address, named", port, NAMED, "EHLO 198.51.100.9", "198.51.100.9")
    yield direct(name + "IPv6", port, SIX, "EHLO six.example.net", "six.example.net")
    yield direct(name + "IPv6 literal", port, SIX, "EHLO [IPv6:2001:db8::99]", "[IPv6:2001:db8::99]")
    yield direct(name + "IPv6 loopback", port, "::1", "EHLO [IPv6:2001:db8::99]", "[IPv6:2001:db8::99]")
    yield direct(name + "loopback", port, "127.0.0.2", "EHLO [198.51.100.9]", "[198.51.100.9]")
    yield direct(name + "another loopback", port, "127.0.0.3", "HELO localhost", "localhost")
    yield direct(name + "TLS", port, NAMELESS, "EHLO t.example", "t.example", "ESMTPS", tls=True)
    yield direct(name + "says unknown", port, NAMELESS, "EHLO unknown", "unknown")
    for number, junk in enumerate(("x (y [198.51.100.9]) by (z", "([198.51.100.9])", "a(b[198.51.100.9]", "by",
                                   "a) by evil.example (b [198.51.100.9]", "x (Authenticated sender: y)",
                                   "[198.51.100.9]) (x", "x [198.51.100.9] y", "((((", "x with HTTP id 1; y")):
        for client in (NAMELESS, NAMED):
            yield direct("%sjunk %d from %s" % (name, number, client), port, client, "EHLO " + junk, ANY)


def submissions():
    for name, port, by in (("Postfix", "submission", MX), ("Exim", "relay", RELAY)):
        for client, tls in ((NAMELESS, True), (NAMED, True), (NAMED, False), (SIX, True), ("127.0.0.2", True)):
            yield direct("%s, AUTH from %s%s" % (name, client, " over TLS" if tls else ""), port, client, "EHLO [10.1.2.3]",
                         "[10.1.2.3]", "ESMTPSA" if tls else "ESMTPA", tls=tls, login=True,
                         hop={"kind": "submission", "auth": True})


def relayed(client):
    """From Postfix onward: to an LMTP store, through a filter, to Exim, and around through Exim."""
    first = Hop(client, "client.example.org", MX, "ESMTP")
    inside = client not in PUBLIC
    at = lambda hop: (None, None, "none") if inside else (client, hop, "proven")
    filtered = Hop("127.0.0.1", "localhost", MX, "ESMTP")
    to_exim = Hop("mx", MX, RELAY, "esmtp")
    back = Hop("relay", RELAY, MX, "ESMTPS")
    yield Case("LMTP from " + client, "mx", client, "lmtp.example", [first], at(0))
    yield Case("filter from " + client, "mx", client, "filter.example", [filtered, first], at(1))
    yield Case("to Exim from " + client, "mx", client, "relay.example", [to_exim, first], at(1), trusted=MX_ADDRESS)
    yield Case("around from " + client, "mx", client, "around.example", [back, to_exim, first], at(2),
               trusted=MX_ADDRESS + "," + RELAY)
    if not inside:
        yield Case("to Exim, nobody trusted", "mx", client, "relay.example", [to_exim, first], (MX_ADDRESS, 0, "proven"))
        yield Case("around, nobody trusted", "mx", client, "around.example", [back, to_exim, first],
                   (RELAY_ADDRESS, 0, "proven"))


def fronted():
    """What servers in front of Postfix say of the client: XCLIENT, and HAProxy's line."""
    seen = lambda ip, rdns, protocol="ESMTP", **more: [Hop(ip, ANY, MX, protocol, rdns=rdns, **more)]
    for name, words, hops in (
            ("XCLIENT", "NAME=xc.example.net ADDR=198.51.100.77", seen("198.51.100.77", "xc.example.net")),
            ("XCLIENT IPv6", "NAME=[UNAVAILABLE] ADDR=IPv6:2001:db8::77", seen("2001:db8::77", None)),
            ("XCLIENT LOGIN", "LOGIN=joe ADDR=198.51.100.79 NAME=[UNAVAILABLE]",
             seen("198.51.100.79", None, "ESMTPA", kind="submission", auth=True))):
        yield Case(name, "mx", "127.0.0.2", "mx.example", hops, (hops[0].ip, 0, "proven"), xclient=words)
    hops = seen("198.51.100.78", None)
    yield Case("HAProxy", "proxy", "127.0.0.2", "mx.example", hops, ("198.51.100.78", 0, "proven"),
               preface=b"PROXY TCP4 198.51.100.78 192.0.2.25 4321 25\r\n")


def picked_up():
    postfix = Hop(None, None, MX, None, kind="local", rdns=None)
    exim = Hop(None, None, RELAY, "local", kind="local", rdns=None)
    to_exim = Hop("mx", MX, RELAY, "esmtp")
    nowhere = (None, None, "none")
    yield Case("sendmail of Postfix", "pickup", None, "mx.example", [postfix], nowhere, by="postfix")
    yield Case("sendmail of Exim", "pickup", None, "relay.example", [exim], nowhere, by="exim")
    yield Case("sendmail of Postfix, then Exim", "pickup", None, "relay.example", [to_exim, postfix], nowhere,
               by="postfix", trusted=MX_ADDRESS)


def international():
    return direct("SMTPUTF8", "mx", NAMELESS, "EHLO t.example", "t.example", "UTF8SMTP", mail_options=["SMTPUTF8"])


def cases():
    found = [*dialect("mx"), *dialect("relay"), *submissions(), *relayed(NAMELESS), *relayed("127.0.0.2"), *fronted(),
             *picked_up(), international()]
    for number, case in enumerate(found):
        case.key = "case%d" % number
    return found
