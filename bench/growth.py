#!/usr/bin/env python3
"""How cost grows: each workload at n, 2n, 4n and 8n, in CPU seconds and peak memory.

    bench/growth.py [--mailtrust build/release/cli/mailtrust] [--scale 1.0] [--rounds 3] [WORKLOAD...]

Prints Markdown. The least CPU time of the rounds counts, less that of the program on nothing. "worst" is the largest
factor from one size to twice that size: 2 is linear. Inputs are made up, the same in each run, in a temporary directory."""
import argparse
import os
import random
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
SIZES = (1, 2, 4, 8)
ZONE = os.path.join(HERE, "../examples/example.zone")


def addresses(count):
    chance = random.Random(7)
    return ["%d.%d.%d.%d" % (chance.randrange(1, 224), *(chance.randrange(256) for _ in range(3))) for _ in range(count)]


def mail(fields="", body="Hello\n"):
    return ("From: Ann <ann@example.org>\nTo: bob@example.net\nSubject: Report\nDate: Sun, 22 Nov 2026 12:00:00 +0000\n"
            "Message-ID: <1@example.org>\n" + fields + "\n" + body)


def mbox(count, message):
    return ("From ann@example.org Sun Nov 22 12:00:00 2026\n" + message + "\n") * count


HOP = ("Received: from relay.example.net (relay.example.net [192.0.2.7]) by mx.example.org (Postfix) with ESMTPS id 4Zx%d\n"
       "\tfor <bob@example.org>; Sun, 22 Nov 2026 12:00:00 +0000 (UTC)\n")
LOG = ("Nov 22 12:00:%02d mx postfix/qmgr[9]: %X: from=<a@example.org>, size=900, nrcpt=1 (queue active)\n"
       "Nov 22 12:00:%02d mx postfix/smtp[8]: %X: to=<u%d@example.com>, relay=mx.example.com[192.0.2.1]:25, delay=1, "
       "delays=0/0/0/1, dsn=5.1.1, status=bounced (host mx.example.com[192.0.2.1] said: 550 5.1.1 User unknown (in reply "
       "to RCPT TO command))\nNov 22 12:00:%02d mx postfix/qmgr[9]: %X: removed\n")
RECORD = ("<record><row><source_ip>%s</source_ip><count>3</count><policy_evaluated><disposition>none</disposition>"
          "<dkim>pass</dkim><spf>fail</spf></policy_evaluated></row><identifiers><header_from>example.org</header_from>"
          "</identifiers><auth_results><spf><domain>example.org</domain><result>fail</result></spf></auth_results></record>\n")
REPORT = ("<?xml version=\"1.0\"?>\n<feedback><report_metadata><org_name>Receiver</org_name><email>r@example.net</email>"
          "<report_id>1</report_id><date_range><begin>1795219200</begin><end>1795305600</end></date_range></report_metadata>"
          "<policy_published><domain>example.org</domain><p>none</p></policy_published>\n%s</feedback>\n")
BOUNCE = ("Content-Type: multipart/report; report-type=delivery-status; boundary=b\n", "--b\n\nIt failed.\n--b\n"
          "Content-Type: message/delivery-status\n\nReporting-MTA: dns; mx.example.org\n\n%s--b--\n")
FAILED = "Final-Recipient: rfc822; u%d@example.com\nAction: failed\nStatus: 5.1.1\nDiagnostic-Code: smtp; 550 5.1.1 unknown\n\n"


def log_of(count):
    return "".join(LOG % (i % 60, i, i % 60, i, i, i % 60, i) for i in range(count))


