"""Made-up messages for bench/verify.py, always the same ones, signed by libopendkim, and their zone."""
import base64
import math
import os
import random
import subprocess

DOMAINS = 200
MEDIAN = 30 * 1024
SPREAD = 1.22  # of the logarithm: a mean of about 61 KB
LEAST, MOST = 2 * 1024, 1024 * 1024
WORDS = ("the of and to in is that for it as was with be by on not he his but at are this have from or had an they which "
         "one you were all her she there would their we him been has when who will no more if out so up said what").split()


def text_pool(rng, octets):
    """Lines of prose, some with two blanks or blanks at the end."""
    lines = []
    size = 0
    while size < octets:
        line = " ".join(rng.choice(WORDS) for _ in range(rng.randrange(6, 14)))
        if rng.random() < 0.03:
            line = line.replace(" ", "  ", 1)
        if rng.random() < 0.02:
            line += " "
        lines.append(line)
        size += len(line) + 2
    return lines


def base64_pool(rng, octets):
    return [base64.b64encode(rng.randbytes(57)).decode() for _ in range(octets // 78)]


def body(rng, size, prose, attachment):
    """Half of the larger ones are mostly attachment, as mail is."""
    if size < 8192 or rng.random() < 0.5:
        pools = [(prose, size)]
    else:
        pools = [(prose, size // 8), (attachment, size - size // 8)]
    parts = []
    for pool, most in pools:
        at = rng.randrange(len(pool))
        while most > 0:
            parts.append(pool[at % len(pool)])
            most -= len(parts[-1]) + 2
            at += 1
        parts.append("")
    return "\r\n".join(parts) + "\r\n"


def header(rng, number, domain):
    return "".join(line + "\r\n" for line in (
        "Return-Path: <bounce@%s>" % domain,
        "Received: from mx.%s (mx.%s [198.18.%d.%d])" % (domain, domain, number // 250 % 250, number % 250 + 1),
        "\tby mx.receiver.example (Postfix) with ESMTPS id %016X" % rng.getrandbits(64),
        "\tfor <user@receiver.example>; Sun, 22 Nov 2026 04:%02d:%02d +0000" % (number // 60 % 60, number % 60),
        "From: Sender %d <news@%s>" % (number, domain),
        "To: User <user@receiver.example>",
        "Subject: Message %d about %s" % (number, " ".join(rng.choice(WORDS) for _ in range(5))),
        "Date: Sun, 22 Nov 2026 04:%02d:%02d +0000" % (number // 60 % 60, number % 60),
        "Message-ID: <%d.%x@%s>" % (number, rng.getrandbits(48), domain),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8",
        "Content-Transfer-Encoding: 7bit",
        "List-Unsubscribe: <https://%s/u?%x>" % (domain, rng.getrandbits(64)),
        "List-Unsubscribe-Post: List-Unsubscribe=One-Click"))


def make_keys(work):
    """Two RSA keys and an Ed25519 key that all domains share: making 200 pairs would only take time. Every
    domain has a record of its own, so nobody verifies with fewer look-ups for it."""
    run = lambda *words: subprocess.check_output(["openssl", *words], stderr=subprocess.DEVNULL)
    records = {}
    for name, words in (("rsa", ["genrsa", "2048"]), ("ed25519", ["genpkey", "-algorithm", "ed25519"])):
        path = "%s/%s.pem" % (work, name)
        with open(path, "wb") as out:
            out.write(run(*words))
        public = run("pkey", "-in", path, "-pubout", "-outform", "DER")
        records[name] = base64.b64encode(public if name == "rsa" else public[-32:]).decode()
    return records


def write_zone(work, keys):
    with open(work + "/bench.zone", "w") as zone:
        zone.write("$ORIGIN .\n$TTL 3600\nexample. IN SOA ns.example. h.example. 1 3600 600 86400 300\n"
                   "example. IN NS ns.example.\nns.example. IN A 127.0.0.1\n")
        for n in range(DOMAINS):
            name = "d%d.example." % n
            key = keys["rsa"]
            zone.write('s1._domainkey.%s IN TXT "v=DKIM1; k=rsa; p=%s" "%s"\n' % (name, key[:200], key[200:]))
            zone.write('e1._domainkey.%s IN TXT "v=DKIM1; k=ed25519; p=%s"\n' % (name, keys["ed25519"]))
            zone.write('_dmarc.%s IN TXT "v=DMARC1; p=reject; rua=mailto:d@%s"\n' % (name, name[:-1]))
            zone.write('%s IN TXT "v=spf1 ip4:198.18.0.0/15 -all"\n' % name)


def signatures_of(rng):
    """Most relaxed; some simple; some with an Ed25519 signature above the RSA one."""
    dice = rng.random()
    if dice < 0.05:
        return [("s1", "rsa", "simple")]
    if dice < 0.08:
        return [("s1", "rsa", "relaxed"), ("e1", "ed25519", "relaxed")]
    return [("s1", "rsa", "relaxed")]


def sign(work, signer, rows):
    """By one process for each round; a message with two signatures gets its second in the next."""
    while rows:
        path = work + "/sign.tsv"
        with open(path, "w") as out:
            for file, domain, todo in rows:
                selector, algorithm, form = todo[0]
                out.write("\t".join((file, domain, selector, "%s/%s.pem" % (work, algorithm), form, algorithm)) + "\n")
        subprocess.check_call([signer, path])
        rows = [(file, domain, todo[1:]) for file, domain, todo in rows if len(todo) > 1]


def write_messages(work, count, signer):
    """Files in work/mail, their names in work/all.txt."""
    rng = random.Random(6376)
    prose, attachment = text_pool(rng, 1 << 20), base64_pool(rng, 1 << 20)
    os.mkdir(work + "/mail")
    rows = []
    for number in range(count):
        domain = "d%d.example" % rng.randrange(DOMAINS)
        size = min(max(int(math.exp(rng.gauss(math.log(MEDIAN), SPREAD))), LEAST), MOST)
        path = "%s/mail/%05d.eml" % (work, number)
        with open(path, "w", newline="") as out:
            out.write(header(rng, number, domain) + "\r\n" + body(rng, size, prose, attachment))
        rows.append((path, domain, signatures_of(rng)))
    sign(work, signer, rows)
    with open(work + "/all.txt", "w") as out:
        out.writelines(path + "\n" for path, _, _ in rows)
    return [os.path.getsize(path) for path, _, _ in rows]


def write_largest(work, signer, octets):
    """One message of exactly that size when signed, or a little less."""
    rng = random.Random(8301)
    attachment = base64_pool(rng, 1 << 20)
    path = work + "/largest.eml"
    with open(path, "w", newline="") as out:
        left = octets - out.write(header(rng, 0, "d0.example") + "\r\n") - 2048
        block = "\r\n".join(attachment) + "\r\n"
        while left > 0:
            left -= out.write(block[:left - left % 78] if left < len(block) else block)
            if left < 78:
                break
    sign(work, signer, [(path, "d0.example", [("s1", "rsa", "relaxed")])])
    return path
