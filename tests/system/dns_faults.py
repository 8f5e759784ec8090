"""What a name server can do wrong: a row a fault, for LyingServer.

`HEALED`: the answer gets through all the same. `BLIND`: it cannot, and nothing may be made of what came instead.
"""
import struct

from lying_dns import Raw
from name_servers import record, wire_name

QR, TC = 0x8000, 0x0200
A, NS, CNAME, TXT, DNAME, OPT = 1, 2, 5, 16, 39, 41
HERE = b"\xc0\x0c"  # the name of the question
LIE = record(HERE, TXT, b"\x0bv=spf1 +all")
FORMERR, SERVFAIL, NXDOMAIN, NOTIMP, REFUSED, YXDOMAIN, NOTAUTH = 1, 2, 3, 4, 5, 6, 9
JUNK = [b"", b"junk", bytes(12), b"\xff" * 512]


def opt(rcode=0):
    """An OPT record with the upper bits of an extended response code."""
    return record(b"\0", OPT, b"", rcode << 24, 1232)


def others(query):
    """Answers to what was not asked, each believable but for one thing."""
    question, xid = query.question, struct.unpack(">H", query.octets[:2])[0]
    other_name = wire_name("other.example") + question[-4:]
    yield query.reply([LIE], xid=xid ^ 1)
    yield query.reply([LIE], question=other_name)
    yield query.reply([LIE], question=question[:-4] + struct.pack(">HH", 65280, 1))
    yield query.reply([LIE], question=question[:-2] + b"\0\3")
    yield query.reply([LIE], question=b"")


def says(make):
    """Sends the message that `make` makes of the query, whatever the way."""
    def fault(query):
        yield make(query)
    return fault


def rcode(value, extended=0):
    return says(lambda query: query.reply(rcode=value, additional=[opt(extended)] if extended else []))


def answers(*records, **more):
    return says(lambda query: query.reply(records, **more))


def flags(clear, put):
    def make(query):
        message = query.honest()
        word = struct.unpack(">H", message[2:4])[0]
        return message[:2] + struct.pack(">H", word & ~clear | put) + message[4:]
    return says(make)


def honest(query):
    yield query.honest()


def without_edns(refuse):
    """Honest where there is no OPT in the question."""
    def fault(query):
        yield from refuse(query) if query.edns else honest(query)
    return fault


def truncated(over_tcp):
    def fault(query):
        yield from over_tcp(query) if query.tcp else [query.reply(flags=0x8180 | TC)]
    return fault


def drip(pause):
    def fault(query):
        message = query.honest()
        for octet in struct.pack(">H", len(message)) + message:
            yield Raw([octet])
            yield pause
    return fault


def lying_length(by):
    def fault(query):
        message = query.honest()
        yield Raw(struct.pack(">H", len(message) + by) + message)
        yield None
    return fault


def lies_first(query):
    if not query.tcp:
        yield from JUNK
        yield from others(query)
    yield query.honest()


def flood(query):
    """Junk and near misses without an end, so fast as it goes."""
    lies = [*JUNK, *others(query)]
    while True:
        for lie in lies:
            yield lie
        yield 0.001


def flood_over_tcp(query):
    """Whole messages, none of them ours."""
    junk = b"".join(struct.pack(">H", len(lie)) + lie for lie in others(query)) * 50
    while True:
        yield Raw(junk)


def large(query):
    """The honest answer among 60 KB of text records."""
    if query.type != TXT:
        return (yield query.honest())
    if not query.tcp:
        return (yield query.reply(flags=0x8180 | TC))
    message = query.honest()
    extra = [record(HERE, TXT, (b"\xfa" + b"%03d" % i + b"x" * 247) * 10) for i in range(23)]
    count = struct.unpack(">H", message[6:8])[0]
    if count:
        message = message[:6] + struct.pack(">H", count + len(extra)) + message[8:12] + query.question \
            + b"".join(extra) + message[query.end:]
    yield message


def poisoned(query):
    """The honest answer among records that nobody asked for."""
    message = query.honest()
    count = struct.unpack(">H", message[6:8])[0]
    if count:
        alien = record(wire_name("other.example"), query.type, b"\x0bv=spf1 +all" if query.type == TXT else b"\0\0\0\0")
        alien = alien if query.type in (A, TXT) else record(wire_name("other.example"), A, b"\1\2\3\4")
        message = message[:6] + struct.pack(">H", count + 2) + message[8:12] + query.question + alien \
            + record(HERE, 65280, b"alien") + message[query.end:]
    yield message


def lost(query):
    """The first datagram of each question."""
    if query.number > 1:
        yield query.honest()


def upper_case(query):
    message = query.honest()
    yield message[:12] + query.question[:-4].upper() + query.question[-4:] + message[query.end:]


def nothing(query):
    return iter(())


def hang_up(query):
    yield None