# Name: what is counted, n, the input of that size, arguments (FILE is the input).
WORKLOADS = {
    "spf test --input": ("lines", 5000, lambda n: "".join(a + "\ta@example.org\tmx.example.org\n" for a in addresses(n)),
                         "spf test --input FILE --json --zone " + ZONE),
    "spf check --record": ("ip4 terms", 400, lambda n: "", "spf check example.org --json --zone " + ZONE + " --record"),
    "zone file": ("records", 100000, lambda n: "".join("h%d.example.org. A %s\n" % (i, a) for i, a in enumerate(addresses(n))),
                  "spf check example.org --json --zone FILE"),
    "verify, messages": ("messages", 1000, lambda n: mbox(n, mail()), "verify FILE --json --zone " + ZONE),
    "verify, body": ("MiB", 4, lambda n: mail(body=("x" * 76 + "\n") * (n * (1 << 20) // 77)),
                     "verify FILE --json --zone " + ZONE),
    "verify, fields": ("fields", 1000, lambda n: mail("".join("X-%d: y\n" % i for i in range(n))),
                       "verify FILE --json --zone " + ZONE),
    "received, messages": ("messages", 2000, lambda n: mbox(n, mail(HOP % 1 + HOP % 2)), "received FILE --json"),
    "received, hops": ("hops", 100, lambda n: mail("".join(HOP % i for i in range(n))), "received FILE --json"),
    "list validate": ("lines", 100000, lambda n: "".join(a + ";why\n" for a in addresses(n)), "list validate FILE --json"),
    "list aggregate": ("lines", 200000, lambda n: "\n".join(addresses(n)) + "\n", "list aggregate FILE"),
    "list match": ("lines", 200000, lambda n: "".join("x %s y\n" % a for a in addresses(n)),
                   "list match --list LIST FILE"),
    "import": ("lines", 50000, lambda n: "".join(a + ";why\n" for a in addresses(n)),
               "import FILE --list l --deny --store STORE --force"),
    "bounce, mails": ("mails", 500, lambda n: mbox(n, mail(BOUNCE[0], BOUNCE[1] % (FAILED % 1))), "bounce FILE --json"),
    "bounce, recipients": ("recipients", 1000, lambda n: mail(BOUNCE[0], BOUNCE[1] % "".join(FAILED % i for i in range(n))),
                           "bounce FILE --json"),
    "bounce report, log": ("messages", 20000, log_of, "bounce report FILE --json"),
    "dmarc report": ("records", 10000, lambda n: REPORT % "".join(RECORD % a for a in addresses(n)),
                     "dmarc report FILE --json"),
}


def cost(command):
    """CPU seconds and peak MiB."""
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, 1):
        sys.exit("exit %d: %s" % (process.returncode, " ".join(command)[:200]))
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def write(path, make, size):
    """In a child: what a process was at its largest is told of those it starts as well."""
    child = os.fork()
    if child == 0:
        with open(path, "w", encoding="ascii") as file:
            file.write(make(size) or "")
        os._exit(0)
    os.waitpid(child, 0)


def measure(mailtrust, folder, workload, size, rounds):
    _, _, make, words = workload
    path, store = os.path.join(folder, "input"), os.path.join(folder, "store.db")
    write(path, make, size)
    places = {"FILE": path, "LIST": os.path.join(folder, "list"), "STORE": store}
    command = [mailtrust] + [places.get(word, word) for word in words.split()]
    if words.endswith("--record"):
        command.append("v=spf1 " + "".join("ip4:%s " % a for a in addresses(size)) + "-all")
    seen = []
    for _ in range(rounds):
        for name in (store, store + "-wal", store + "-shm"):
            if os.path.exists(name):
                os.remove(name)
        seen.append(cost(command))
    return min(seconds for seconds, _ in seen), max(peak for _, peak in seen)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--mailtrust", default=os.path.join(HERE, "../build/release/cli/mailtrust"))
    parser.add_argument("--scale", type=float, default=1.0, help="times n")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("workloads", nargs="*", choices=[*WORKLOADS, []])
    args = parser.parse_args()
    nothing = min(cost([args.mailtrust, "--version"])[0] for _ in range(5))
    print("| workload | n | CPU s: n | 2n | 4n | 8n | worst | peak MiB: n | 2n | 4n | 8n |\n" + "|---" * 11 + "|")
    with tempfile.TemporaryDirectory() as folder:
        write(os.path.join(folder, "list"), lambda n: "".join(a + "/24\n" for a in addresses(n)), 2000)
        for name in args.workloads or WORKLOADS:
            unit, least = WORKLOADS[name][:2]
            least = max(1, int(least * args.scale))
            seen = [measure(args.mailtrust, folder, WORKLOADS[name], least * times, args.rounds) for times in SIZES]
            seconds = [max(taken - nothing, 1e-4) for taken, _ in seen]
            worst = max(after / before for before, after in zip(seconds, seconds[1:]))
            print("| %s | %d %s | %s | %.1f | %s |" % (name, least, unit, " | ".join("%.3f" % s for s in seconds), worst,
                                                     " | ".join("%.0f" % peak for _, peak in seen)), flush=True)


if __name__ == "__main__":
    main()
