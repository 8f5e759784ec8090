"""A run of every command, with what it reads: the files of command_inputs/, and words in which ‹ and › stand around what
comes from outside. The working directory holds the files, the store and nothing else."""
import os
import re
import shlex
import subprocess

FOLDER = os.path.join(os.path.dirname(os.path.abspath(__file__)), "command_inputs")
MARK = re.compile("‹(.*?)›")
WORLD = " --zone world.zone --store store.db --at 1795333300 --timeout 300ms"
KEPT = "import addresses.txt --list ‹bad› --deny --store store.db --at 1795000000 --force"
KEY = "dkim keygen example.org -s s1 --output key.pem"
FORMATS = ("postfix postfix-hash postscreen rspamd rspamd-from spamassassin exim exim-senders nftables ipset dnsxl "
           "rbldnsd haproxy nginx csv json text").split()
EXTRAS = {"csv": " --all", "json": " --all", "postfix": " --tell"}
MADE = ("out.zone", "key.pem", "/nowhere/sendmail")
HIDDEN = ["list-names", "man-options"]


class Case:
    """One run. `words`: the command and its arguments. `before`: runs that prepare it. `raw`: stdout holds octets of the
    input as they are. `pages`: stdout is the same with --json. `servers`: it asks registries of ours, `{rdap}` and
    `{whois}`. `file`: its words name files that are not there."""

    def __init__(self, command, arguments="", before=(), raw=False, pages=False, servers=False, file=False):
        self.command = command
        self.words = [*command.split(), *shlex.split(arguments)]
        self.before = [shlex.split(words) for words in before]
        self.raw, self.pages, self.servers, self.file = raw, pages, servers, file

    def __str__(self):
        return " ".join(self.words)

    def names_a_file(self, word):
        name = plain(word)
        return self.file or name in MADE or os.path.isfile(os.path.join(FOLDER, name))

    def files(self):
        """The names of what it reads: all words that name a file of command_inputs/."""
        words = [plain(word) for words in [self.words, *self.before] for word in words]
        words += ["rdap.json", "whois.txt"] if self.servers else []
        return [name for name in dict.fromkeys(words) if os.path.isfile(os.path.join(FOLDER, name))]


def kept(command, arguments, **options):
    """A command about the list that KEPT makes."""
    return Case(command, arguments + " --store store.db --at 1795333300", before=[KEPT], **options)


