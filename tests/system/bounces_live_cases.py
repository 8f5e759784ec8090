"""The mail that bounces_live_test.py sends, and what must be read of what comes back."""
from dataclasses import dataclass

STORE = "here.example"     # mailboxes of the server under test
THERE = "there.example"    # a server of ours that answers as REPLIES say
CLOSED = "closed.example"  # nothing listens
SILENT = "silent.example"  # listens, and says nothing
SENDER = "sender@" + STORE

# To RCPT, by local part; "greylisted" is taken when it comes again.
REPLIES = {
    "unknown": "550 5.1.1 <unknown@there.example>: Recipient address rejected: User unknown",
    "full": "552 5.2.2 Mailbox full, over quota",
    "later": "452 4.2.2 Mailbox full, try again later",
    "refused": "550 5.7.1 Message refused by local policy",
    "greylisted": "450 4.2.0 Greylisted, please try again in 300 seconds",
}

TIMES_OUT = {"expired", "network_error"}


@dataclass
class Case:
    """`log` is what it counts as in the end; `notices`: (kind, type, reasons) of the mails that must come back."""

    recipient: str
    log: str
    notices: tuple = ()
    is_put_off: bool = False
    wants_success: bool = False

    @property
    def domain(self):
        return self.recipient.split("@")[1]


def failed(kind, *reasons):
    return ("bounce", kind, set(reasons))


DELAYED = ("delayed", None, None)
DELIVERED = ("delivered", None, None)

CASES = [
    Case("jo@" + STORE, "delivered"),
    Case("nobody@" + STORE, "hard", (failed("hard", "bad_mailbox"),)),
    Case("full@" + STORE, "soft", (failed("soft", "mailbox_full"),)),
    Case("told@" + STORE, "delivered", (DELIVERED,), wants_success=True),
    Case("ok@" + THERE, "delivered"),
    Case("relayed@" + THERE, "delivered", (DELIVERED,), wants_success=True),
    Case("greylisted@" + THERE, "delivered", is_put_off=True),
    Case("unknown@" + THERE, "hard", (failed("hard", "bad_mailbox"),)),
    Case("full@" + THERE, "soft", (failed("soft", "mailbox_full"),)),
    Case("refused@" + THERE, "soft", (failed("soft", "policy"),)),
    Case("later@" + THERE, "soft", (DELAYED, failed("soft", "mailbox_full", "expired")), is_put_off=True),
    Case("x@" + CLOSED, "soft", (DELAYED, failed("soft", *TIMES_OUT)), is_put_off=True),
    Case("x@" + SILENT, "soft", (DELAYED, failed("soft", *TIMES_OUT)), is_put_off=True),
]
