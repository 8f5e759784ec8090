#!/usr/bin/env python3
"""registry_faults_test.py MAILTRUST: registries that answer wrongly, never stop, or lead where nobody is to be led.

A row a fault. Whatever one of the two says, what the other told is kept, who was wrong is named, and it ends in time.
Nobody is connected to who was not typed; who asks to be left alone is.
"""
import gzip
import os
import socket
import ssl
import subprocess
import sys
import tempfile

import registries
from limits_of_header import LIMITS
from registry_runs import (ABUSE, GOOD, IP, NO_CONTACT, NOT_FOUND, WHOIS_GOOD, WHOIS_NONE, Checks, Run, both,
                           drops, endless, redirect)

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: application/rdap+json\r\n"
BODY = GOOD.split(b"\r\n\r\n", 1)[1]
CHUNKED = HEAD + b"Transfer-Encoding: chunked\r\n\r\n"
LATER = b"%ERROR:201: access denied for 127.0.0.1\r\n"
NETWORK = b"NetRange: 192.0.0.0 - 192.0.255.255\r\nOrgName: Registry\r\n"


def rdap_faults():
    """By name: a whole response, or the pieces of one; and what they are called where they were wrong."""
    bomb = gzip.compress(b" " * (64 << 20))
    deep = b'{"objectClassName":"ip network","x":' + b"[" * 100000 + b"]" * 100000 + b"}"
    long = b'{"objectClassName":"ip network","name":"' + b"x" * (2 << 20) + b'"}'
    numbers = b'{"objectClassName":"ip network","startAddress":1e999,"endAddress":{},"entities":"","links":[[]]}'
    return {
        "never answers": ([30.0], "timed out"),
        "an octet at a time": (list(drops(GOOD)), "timed out"),
        "interim answers without end": (endless(b"HTTP/1.1 100 Continue\r\n\r\n" * 1000), "header"),
        "an endless header": (endless(b"X-More: yes\r\n" * 1000), "HTTP"),
        "a header of 300 KiB": ([HEAD + b"X-More: yes\r\n" * 24000 + b"\r\n" + BODY], "256 KiB"),
        "an endless body": ((piece for piece in [HEAD + b"\r\n", *[b" " * 65536] * 400]), "8 MiB"),
        "endless chunks": ((piece for piece in [CHUNKED, *[b"10000\r\n" + b" " * 65536 + b"\r\n"] * 400]), "8 MiB"),
        "a gzip bomb": (registries.response(bomb, Content_Encoding="gzip"), "8 MiB"),
        "half a gzip": ([registries.response(gzip.compress(BODY)[:-20], Content_Encoding="gzip")], "cut short"),
        "a coding nobody asked for": (registries.response(BODY, Content_Encoding="br"), "coding"),
        "cut short": ([GOOD[:-40], None], "cut short"),
        "a length that is too long": ([HEAD + b"Content-Length: %d\r\n\r\n" % (len(BODY) + 9) + BODY, None],
                                    "cut short"),
        "a length that is too short": ([HEAD + b"Content-Length: 20\r\n\r\n" + BODY, None], "JSON"),
        "a length below nothing": ([HEAD + b"Content-Length: -5\r\n\r\n" + BODY, None], "HTTP"),
        "chunks that are none": ([CHUNKED + b"zz\r\n" + BODY, None], "HTTP"),
        "a chunk larger than memory": ([CHUNKED + b"ffffffffffffffff\r\n" + BODY, None], ""),
        "chunks without an end": ([CHUNKED + b"%x\r\n" % len(BODY) + BODY, None], "cut short"),
        "no HTTP": (b"SSH-2.0-OpenSSH_9.2\r\n" * 3, "HTTP"),
        "hangs up": ([None], "closed the connection"),
        "no JSON": (registries.response(b"<html>welcome</html>", kind="text/html"), "JSON"),
        "nothing": (registries.response(b""), "JSON"),
        "JSON of no sense": (registries.response(numbers), "200, but"),
        "nested without end": (registries.response(deep), "within one another"),
        "a string of 2 MiB": (registries.response(long), "1 MiB"),
        "another network": (registries.response(registries.network("203.0.113.0", "203.0.113.255", ABUSE)), "200, but"),
        "an error": (registries.response({"errorCode": 500, "title": "down"}, "500 Internal Server Error"), "500"),
        "too many requests": (registries.response({"errorCode": 429}, "429 Too Many Requests"), "not asked again"),
        "a redirect in a circle": (redirect("/ip/" + IP), "circle"),
        "control octets": (registries.response(b"\x1b]0;owned\x07" * 10), "JSON"),
    }