def cases():
    yield Case("check", "‹example.org› ‹alias.example.org› --input inputs.txt" + WORLD)
    yield Case("verify", "‹message.eml› --ip ‹203.0.113.9› --helo ‹mail.example.org› --mail-from ‹a@example.org› "
               "--authserv-id ‹mx.example.net› --received-spf --receivers --bulk" + WORLD)
    yield Case("verify", "bounce.eml --receivers --trusted ‹192.0.2.0/24›" + WORLD)
    yield Case("received", "‹message.eml› bounce.eml --trusted ‹192.0.2.0/24›,‹.example.net›" + WORLD)
    yield Case("received", "message.eml --config trusted.conf")
    yield Case("received", "message.eml --trusted-list ‹faulty.txt› --config good.conf")
    yield Case("ip", "‹192.0.2.25› --dnsbl-file ‹lists.txt› --no-registry" + WORLD, before=[KEPT])
    yield Case("ip", "192.0.2.25 --dnsbl-file faulty-lists.txt --no-registry" + WORLD)
    yield Case("ip", "192.0.2.25 --zones ‹bl.example› --input inputs.txt --rdap-base {rdap} --whois-server {whois}" + WORLD,
               servers=True)
    yield Case("abuse", "‹192.0.2.25› ‹203.0.113.77› --no-cache --rdap-base {rdap} --whois-server {whois}" + WORLD, servers=True)
    yield Case("abuse", "192.0.2.25 --group --rdap-base ‹ftp://rdap.example/› --whois-server ‹whois.example:x›" + WORLD)
    yield Case("abuse report", "‹message.eml› --from ‹me@example.net› --rdap-base {rdap} --whois-server {whois} --output . "
               "--xarf --config good.conf" + WORLD, servers=True)
    yield Case("abuse report", "message.eml --to ‹abuse›@isp.example --redact --redact-also ‹anna@example.org› --xarf "
               "--config good.conf" + WORLD, raw=True)
    yield Case("abuse report", "message.eml --to abuse@isp.example --from me@example.net --send --sendmail ‹/nowhere/sendmail› "
               "--config good.conf" + WORLD)
    yield Case("abuse read", "‹complaint.eml› message.eml")
    yield Case("bounce", "‹bounce.eml› message.eml complaint.eml")
    yield Case("bounce explain", "'550 5.1.1 ‹User unknown›' ‹nonsense› --receiver ‹mx.example.com›")
    for by in ("week", "domain", "reason", "sender"):
        yield Case("bounce report", "‹mail.log› bounce.eml --suppression gone.txt --by %s --at 1795333300" % by)
    yield Case("bounce report", "mail.log bounce.eml --csv --by reason --at 1795333300", pages=True)
    yield Case("bounce report", "mail.log bounce.eml --csv --by domain --remember --store store.db --at 1795333300", pages=True)
    yield Case("spf check", "‹example.org› ‹nowhere.example.org›" + WORLD)
    yield Case("spf check", "example.org --record 'v=spf1 ip4:‹192.0.2.999› include:‹_spf›.example.net ‹bogus:x› -all'" + WORLD)
    yield Case("spf check", "--domain ‹example.org› --diff 'v=spf1 ip4:‹192.0.2.1› -all' ‹world.zone›" + WORLD)
    yield Case("spf check", "example.org --zone faulty.zone")
    yield Case("spf flatten", "‹example.org› example.net" + WORLD)
    yield Case("spf test", "‹example.org› --ip ‹203.0.113.9› --sender ‹anna@example.org› --helo ‹mail.example.org› "
               "--receiver ‹mx.example.net› --trace" + WORLD)
    yield Case("spf test", "--input sessions.tsv --trace" + WORLD)
    yield Case("dkim check", "‹example.org› -s ‹s1› -s s2 --message ‹message.eml› --key ‹key.pem›" + WORLD, before=[KEY])
    yield Case("dkim keygen", "‹example.org› -s ‹s1› --type ed25519 --output new.pem")
    yield Case("dkim sign", "‹message.eml› -d ‹example.org› -s ‹s1› --key ‹key.pem› -i ‹anna›@example.org "
               "--headers ‹from›:to --expires ‹7d›", before=[KEY], raw=True, pages=True)
    yield Case("dmarc check", "‹example.org› ‹a›.b.example.org" + WORLD)
    yield Case("dmarc check", "example.org --record 'v=DMARC1; p=‹reject›; ‹rua›=mailto:‹x›@example.net'" + WORLD)
    for by in ("day", "domain", "reporter", "source"):
        yield Case("dmarc report", "‹dmarc.xml› message.eml --by %s --domain ‹example.org›" % by)
    yield Case("dmarc report", "dmarc.xml --resolve" + WORLD)
    yield Case("dmarc report", "dmarc.xml --csv", pages=True)
    for by in ("day", "policy", "reporter"):
        yield Case("tls report", "‹tls.json› dmarc.xml --by " + by)
    yield Case("list validate", "‹addresses.txt› ‹faulty.txt› --deny --against addresses.txt")
    yield Case("import", "faulty.txt --list ‹bad› --deny --store store.db")
    yield Case("import", "faulty.txt addresses.txt --list bad --deny --force --skip-invalid --dry-run --store store.db")
    yield Case("import", "addresses.txt --list bad --deny --vet" + WORLD)
    yield kept("list show", "‹bad› ‹other›")
    yield kept("list show", "")
    yield kept("list create", "‹new› --allow")
    yield kept("list add", "‹bad› ‹192.0.2.77› ‹anna›@example.org --comment ‹why› --expires ‹2027-01-01›")
    yield kept("list edit", "bad ‹192.0.2.25› --comment ‹because›")
    yield kept("list pause", "bad ‹192.0.2.25›")
    yield kept("list resume", "bad ‹192.0.2.25›")
    yield kept("list remove", "bad ‹user@shop.example›")
    yield kept("list history", "‹bad›")
    yield kept("list undo", "‹bad›")
    yield kept("list drop", "‹bad› --force")
    yield kept("list stale", "‹bad› --days ‹0›")
    yield kept("list decide", "‹192.0.2.25› --sender ‹user@shop.example›")
    yield Case("list decide", "192.0.2.25 --sender user@shop.example --deny ‹addresses.txt›")
    yield kept("list match", "--list ‹bad› mail.log", raw=True)
    yield kept("list match", "--list addresses.txt -H ‹mail.log›", raw=True)
    yield kept("list match", "--list bad -o ‹mail.log›")
    yield kept("list match", "--list faulty.txt -c mail.log")
    yield Case("list aggregate", "‹addresses.txt› faulty.txt --comments")
    yield Case("list aggregate", "addresses.txt --comments --ranges")
    yield Case("list intersect", "‹addresses.txt› addresses.txt")
    yield Case("list subtract", "addresses.txt ‹mail.log›")
    yield Case("list diff", "addresses.txt ‹faulty.txt›")
    for name in FORMATS:
        yield kept("list export", "‹bad› --lossy --format " + name + EXTRAS.get(name, ""), pages=True)
    yield kept("list export", "bad --lossy --format dnsxl --name-server ‹ns.example› --code ‹127.0.0.3› --output ‹out›.zone")
    yield kept("list export", "bad --lossy --format nftables --name ‹name›", pages=True)
    yield Case("list export", "faulty.txt --lossy --format text", pages=True)
    yield kept("list publish", "bad --zone ‹bl.example.org› --server 127.0.0.1:‹1› --tsig ‹faulty.txt› --lossy")
    yield Case("explain", "‹mx.null›")
    yield Case("completions", "‹bash›", pages=True)
    yield kept("list-names", "", pages=True)
    yield Case("man-options", "'‹spf test›'", pages=True)


def plain(text):
    return MARK.sub(r"\1", text)


def template(name):
    with open(os.path.join(FOLDER, name), encoding="utf-8") as file:
        return file.read()


def fields(text):
    """How many marks a text has."""
    return len(MARK.findall(text))


def commands(mailtrust):
    """The names of all commands, as --help lists them, and the hidden ones."""
    text = subprocess.run([mailtrust, "--help"], capture_output=True, text=True, check=True,
                          env={**os.environ, "COLUMNS": "200"}).stdout
    listed = text.split("Commands:\n")[1].split("\n\n")[0]
    return [re.split(r"  +", line.strip())[0] for line in listed.splitlines()] + HIDDEN


def options(mailtrust, command):
    """The long options of a command that take a value, and what it is."""
    text = subprocess.run([mailtrust, "man-options", command], capture_output=True, text=True, check=True).stdout
    return [(name, metavar.replace("\\&", "")) for name, metavar in re.findall(r"^\.It .*?Fl Fl (\S+) Ar (.*)", text, re.M)]


def missing(mailtrust):
    """Commands that no case runs."""
    known = {case.command for case in cases()}
    return [command for command in commands(mailtrust) if command not in known]


def lay_out(case, folder):
    """Writes what a case reads into a folder, marks taken away."""
    for name in case.files():
        with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
            file.write(plain(template(name)))
