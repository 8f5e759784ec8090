// Exchange, Domino, Notes, GroupWise, Messaging Server, InterMail and the servers of Windows.

#include "layout_mails.hpp"

using namespace mailtrust;
using namespace mailtrust::bounce;
using bounce::test::Case;
using bounce::test::kDaemon;

namespace {

const std::string kPostmaster =
    "From: postmaster@mx.example.net\nSubject: Undeliverable: Minutes\n";

}  // namespace

TEST_CASE("layouts of Exchange", "[bounce]") {
  auto test = GENERATE(values<Case>({
      {"5.5",
       "From: System Administrator <postmaster@mx.example.net>\nSubject: Undeliverable: Minutes\n",
       "Your message\n\n  To:      ann@example.org\n  Subject: Minutes\n\n"
       "did not reach the following recipient(s):\n\n"
       "ann@example.org on Sun, 22 Nov 2026 08:00:00 +0000\n"
       "    The recipient name is not recognized\n"
       "\tThe MTS-ID of the original message is: c=us;a= ;p=Org;l=SRV-1\n"
       "    MSEXCH:IMS:Org:Site:SRV 0 (000C05A6) Unknown Recipient\n\n\n",
       "exchange",
       {{"ann@example.org",
         "The recipient name is not recognized The MTS-ID of the original message is: c=us;a= "
         ";p=Org;l=SRV-1 MSEXCH:IMS:Org:Site:SRV 0 (000C05A6) Unknown Recipient"}}},
      {"2003",
       kPostmaster,
       "Your message did not reach some or all of the intended recipients.\n\n"
       "      Subject:\tMinutes\n      Sent:\t11/22/2026 8:00 AM\n\n"
       "The following recipient(s) could not be reached:\n\n"
       "      ann@example.org on 11/22/2026 8:01 AM\n"
       "            The e-mail account does not exist at the organization this message was sent "
       "to.\n"
       "            <mx.example.org #5.1.1 smtp;550 5.1.1 no such user>\n\n"
       "      'bob@example.org' on 11/22/2026 8:01 AM\n"
       "            The recipient's mailbox is full.\n            <mx.example.net #5.2.2>\n",
       "exchange",
       {{"ann@example.org", "5.1.1 smtp;550 5.1.1 no such user"},
        {"bob@example.org", "The recipient's mailbox is full. 5.2.2"}}},
      {"2003, in German",
       "From: postmaster@mx.example.net\nSubject: Unzustellbar: Protokoll\n",
       "Ihre Nachricht hat einige oder alle Empf\xc3\xa4nger nicht erreicht.\n\n"
       "Folgende(r) Empf\xc3\xa4nger kann/k\xc3\xb6nnen nicht erreicht werden:\n\n"
       "      ann@example.org am 22.11.2026 08:01\n"
       "            Das E-Mail-Konto ist nicht vorhanden.\n"
       "            <mx.example.org #5.1.1 smtp;550 5.1.1 no such user>\n",
       "exchange",
       {{"ann@example.org", "5.1.1 smtp;550 5.1.1 no such user"}}},
      {"2010",
       kPostmaster,
       "Delivery has failed to these recipients or groups:\n\n"
       "Ann Example (ann@example.org)<mailto:ann@example.org>\nThe address was not found.\n\n\n"
       "Diagnostic information for administrators:\n\nGenerating server: mx.example.net\n\n"
       "ann@example.org\n"
       "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##rfc822;ann@example.org\n\n"
       "bob@example.org\nmx2.example.org #<mx2.example.org #5.7.1 smtp; 550 5.7.1 not you> "
       "#SMTP#\n\n"
       "Original message headers:\n\nReceived: from a by b\nFrom: a@b.example\n",
       "exchange",
       {{"ann@example.org", "550 5.1.1 RESOLVER.ADR.RecipNotFound; not found"},
        {"bob@example.org", "5.7.1 smtp; 550 5.7.1 not you"}}},
      {"Office 365",
       kPostmaster,
       "Diagnostic information for administrators:\n\n"
       "Generating server: a.prod.outlook.example\nReceiving server: b.prod.outlook.example\n\n"
       "ann@example.org\n"
       "11/22/2026 8:00:00 AM - Remote Server at mx.example.org (192.0.2.1) returned '550 5.4.310 "
       "DNS domain example.org does not exist'\n"
       "11/22/2026 7:00:00 AM - Server at mx.example.org returned '450 4.4.312 DNS query "
       "failed'\n\n",
       "exchange",
       {{"ann@example.org", "550 5.4.310 DNS domain example.org does not exist"}}},
      {"IIS",
       kPostmaster,
       "This is an automatically generated Delivery Status Notification.\n\n"
       "Unable to deliver message to the following recipients, due to being unable to connect "
       "successfully to the destination mail server.\n\n       ann@example.org\n\n\n",
       "exchange",
       {{"ann@example.org",
         "Unable to deliver message to the following recipients, due to being unable to connect "
         "successfully to the destination mail server."}}},
  }));
  bounce::test::check(test);
}