def halved(query):
    message = query.honest()
    yield message[:max(len(message) // 2, query.end + 1)]


HEALED = {
    "the truth": honest,
    "lies before the truth": lies_first,
    "the truth twice": lambda query: iter([query.honest(), query.honest()]),
    "late": lambda query: iter([0.1, query.honest()]),
    "a lost datagram": lost,
    "another case in the question": upper_case,
    "records nobody asked for": poisoned,
    "60 KB of text": large,
    "truncated": truncated(honest),
    "truncated, in pieces": truncated(drip(0.0001)),
    "FORMERR for EDNS": without_edns(rcode(FORMERR)),
    "FORMERR for EDNS, nothing but a header": without_edns(
        says(lambda query: query.reply(rcode=FORMERR, question=b""))),
    "NOTIMP for EDNS": without_edns(rcode(NOTIMP)),
    "BADVERS": without_edns(rcode(0, 1)),
    "EDNS lost on the way": without_edns(nothing),
}

BLIND = {
    "silence": nothing,
    "SERVFAIL": rcode(SERVFAIL),
    "REFUSED": rcode(REFUSED),
    "NOTAUTH": rcode(NOTAUTH),
    "YXDOMAIN": rcode(YXDOMAIN),
    "FORMERR always": rcode(FORMERR),
    "NOTIMP always": rcode(NOTIMP),
    "BADVERS always": rcode(0, 1),
    "BADCOOKIE": rcode(7, 1),
    "a response code nobody knows": rcode(15, 255),
    "an extended code on NXDOMAIN": rcode(NXDOMAIN, 1),
    "a question back": flags(QR, 0),
    "another opcode": flags(0, 0x2800),
    "class CH": answers(record(HERE, TXT, b"\x0bv=spf1 +all", record_class=3)),
    "nothing but another name's": answers(record(wire_name("other.example"), TXT, b"\x0bv=spf1 +all")),
    "nothing but another type": answers(record(HERE, 65280, b"alien")),
    "a name below": answers(record(b"\1x" + HERE, TXT, b"\x0bv=spf1 +all")),
    "NXDOMAIN, with records": says(lambda query: query.reply([LIE, record(HERE, query.type, b"\0\0")], rcode=NXDOMAIN)),
    "two questions": says(lambda query: query.reply(question=query.question * 2, counts=(2, 0, 0, 0))),
    "no question": says(lambda query: query.reply(question=b"")),
    "more answers counted": answers(LIE, counts=(1, 9, 0, 0)),
    "fewer answers counted": answers(LIE, counts=(1, 0, 0, 0)),
    "65,535 of everything": answers(LIE, counts=(65535,) * 4),
    "octets behind the end": says(lambda query: query.honest() + b"\0"),
    "half of it": halved,
    "nothing but the header": says(lambda query: query.reply(question=b"", counts=(1, 1, 0, 0))),
    "a compression loop": says(lambda query: query.reply([record(struct.pack(">H", 0xc000 + query.end), TXT, b"\1x")])),
    "a pointer forward": says(lambda query: query.reply([record(struct.pack(">H", 0xc002 + query.end), TXT, b"\1x")])),
    "a pointer out of the message": answers(record(b"\xff\xff", TXT, b"\1x")),
    "a pointer into the header": answers(record(b"\xc0\x00", TXT, b"\1x")),
    "a label of a kind there is not": answers(record(b"\x80x\0", TXT, b"\1x")),
    "text longer than its record": says(lambda query: query.reply([record(HERE, query.type, b"\xffv=spf1")])),
    "two OPT": says(lambda query: query.reply(additional=[opt(), opt()])),
    "an alias to itself": answers(record(HERE, CNAME, HERE)),
    "two aliases": answers(record(HERE, CNAME, b"\1a" + HERE), record(HERE, CNAME, b"\1b" + HERE)),
    "aliases without end": answers(record(HERE, CNAME, b"\1a" + HERE)),
    "a DNAME that makes the name too long": answers(
        record(b"\0", DNAME, (b"\x3f" + b"x" * 63) * 3 + b"\x37" + b"x" * 55 + b"\0")),
    "a referral": says(lambda query: query.reply(flags=0x8100, authority=[record(b"\0", NS, wire_name("ns.example"))])),
    "a flood": flood,
    "truncated, always": answers(flags=0x8180 | TC),
    "truncated, TCP silent": truncated(nothing),
    "truncated, TCP hangs up": truncated(hang_up),
    "truncated, TCP says another length": truncated(lying_length(7)),
    "truncated, TCP says half the length": truncated(lying_length(-30)),
    "truncated, TCP an octet at a time": truncated(drip(0.05)),
    "truncated, TCP lies": truncated(answers(LIE, counts=(1, 9, 0, 0))),
    "truncated, a flood over TCP": truncated(flood_over_tcp),
    "truncated, TCP refused": truncated(nothing),
}
