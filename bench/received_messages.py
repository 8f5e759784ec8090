"""Made-up messages for bench/received.py, always the same ones: four to eight Received fields in the dialects of the
servers that mail meets, other header fields, and a body."""
import math
import random

import verify_messages

MEDIAN = 6 * 1024
SPREAD = 1.1  # of the logarithm: a mean of about 11 KB
LEAST, MOST = 512, 256 * 1024

# Placeholders: f the client, F its name in DNS, p its address, b the server, i an id, r the recipient, d the date.
DIALECTS = (
    # Postfix
    "from {f} ({F} [{p}])\n\tby {b} (Postfix) with ESMTP id {i}\n\tfor <{r}>; {d} (UTC)",
    "from {f} ({F} [{p}])\n\t(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits)\n\t key-exchange X25519 "
    "server-signature RSA-PSS (2048 bits) server-digest SHA256)\n\t(No client certificate requested)\n\tby {b} (Postfix) "
    "with ESMTPS id {i}\n\tfor <{r}>; {d} (UTC)",
    "from [10.1.2.3] (unknown [{p}])\n\t(Authenticated sender: {r})\n\tby {b} (Postfix) with ESMTPSA id {i}\n\tfor <{r}>; {d} "
    "(UTC)",
    # Exim
    "from {F} ([{p}] helo={f})\n\tby {b} with esmtps  (TLS1.3) tls TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384\n\t(Exim 4.96)\n\t"
    "(envelope-from <bounce@{f}>)\n\tid {i}\n\tfor {r};\n\t{d}",
    "from [{p}] (helo={f})\n\tby {b} with esmtp (Exim 4.96)\n\t(envelope-from <bounce@{f}>)\n\tid {i}\n\tfor {r};\n\t{d}",
    # Sendmail
    "from {f} ({F} [{p}] (may be forged))\n\tby {b} (8.17.1/8.17.1) with ESMTPS id {i}\n\t(version=TLSv1.3 "
    "cipher=TLS_AES_256_GCM_SHA384 bits=256 verify=NOT)\n\tfor <{r}>; {d}",
    # qmail
    "from unknown (HELO {f}) ({p})\n  by {b} with SMTP; {d}",
    # Exchange and Exchange Online
    "from {f} (2603:10a6:20b:3::15) by {b}\n (2603:10a6:20b:4::10) with Microsoft SMTP Server (version=TLS1_2,\n "
    "cipher=TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384) id 15.20.7472.30; {d}",
    "from {f} ({p}) by {b}\n (10.152.4.51) with Microsoft SMTP Server (version=TLS1_3,\n cipher=TLS_AES_256_GCM_SHA384) id "
    "15.20.7472.31 via Frontend\n Transport; {d}",
    # Gmail
    "from {f} ({F}. [{p}])\n        by {b} with ESMTPS id {i}\n        for <{r}>\n        (version=TLS1_3 "
    "cipher=TLS_AES_256_GCM_SHA384 bits=256/256);\n        {d}",
    "by {b} with SMTP id {i};\n        {d}",
    # amavis, a mailbox by LMTP
    "from {b} ([127.0.0.1])\n\tby localhost ({b} [127.0.0.1]) (amavisd-new, port 10024)\n\twith ESMTP id {i} for <{r}>;\n\t{d}",
    "from {b}\n\tby {b} with LMTP\n\tid {i}\n\t(envelope-from <bounce@{f}>)\n\tfor <{r}>; {d}",
    # OpenSMTPD
    "from {f} ({F} [{p}])\n\tby {b} (OpenSMTPD) with ESMTPS id {i} (TLSv1.3:TLS_AES_256_GCM_SHA384:256:NO)\n\tfor <{r}>;\n\t{d}",
)


def address(rng):
    return "%s.%d" % (rng.choice(("192.0.2", "198.51.100", "203.0.113")), rng.randrange(1, 255))


def host(number, hop):
    """Two of each domain that the message goes through."""
    return "mx%d.d%d.example" % (hop, (number + hop // 2) % 500)


def received(rng, number, hop, hops):
    second = max(0, 50 - hop * 50 // hops)
    return "Received: " + rng.choice(DIALECTS).format(
        f=host(number, hop + 1), F="host%d.isp%d.example" % (number % 97, number % 11), p=address(rng),
        b=host(number, hop), i="%016X" % rng.getrandbits(64),
        r="user%d@receiver.example" % (number % 1000),
        d="Sun, 22 Nov 2026 %02d:%02d:%02d +0000" % (number // 3600 % 24, number // 60 % 60, second))


def header(rng, number):
    hops = rng.randrange(4, 9)
    domain = "d%d.example" % (number % 500)
    signature = verify_messages.base64_pool(rng, 400)
    return "\n".join((
        "Return-Path: <bounce@%s>" % domain,
        "Delivered-To: user%d@receiver.example" % (number % 1000),
        *(received(rng, number, hop, hops) for hop in range(hops)),
        "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=%s; s=s1;" % domain,
        "\th=from:to:subject:date:message-id; bh=%s;" % signature[0][:44],
        "\tb=" + "\n\t ".join(signature),
        "Authentication-Results: mx0.receiver.example; dkim=pass header.d=%s;" % domain,
        "\tspf=pass smtp.mailfrom=bounce@%s" % domain,
        "From: Sender %d <news@%s>" % (number, domain),
        "To: User <user%d@receiver.example>" % (number % 1000),
        "Subject: Message %d about %s" % (number, " ".join(rng.choice(verify_messages.WORDS) for _ in range(5))),
        "Date: Sun, 22 Nov 2026 00:00:00 +0000",
        "Message-ID: <%d.%x@%s>" % (number, rng.getrandbits(48), domain),
        "MIME-Version: 1.0",
        "Content-Type: text/plain; charset=utf-8")) + "\n"


def messages(count):
    rng = random.Random(5321)
    prose, attachment = verify_messages.text_pool(rng, 1 << 20), verify_messages.base64_pool(rng, 1 << 20)
    for number in range(count):
        size = min(max(int(math.exp(rng.gauss(math.log(MEDIAN), SPREAD))), LEAST), MOST)
        body = verify_messages.body(rng, size, prose, attachment).replace("\r\n", "\n")
        yield header(rng, number) + "\n" + body


def write(work, count):
    """A file each in work/mail, named in work/all.txt, and all of them in work/all.mbox; how many octets of mail."""
    octets = 0
    with open(work + "/all.txt", "w") as names, open(work + "/all.mbox", "w") as mbox:
        for number, message in enumerate(messages(count)):
            path = "%s/mail/%05d.eml" % (work, number)
            with open(path, "w") as out:
                octets += out.write(message)
            names.write(path + "\n")
            mbox.write("From bounce@example.org Sun Nov 22 00:00:00 2026\n" + message + "\n")
    return octets
