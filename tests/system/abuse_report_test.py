#!/usr/bin/env python3
"""Complaints as other programs see them: Python's email package, Sisimai, a XARF schema, a program like sendmail, and our
own reader."""
import base64
import email
import email.policy
import hashlib
import json
import os
import stat
import subprocess
import sys
import tempfile

import jsonschema

AT = "1795333300"
ZONE = """\
7.2.0.192.abuse-contacts.abusix.zone. 3600 IN TXT "abuse@isp.example"
9.100.51.198.abuse-contacts.abusix.zone. 3600 IN TXT "abuse@other.example"
isp.example. 3600 IN MX 10 mx.isp.example.
mx.isp.example. 3600 IN A 192.0.2.200
other.example. 3600 IN MX 10 mx.isp.example.
; !timeout 13.2.0.192.abuse-contacts.abusix.zone. TXT
"""
SCHEMA = os.path.join(os.path.dirname(os.path.dirname(os.path.abspath(__file__))), "schemas", "xarf4-messaging-spam.json")


def message(ip="192.0.2.7", subject=b"Buy now", body=b"https://spam.example/buy\n", extra=b""):
    return (b"Return-Path: <cheap@spam.example>\nReceived: from mail.spam.example (mail.spam.example [%s])\n"
            b"\tby mx.example.org (Postfix) with ESMTP id ABC\n\tfor <ann@example.org>; Sun, 22 Nov 2026 08:40:37 +0100 (CET)\n"
            b"From: Cheap <cheap@spam.example>\nTo: Ann <ann@example.org>\nSubject: %s\nMessage-ID: <1@spam.example>\n%s\n%s"
            % (ip.encode(), subject, extra, body))


class Bench:
    def __init__(self, mailtrust, folder):
        self.mailtrust, self.folder = mailtrust, folder
        self.zone = self.write("zone", ZONE.encode())
        self.environment = dict(os.environ, XDG_CONFIG_HOME=folder, HOME=folder, MAILTRUST_STORE=os.path.join(folder, "store.db"))

    def write(self, name, octets, mode=0o600):
        path = os.path.join(self.folder, name)
        with open(path, "wb") as file:
            file.write(octets)
        os.chmod(path, mode)
        return path

    def run(self, *args, expect=0, stdin=b""):
        done = subprocess.run([self.mailtrust, "abuse", *args], input=stdin, capture_output=True, env=self.environment,
                              timeout=60, check=False)
        assert done.returncode == expect, (args, done.returncode, done.stdout[:500], done.stderr)
        return done

    def report(self, *args, expect=0):
        return self.run("report", "--zone", self.zone, "--at", AT, "--timeout", "500ms", "--no-cache", *args, expect=expect)

    def answers(self, *args, expect=0):
        return [json.loads(line) for line in self.report("--json", *args, expect=expect).stdout.splitlines()]

    def read(self, mail, expect=0):
        done = self.run("read", "--json", "-", stdin=mail, expect=expect)
        return json.loads(done.stdout)


def check_form(bench):
    for name, octets in (("plain", message()), ("eight", message(body=b"caf\xe9\n")),
                         ("crlf", message().replace(b"\n", b"\r\n")), ("empty", message(body=b""))):
        path = bench.write(name + ".eml", octets)
        raw = bench.report(path).stdout
        parsed = email.message_from_bytes(raw)
        assert not parsed.defects and all(not part.defects for part in parsed.walk()), name
        assert parsed.get_content_type() == "multipart/report" and parsed.get_param("report-type") == "feedback-report"
        parts = parsed.get_payload()
        assert [part.get_content_type() for part in parts] == ["text/plain", "message/feedback-report", "message/rfc822"], name
        assert parsed["To"] == "abuse@isp.example" and parsed["From"] == "ann@example.org" and parsed["Subject"] == "FW: Buy now"
        assert parsed["Date"] == "Sun, 22 Nov 2026 07:41:40 +0000" and parsed["Auto-Submitted"] == "auto-generated"
        assert octets in raw, name
        fields = parts[1].get_payload()[0] if parts[1].is_multipart() else email.message_from_string(parts[1].get_payload())
        assert fields["Feedback-Type"] == "abuse" and fields["Version"] == "1" and fields["Source-IP"] == "192.0.2.7"
        assert fields["Original-Rcpt-To"] == "<ann@example.org>"
        assert raw == bench.report(path).stdout, "the same twice"
        back = bench.read(raw)
        assert (back["type"], back["source_ip"], back["message_id"]) == ("abuse", "192.0.2.7", "<1@spam.example>"), back
        assert back["findings"] == [], back["findings"]