def redirects(port):
    """Where nobody may be sent. `port` is one of loopback where somebody listens who is never to hear of us."""
    hosts = ["127.0.0.1", "localhost", "a.localhost", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "0", "[::1]",
             "[::ffff:127.0.0.1]", "[::ffff:7f00:1]", "[::127.0.0.1]", "[64:ff9b::7f00:1]", "[2002:7f00:1::]",
             "[::ffff:0:7f00:1]",
             "127.0.0.1.", "%31%32%37.0.0.1", "here.example", "mapped.example", "alias.example"]
    yield from ("https://%s:%d/" % (host, port) for host in hosts)
    yield from ("http://127.0.0.1:%d/" % port, "//127.0.0.1:%d/" % port, "file:///etc/passwd", "FILE:/etc/passwd",
                "gopher://127.0.0.1:%d/_x" % port, "dict://127.0.0.1:%d/x" % port, "ldap://127.0.0.1:%d/" % port,
                "https://10.0.0.1/", "https://192.168.0.1/", "https://169.254.169.254/latest/", "https://[fe80::1]/",
                "https://[fd00::1]/", "https://100.64.0.1/", "https://me:me@127.0.0.1:%d/" % port, "https://", "")


ZONE = """here.example. 60 A 127.0.0.1
mapped.example. 60 AAAA ::ffff:127.0.0.1
alias.example. 60 CNAME here.example.
"""
REFERRALS = ["ReferralServer: whois://127.0.0.1:%d", "ReferralServer: rwhois://127.0.0.1:%d", "whois: 127.0.0.1:%d",
             "refer: localhost:%d", "ReferralServer: whois://[::1]:%d", "ReferralServer: whois://[::ffff:127.0.0.1]:%d",
             "ReferralServer: http://127.0.0.1:%d/", "ReferralServer: whois://2130706433:%d"]


class Canary:
    """Listens on a port of loopback, on both families; `heard` are the connections that came."""

    def __enter__(self):
        self.listener = socket.create_server(("::", 0), family=socket.AF_INET6, dualstack_ipv6=True)
        self.listener.setblocking(False)
        self.port = self.listener.getsockname()[1]
        return self

    def __exit__(self, *_):
        self.listener.close()

    def heard(self):
        try:
            self.listener.accept()
        except BlockingIOError:
            return False
        return True


def check_rdap_faults(mailtrust, check):
    for name, (octets, words) in rdap_faults().items():
        run = both(mailtrust, octets, WHOIS_GOOD, "--no-cache", IP)
        check(name, (run.status, run.emails()), (0, ["whois@isp.example"]))
        check(name + ": told", "127.0.0.1" in run.words() and words in run.words() or run.words(), True)
        check(name + ": in time", run.seconds < 6 + 3, True)
        check(name + ": requests", run.requests <= 8, True)


def check_redirects(mailtrust, check, folder):
    zone = os.path.join(folder, "redirects.zone")
    with open(zone, "w", encoding="ascii") as file:
        file.write(ZONE)
    with Canary() as canary:
        for location in redirects(canary.port):
            run = both(mailtrust, redirect(location), WHOIS_GOOD, "--no-cache", "--zone", zone, IP)
            check("to " + location, (run.status, run.emails(), run.requests), (0, ["whois@isp.example"], 1))
            check("nobody was there, " + location, canary.heard(), False)
    chain = registries.Rdap(lambda path, headers: redirect("/" + "x" * len(path)))
    with chain as web, registries.Whois(lambda query: WHOIS_GOOD) as port43:
        run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", port43.address, "--no-cache", IP)
    check("redirects without end", (run.status, len(web.questions), "5 redirects" in run.words()), (0, 6, True))


def check_later(mailtrust, check):
    """Who asks us to come back later is not asked again in the run, however short the pause."""
    for status in ("429 Too Many Requests", "503 Service Unavailable"):
        for after in ("0", "1", "3600", "99999999999999999999", "Fri, 01 Jan 2010 00:00:00 GMT"):
            later = registries.response({}, status, Retry_After=after)
            run = both(mailtrust, later, WHOIS_GOOD, "--no-cache", IP, "198.51.100.1", "203.0.113.1", "--jobs", "1")
            check("%s, %s" % (status, after), (run.requests, run.emails()), (1, ["whois@isp.example"]))
    down = registries.response({}, "503 Service Unavailable")
    run = both(mailtrust, down, WHOIS_NONE, "--no-cache", *["20.%d.0.1" % i for i in range(60)], "--jobs", "1")
    check("503 without an end", (run.status, run.requests <= 20), (3, True))
    with registries.Rdap(lambda path, headers: registries.response({}, "429 Too Many Requests")) as web, \
            registries.Whois(lambda query: WHOIS_NONE) as port43:
        Run(mailtrust, "--rdap-bootstrap", web.base, "--whois-server", port43.address, "--resolver", "127.0.0.1:9",
            "--no-cache", "20.0.0.1", "2a00::1", "--jobs", "1", offline=False)
        check("429 of the table of registries", len(web.questions), 1)
    run = both(mailtrust, NOT_FOUND, WHOIS_GOOD + b"\r\n" + LATER, "--no-cache", "--jobs", "1", IP, "198.51.100.1")
    check("told before it was denied", (run.status, run.emails(), run.queries), (3, ["whois@isp.example"], 1))