TEST_CASE("layouts of Domino, Notes, Messaging Server, InterMail", "[bounce]") {
  auto test = GENERATE(values<Case>({
      {"domino",
       "From: Postmaster@mx.example.net\nSubject: DELIVERY FAILURE: User not listed\n",
       "Your message\n\n  Subject: Minutes\n\nwas not delivered to:\n\n"
       "  ann@example.org\n  bob@example.org\n\nbecause:\n\n"
       "  User not listed in Domino Directory\n\n\n",
       "domino",
       {{"ann@example.org", "User not listed in Domino Directory"},
        {"bob@example.org", "User not listed in Domino Directory"}}},
      {"notes",
       "From: postmaster@mx.example.net\nSubject: Delivery Failure Report\n",
       "------- Failure Reasons  --------\n\n"
       "User not listed in public Name & Address Book\nann@example.org\n\n"
       "------- Returned Message --------\n\nReceived: from a by b\nFrom: a@b.example\n",
       "notes",
       {{"ann@example.org", "User not listed in public Name & Address Book"}}},
      {"messaging server",
       kPostmaster,
       "This report relates to a message you sent with the following header fields:\n\n"
       "  Message-id: <1@example.com>\n  To: ann@example.org\n\n"
       "Your message cannot be delivered to the following recipients:\n\n"
       "  Recipient address: ann@example.org\n  Original address: annie@example.org\n"
       "  Reason: Remote SMTP server has rejected address\n"
       "  Diagnostic code: smtp;550 5.1.1 unknown user ann@example.org\n"
       "  Remote system: dns;mx.example.org (TCP|192.0.2.2|1|192.0.2.1|25) (ESMTP)\n"
       "  Recipient address: bob@example.org\n  Reason: Over quota\n\n",
       "messagingserver",
       {{"ann@example.org", "smtp;550 5.1.1 unknown user ann@example.org"},
        {"bob@example.org", "Over quota"}}},
      {"messaging server, a delay",
       kPostmaster,
       "Your message has been enqueued and undeliverable for 1 day\nto the following "
       "recipients:\n\n"
       "  Recipient address: ann@example.org\n  Reason: unable to deliver this message after 1 "
       "day\n",
       "messagingserver",
       {{"ann@example.org", "unable to deliver this message after 1 day"}},
       Action::delayed},
      {"intermail, rejected",
       "From: Mail Administrator <Postmaster@mx.example.net>\nSubject: Mail System Error - "
       "Returned Mail\n",
       "This Message was undeliverable due to the following reason:\n\n"
       "Each of the following recipients was rejected by a remote mail server.\n"
       "The reasons given by the server are included to help you determine why\n"
       "each recipient was rejected.\n\n"
       "    Recipient: <ann@example.org>\n    Reason:    User unknown\n\n"
       "Please reply to <postmaster@mx.example.net>\nif you feel this message to be in error.\n",
       "intermail",
       {{"ann@example.org", "User unknown"}}},
      {"intermail, unreachable",
       "From: Mail Administrator <Postmaster@mx.example.net>\nSubject: Mail System Error - "
       "Returned Mail\n",
       "This Message was undeliverable due to the following reason:\n\n"
       "Your message was not delivered because the destination computer was\n"
       "not reachable within the allowed queue period.\n\n"
       "Host example.org is not responding.\n\n"
       "The following recipients did not receive this message:\n\n     <ann@example.org>\n\n"
       "Please reply to Postmaster@mx.example.net\n",
       "intermail",
       {{"ann@example.org",
         "Your message was not delivered because the destination computer was not reachable within "
         "the allowed queue period. Host example.org is not responding. The following recipients "
         "did not receive this message:"}}},
      {"au",
       "From: Postmaster@ezweb.ne.jp\nSubject: Mail System Error - Returned Mail\n",
       "Each of the following recipients was rejected by a remote\nmail server.\n\n"
       "    Recipient: <ann@example.org>\n    >>> RCPT TO:<ann@example.org>\n"
       "    <<< 550 <ann@example.org>: User unknown\n",
       "kddi",
       {{"ann@example.org", "550 <ann@example.org>: User unknown"}}},
      {"au, an account",
       "From: Postmaster@ezweb.ne.jp\nSubject: Mail System Error - Returned Mail\n",
       "The user(s) account is disabled.\n\n<ann@example.org>\n\n",
       "intermail",
       {{"ann@example.org", "The user(s) account is disabled."}}},
  }));
  bounce::test::check(test);
}