def check_sisimai(bench):
    raw = bench.report(bench.write("sisimai.eml", message())).stdout
    path = bench.write("complaint.eml", raw)
    script = "use Sisimai; print Sisimai->dump($ARGV[0], delivered => 1) // '';"
    done = subprocess.run(["perl", "-e", script, path], capture_output=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert len(found) == 1 and found[0]["reason"] == "feedback" and found[0]["feedbacktype"] == "abuse", found
    assert found[0]["recipient"] == "ann@example.org", found


def check_xarf(bench):
    with open(SCHEMA, encoding="utf-8") as file:
        validator = jsonschema.Draft202012Validator(json.load(file))
    odd = {"plain": message(), "bounce": message().replace(b"<cheap@spam.example>", b"<>", 1),
           "long": message(subject=b"x" * 900), "large": message(body=b"y\n" * 3_000_000)}
    for name, octets in odd.items():
        path = bench.write("xarf-%s.eml" % name, octets)
        answer = bench.answers("--xarf", path)[0]
        validator.validate(answer["xarf"])
        evidence = answer["xarf"]["evidence"][0]
        payload = base64.b64decode(evidence["payload"], validate=True)
        assert evidence["hash"] == "sha256:" + hashlib.sha256(payload).hexdigest()
        assert (payload == octets) == (len(octets) <= 5 << 20), name
        mail = email.message_from_string(answer["message"])
        attached = [part for part in mail.walk() if part.get_content_type() == "application/json"]
        assert len(attached) == 1 and json.loads(attached[0].get_payload(decode=True)) == answer["xarf"], name
        again = bench.read(json.dumps(answer["xarf"]).encode())
        assert (again["layout"], again["source_ip"]) == ("xarf-4", "192.0.2.7"), again
    try:
        validator.validate({"xarf_version": "4.0.0"})
    except jsonschema.ValidationError:
        return
    raise AssertionError("the schema refuses nothing")


def check_groups(bench):
    paths = [bench.write("group-%d.eml" % i, message("192.0.2.7" if i % 2 == 0 else "198.51.100.9", b"number %d" % i))
             for i in range(4)]
    answers = bench.answers(*paths)
    assert [answer["file"] for answer in answers] == paths
    assert [answer["message"] is not None for answer in answers] == [True, True, False, False]
    assert answers[2]["reported_with"] == paths[0] and answers[1]["to"] == ["abuse@other.example"]
    mail = email.message_from_string(answers[0]["message"])
    assert len([part for part in mail.walk() if part.get_content_type() == "message/rfc822"]) == 2
    assert bench.read(answers[0]["message"].encode())["incidents"] == 2
    assert all(answer["message"] for answer in bench.answers("--single", *paths))
    box = bench.write("box", bench.report(*paths).stdout)
    done = bench.run("read", "--json", box)
    assert len(done.stdout.splitlines()) == 2, done.stdout


def check_none(bench):
    inside = bench.write("inside.eml", message("10.0.0.1"))
    answer = bench.answers(inside, expect=1)[0]
    assert answer["origin"]["ip"] is None and answer["message"] is None and answer["reason"], answer
    # Only DNS could be asked: whether a registry names somebody is not known.
    nobody = bench.write("nobody.eml", message("192.0.2.8"))
    assert bench.report(nobody, expect=3).stdout == b""
    assert bench.report("--to", "desk@example.org", nobody).stdout.count(b"\nTo: desk@example.org\n") == 1
    unknown = bench.write("unknown.eml", message("192.0.2.13"))
    answer = bench.answers(unknown, expect=3)[0]
    assert answer["error"]["kind"] == "temporary" and answer["message"] is None, answer
    good = bench.write("good.eml", message())
    answers = bench.answers(os.path.join(bench.folder, "absent"), good, unknown, expect=2)
    assert answers[1]["message"] and answers[0]["error"]["kind"] == "input", answers


def check_output(bench):
    folder = os.path.join(bench.folder, "out")
    os.mkdir(folder)
    path = bench.write("output.eml", message())
    bench.report("--output", folder, path)
    names = os.listdir(folder)
    assert len(names) == 1 and names[0].startswith("192.0.2.7_"), names
    written = os.path.join(folder, names[0])
    assert stat.S_IMODE(os.stat(written).st_mode) == 0o600
    bench.report("--output", folder, path, expect=2)
    with open(written, "rb") as file:
        assert file.read() == bench.report(path).stdout


def check_send(bench):
    taken = os.path.join(bench.folder, "taken")
    good = bench.write("good-sendmail", b"#!/bin/sh\necho \"$@\" > %s.args\ncat >> %s\n" % (taken.encode(), taken.encode()), 0o700)
    bad = bench.write("bad-sendmail", b"#!/bin/sh\necho 'no such user'; exit 67\n", 0o700)
    hangs = bench.write("hanging-sendmail", b"#!/bin/sh\nexec sleep 100\n", 0o700)
    path = bench.write("send.eml", message(body=b"z\n" * 500_000))
    bench.report("--sendmail", good, path)
    assert not os.path.exists(taken), "sent without --send"
    bench.report("--send", "--sendmail", good, path, expect=2)
    assert not os.path.exists(taken), "sent without --from"
    ours = ("--from", "desk@example.org", "--sendmail")
    assert bench.answers("--send", *ours, good, path)[0]["sent"]
    with open(taken, "rb") as file:
        assert file.read() == bench.report("--from", "desk@example.org", path).stdout
    with open(taken + ".args", encoding="ascii") as file:
        assert file.read() == "-t -i\n"
    answer = bench.answers("--send", *ours, bad, path, expect=3)[0]
    assert "no such user" in answer["error"]["message"] and not answer["sent"], answer
    answer = bench.answers("--send", *ours, hangs, path, expect=3)[0]
    assert "in time" in answer["error"]["message"], answer
    answer = bench.answers("--send", *ours, os.path.join(bench.folder, "no-program"), path, expect=2)[0]
    assert "cannot be run" in answer["error"]["message"], answer
    nobody = bench.write("send-nobody.eml", message("192.0.2.8"))
    inside = bench.write("send-inside.eml", message("10.0.0.1"))
    os.remove(taken)
    bench.report("--send", *ours, good, nobody, expect=3)
    bench.report("--send", *ours, good, inside, expect=1)
    assert not os.path.exists(taken), "sent to nobody"


def check_redaction(bench):
    path = bench.write("redact.eml", message(body=b"Dear ann@example.org, see https://x.example/?a=ann%40example.org\n"))
    first = bench.answers("--redact", path)[0]["message"]
    assert "ann@" not in first and "ann%40" not in first and "Ann" not in first, first
    assert first == bench.answers("--redact", path)[0]["message"], "the key is kept"
    key = bench.write("key", b"another key of some length\n")
    other = bench.answers("--redact", "--redact-key", key, path)[0]["message"]
    assert other != first and "ann@" not in other
    short = bench.write("short", b"short\n")
    bench.report("--redact", "--redact-key", short, path, expect=2)


def check_reader(bench):
    mail = bench.report(bench.write("reader.eml", message())).stdout
    done = bench.run("read", "--json", bench.write("no.eml", b"Subject: hi\n\nhello\n"), bench.write("yes.eml", mail), expect=2)
    answers = [json.loads(line) for line in done.stdout.splitlines()]
    assert "no complaint" in answers[0]["error"]["message"] and answers[1]["type"] == "abuse", answers


def main():
    with tempfile.TemporaryDirectory() as folder:
        for number, check in enumerate((check_form, check_sisimai, check_xarf, check_groups, check_none, check_output, check_send,
                                        check_redaction, check_reader)):
            place = os.path.join(folder, str(number))
            os.mkdir(place)
            check(Bench(sys.argv[1], place))
            print("%s: good" % check.__name__, flush=True)


if __name__ == "__main__":
    main()