def bad_tls(folder):
    """What nobody vouches for. Those that have expired and the like: tests/http/tls_test.cpp."""
    for name, subject in (("of its own", "127.0.0.1"), ("of another", "203.0.113.9")):
        key, certificate = os.path.join(folder, name + ".key"), os.path.join(folder, name + ".pem")
        subprocess.run(["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes",
                        "-days", "2", "-subj", "/CN=" + subject, "-addext", "subjectAltName=IP:" + subject, "-keyout",
                        key, "-out", certificate], check=True, capture_output=True)
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(certificate, key)
        yield name, tls


def check_bad_tls(mailtrust, check, folder):
    with registries.Rdap(lambda path, headers: GOOD) as web:
        run = Run(mailtrust, "--rdap-base", web.base.replace("http:", "https:"), "--whois-server", "127.0.0.1:9",
                  "--no-cache", IP)
        check("no TLS", (run.status, run.emails()), (3, []))
    for name, tls in bad_tls(folder):
        with registries.Rdap(lambda path, headers: GOOD, tls) as web:
            run = Run(mailtrust, "--rdap-base", web.base, "--whois-server", "127.0.0.1:9", "--no-cache", IP)
            check("certificate, " + name, (run.status, run.emails(), web.questions), (3, [], []))
            check("certificate, " + name + ": told", "certificate" in run.words(), True)


def whois_faults():
    return {
        "never answers": [30.0],
        "an octet at a time": list(drops(WHOIS_GOOD)),
        "an endless answer": endless(b"remarks: filler\r\n" * 4096),
        "a line without end": endless(b"x" * 65536),
        "NUL octets": b"\0" * 5000,
        "half an answer": [WHOIS_GOOD[:20], None],
        "hangs up": b"",
        "garbage": bytes(range(256)) * 40,
        "access denied": LATER,
        "refers to itself": b"ReferralServer: whois://127.0.0.1\r\n" * 1000,
    }


def check_whois_faults(mailtrust, check):
    for name, octets in whois_faults().items():
        run = both(mailtrust, NO_CONTACT, octets, "--no-cache", IP)
        check("whois " + name, (run.status, run.emails()), (0, ["erika@isp.example"]))
        check("whois " + name + ": network", run.answers[0]["network"], "192.0.2.0/24")
        check("whois " + name + ": told", "127.0.0.1" in run.words(), True)
        check("whois " + name + ": in time", run.seconds < 6 + 3, True)
        run = both(mailtrust, NOT_FOUND, octets if isinstance(octets, (bytes, list)) else WHOIS_NONE, "--no-cache", IP)
        expected = (3, []) if isinstance(octets, (bytes, list)) else (1, [])
        check("whois " + name + ", RDAP knows nothing", (run.status, run.emails()), expected)


def check_referrals(mailtrust, check):
    """To loopback and private addresses nobody is referred, whatever was typed."""
    with Canary() as canary:
        for line in REFERRALS:
            answer = NETWORK + (line % canary.port).encode() + b"\r\n"
            with registries.Whois(lambda query, answer=answer: answer) as one:
                run = Run(mailtrust, "--rdap-base", "http://127.0.0.1:9/", "--whois-server", one.address, "--no-cache",
                          "--resolver", "127.0.0.1:9", IP, offline=False)
            check(line, (run.status, len(one.questions), canary.heard()), (3, 1, False))
    inside = NETWORK + b"ReferralServer: whois://127.0.0.2:43\r\nReferralServer: whois://10.0.0.1\r\n"
    with registries.Whois(lambda query: inside) as one:
        run = Run(mailtrust, "--rdap-base", "http://127.0.0.1:9/", "--whois-server", one.address, "--no-cache",
                  "--resolver", "127.0.0.1:9", IP, offline=False)
        check("referrals to the inside", (run.status, run.seconds < 6 + 3, run.words().count("not a public address")),
              (3, True, 2))
    most = LIMITS["kWhoisReferrals"]
    for count in (most - 1, most, most + 1):
        lines = b"".join(b"ReferralServer: whois://10.0.0.%d\r\n" % i for i in range(1, count + 1))
        with registries.Whois(lambda query, lines=lines: NETWORK + lines) as one:
            run = Run(mailtrust, "--rdap-base", "http://127.0.0.1:9/", "--whois-server", one.address, "--no-cache",
                      "--resolver", "127.0.0.1:9", IP, offline=False)
        check("%d referrals" % count, (run.status, run.words().count("not a public address")), (3, min(count, most)))


def main():
    mailtrust = sys.argv[1]
    check = Checks()
    with tempfile.TemporaryDirectory(prefix="mailtrust.") as folder:
        check_rdap_faults(mailtrust, check)
        check_redirects(mailtrust, check, folder)
        check_later(mailtrust, check)
        check_bad_tls(mailtrust, check, folder)
        check_whois_faults(mailtrust, check)
        check_referrals(mailtrust, check)
    print("registry faults: %d failures" % check.failures)
    return 1 if check.failures else 0


if __name__ == "__main__":
    sys.exit(main())