TEST_CASE("layouts of servers of Windows", "[bounce]") {
  auto test = GENERATE(values<Case>({
      {"imail",
       "From: \"Postmaster\" <postmaster@mx.example.net>\nSubject: Undeliverable Mail\nX-Mailer: "
       "<SMTP32 v8.12>\n",
       "User mailbox exceeds allowed size: ann@example.org\n\nOriginal message follows.\n\n"
       "Received: from a by b\nFrom: a@b.example\nTo: ann@example.org\n\nText\n",
       "imailserver",
       {{"ann@example.org", "User mailbox exceeds allowed size"}}},
      {"smartermail",
       "From: \"System Administrator\" <postmaster@mx.example.net>\nSubject: Delivery Failure\n",
       "Could not deliver message to the following recipient(s):\n\n"
       "Failed Recipient: ann@example.org\nReason: Remote host said: 550 no such user\n\n"
       "   -- The header and top 20 lines of the message follows --\n\nReceived: from a by b\n",
       "smartermail",
       {{"ann@example.org", "Remote host said: 550 no such user"}}},
      {"mdaemon",
       "From: MDaemon@mx.example.net\nSubject: Permanent Delivery Failure\n",
       "The attached message had PERMANENT fatal delivery errors!\n\n"
       "Failed address: ann@example.org\n\n--- Session Transcript ---\n"
       " Sun 2026-11-22 08:00:00: --> MAIL From:<sender@example.com>\n"
       " Sun 2026-11-22 08:00:00: <-- 250 ok\n"
       " Sun 2026-11-22 08:00:00: --> RCPT To:<ann@example.org>\n"
       " Sun 2026-11-22 08:00:01: <-- 550 5.1.1 no such user\n"
       " Sun 2026-11-22 08:00:01: --> QUIT\n--- End Transcript ---\n",
       "mdaemon",
       {{"ann@example.org", "550 5.1.1 no such user"}}},
      {"hmailserver",
       "From: mailer-daemon@mx.example.net\nSubject: Message undeliverable: Minutes\n",
       "Your message did not reach some or all of the intended recipients.\n\n"
       "   Sent: Sun, 22 Nov 2026 08:00:00 +0000\n   Subject: Minutes\n\n"
       "The following recipient(s) could not be reached:\n\n"
       "ann@example.org\n   Error Type: SMTP\n   Remote server (192.0.2.1) issued an error.\n"
       "   hMailServer sent: RCPT TO:<ann@example.org>\n"
       "   Remote server replied: 550 5.1.1 no\n\n\n\nhMailServer\n",
       "hmailserver",
       {{"ann@example.org",
         "Error Type: SMTP Remote server (192.0.2.1) issued an error. hMailServer sent: RCPT "
         "TO:<ann@example.org> Remote server replied: 550 5.1.1 no"}}},
      {"mercury",
       "From: postmaster@mx.example.net\nSubject: Undeliverable mail\n",
       "The attached message has failed delivery and has been referred\n"
       "to you as postmaster. The following error report or reports\n"
       "were given to explain the problem:\n\n   *** ann@example.org\n   Host not found.\n\n",
       "mercury",
       {{"ann@example.org", "Host not found."}}},
  }));
  bounce::test::check(test);
}

TEST_CASE("Messaging Server tells by its reason which command was refused", "[bounce]") {
  struct Row {
    std::string reason;
    std::string command;
  };

  auto row = GENERATE(values<Row>({
      {"Remote SMTP server has rejected address", ""},
      {"SMTP transmission failure has occurred", "DATA"},
      {"Over quota", ""},
  }));
  INFO(row.reason);
  auto octets =
      bounce::test::mail_of(kPostmaster,
                            "Your message cannot be delivered to the following recipients:\n\n"
                            "  Recipient address: ann@example.org\n  Reason: " +
                                row.reason + "\n  Diagnostic code: smtp;550 : User unknown\n");
  auto reading = read_layout(take_apart(octets));
  REQUIRE(reading.has_value());
  REQUIRE(reading->failures.size() == 1);
  CHECK(reading->failures[0].command == row.command);
}
