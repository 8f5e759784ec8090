#include "bounce/classify.hpp"

#include <string>

#include <catch2/catch.hpp>

using namespace mailtrust::bounce;

namespace {

Verdict judge(const std::string& diagnostic) {
  Failure failure;
  failure.diagnostic = diagnostic;
  return classify(failure);
}

struct Row {
  Reason reason;
  std::string said;
};

}  // namespace

// What mail servers say, as their sources and their operators' pages have it.
TEST_CASE("the words of a reply tell the reason") {
  auto row = GENERATE(values<Row>({
      {Reason::bad_mailbox,
       "550 5.1.1 <a@example.com>: Recipient address rejected: User unknown in local "
       "recipient table"},
      {Reason::bad_mailbox, "550 5.1.1 <a@example.com>... User unknown"},
      {Reason::bad_mailbox, "550 No Such User Here"},
      {Reason::bad_mailbox,
       "host mx.example.com[192.0.2.1] said: 550 5.1.1 <a@example.com>: Recipient "
       "address rejected: example.com (in reply to RCPT TO command)"},
      {Reason::bad_mailbox,
       "SMTP error from remote mail server after RCPT TO:<a@example.com>: host "
       "mx.example.com [192.0.2.1]: 550 5.1.1 unknown user"},
      {Reason::bad_mailbox,
       "Remote host said: 550 sorry, no mailbox here by that name (#5.1.1 - chkusr)"},
      {Reason::bad_mailbox, "#550 5.1.1 RESOLVER.ADR.RecipNotFound; not found ##"},
      {Reason::bad_mailbox,
       "550-5.1.1 The email account that you tried to reach does not exist. Please "
       "try 550-5.1.1 double-checking the recipient's email address for typos or "
       "550-5.1.1 unnecessary spaces. Learn more at 550 5.1.1 "
       "https://support.google.com/mail/?p=NoSuchUser"},
      {Reason::bad_mailbox,
       "554 delivery error: dd This user doesn't have a yahoo.com account "
       "(a@yahoo.com) [0] - mta1.example"},
      {Reason::bad_mailbox, "550 Requested action not taken: mailbox unavailable"},
      {Reason::bad_mailbox,
       "550 5.5.0 Requested action not taken: mailbox unavailable (S2017062302)."},
      {Reason::bad_mailbox, "550 Unknown user"},
      {Reason::bad_mailbox, "553 sorry, this recipient is not in my validrcptto list (#5.7.1)"},
      {Reason::bad_mailbox,
       "550-Mailbox unknown.  Either there is no mailbox associated with this 550 "
       "name or you don't have authorization to see it. 550 5.1.1 User unknown"},
      {Reason::bad_mailbox, "550 5.1.1 <a@example.com> User doesn't exist: a@example.com"},
      {Reason::bad_mailbox, "550 Invalid recipient <a@example.com> (#5.1.1)"},
      {Reason::bad_mailbox, "550 5.1.0 Address rejected."},
      {Reason::bad_mailbox, "550 [SUSPEND] Mailbox does not exist"},
      {Reason::bad_mailbox, "550 5.1.1 unknown or illegal alias: a@example.com"},
      {Reason::bad_mailbox, "550 #5.1.0 Address rejected."},
      {Reason::bad_mailbox, "550 5.4.1 a@example.com: user not found"},
      {Reason::bad_mailbox,
       "smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient a@example.com not "
       "found by SMTP address lookup"},
      {Reason::bad_mailbox, "550 5.7.1 Invalid Address"},
      {Reason::bad_mailbox,
       "550-Verification failed for <a@example.com> 550-No Such User Here 550 Sender "
       "verify OK"},
      {Reason::bad_mailbox, "550 Address unknown"},
      {Reason::bad_mailbox, "550 unroutable address"},
      {Reason::bad_mailbox, "552 RCPT TO <a@example.com> ERROR: No such user - psmtp"},
      {Reason::bad_mailbox,
       "550 5.1.1 Adresse d au moins un destinataire invalide. Invalid recipient. "
       "LPN416"},
      {Reason::bad_domain,
       "Host or domain name not found. Name service error for name=gmial.example "
       "type=A: Host not found"},
      {Reason::bad_domain,
       "550 5.1.2 <a@nowhere.example>... Host unknown (Name server: nowhere.example: "
       "host not found)"},
      {Reason::bad_domain, "Sorry, I couldn't find any host named nowhere.example. (#5.1.2)"},
      {Reason::bad_domain, "Unrouteable mail domain \"nowhere.example\""},
      {Reason::bad_domain,
       "550 5.4.310 DNS domain nowhere.example does not exist "
       "[Message=InfoDomainNonexistent] [LastAttemptedServerName=nowhere.example]"},
      {Reason::bad_domain, "unknown; No such domain."},
      {Reason::bad_domain, "550 Host unknown"},
      {Reason::bad_domain, "all relevant MX records point to non-existent hosts"},
      {Reason::no_mail_service, "Domain example.com does not accept mail (nullMX)"},
      {Reason::no_mail_service,
       "556 5.1.10 <a@example.com>: Recipient address rejected: Domain example.com "
       "does not accept mail (nullMX)"},
      {Reason::no_mail_service, "521 5.3.2 mail.example.com does not accept mail"},
      {Reason::moved, "551 5.1.6 User has moved; please try <b@example.net>"},
      {Reason::moved, "5.1.6 recipient no longer on server: a@example.com"},
      {Reason::bad_mailbox, "554 5.7.1 <a@example.com>: Recipient address rejected: Access denied"},
      {Reason::recipient_rejected,
       "550 5.7.1 Your message was automatically rejected by Dovecot Mail Delivery "
       "Agent: sieve reject"},
      {Reason::recipient_rejected, "550 User unknown (in reply to end of DATA command)"},
      {Reason::inactive_mailbox,
       "550 5.2.1 The email account that you tried to reach is disabled. Learn more "
       "at https://support.google.com/mail/?p=DisabledUser"},
      {Reason::inactive_mailbox, "550 5.2.1 This mailbox has been blocked due to inactivity"},
      {Reason::inactive_mailbox, "550 Mailbox is inactive"},
      {Reason::inactive_mailbox,
       "554 30 Sorry, your message to a@aol.example cannot be delivered. This mailbox "
       "is disabled (554.30)."},
      {Reason::inactive_mailbox, "550 5.7.1 Recipient's account is suspended"},
      {Reason::inactive_mailbox, "550 Account a@example.com has been suspended"},
      {Reason::inactive_mailbox, "525 5.7.13 Disabled recipient address"},
      {Reason::mailbox_full, "552 5.2.2 Mailbox full"},
      {Reason::mailbox_full, "452 4.2.2 <a@example.com>: Over quota"},
      {Reason::mailbox_full,
       "552-5.2.2 The email account that you tried to reach is over quota. Please "
       "direct 552-5.2.2 the recipient to "
       "https://support.google.com/mail/?p=OverQuotaPerm"},
      {Reason::mailbox_full, "552 Requested mail action aborted: exceeded storage allocation"},
      {Reason::mailbox_full,
       "554 5.2.2 "
       "STOREDRV.Deliver.Exception:QuotaExceededException.MapiExceptionShutoffQuotaExceeded; "
       "Failed to process message"},
      {Reason::mailbox_full,
       "550 5.2.2 <a@example.com>: Quota exceeded (mailbox for user is full)"},
      {Reason::mailbox_full, "maildir delivery failed: error writing message: Disk quota exceeded"},
      {Reason::mailbox_full, "user is over quota"},
      {Reason::mailbox_full, "422 4.2.2 Mailbox full"},
      {Reason::mailbox_full, "522 5.2.2 user is overquota"},
      {Reason::mailbox_full, "552 sorry, the recipient mailbox is full (#5.2.2)"},
      {Reason::message_too_large, "552 5.3.4 Message size exceeds fixed maximum message size"},
      {Reason::message_too_large, "552 5.3.4 Error: message file too big"},
      {Reason::message_too_large,
       "message size 35282577 exceeds size limit 20480000 of server "
       "mx.example.com[192.0.2.1]"},
      {Reason::message_too_large,
       "552 sorry, that message size exceeds my databytes limit (#5.3.4)"},
      {Reason::message_too_large, "554 5.2.3 message too large"},
      {Reason::message_too_large,
       "552-5.3.4 Your message exceeded Google's message size limits. Please visit "
       "https://support.google.com/mail/?p=MaxSizeError"},
      {Reason::message_too_large,
       "#550 5.2.3 RESOLVER.RST.SendSizeLimit.Org; message too large for this "
       "organization ##"},
      {Reason::message_too_large,
       "SMTP error from remote mail server after MAIL FROM:<b@example.org> "
       "SIZE=72000000: host mx.example.com [192.0.2.1]: 552 Message size exceeds "
       "maximum permitted"},
      {Reason::spam_content,
       "554 5.7.1 The message was classified as SPAM and may not be delivered"},
      {Reason::spam_content, "550 5.7.1 This message has been blocked because it contains spam"},
      {Reason::spam_content, "550 High probability of spam"},
      {Reason::spam_content, "554 5.7.1 Spam message rejected"},
      {Reason::spam_content, "550 This message was classified as SPAM and may not be delivered"},
      {Reason::spam_content,
       "550-5.7.1 Our system has detected that this message is likely unsolicited "
       "mail. To reduce the amount of spam sent to Gmail, this message has been "
       "blocked."},
      {Reason::spam_content, "554 5.7.1 Message blocked due to spam content in the message."},
      {Reason::spam_content, "550 Rejected by SpamAssassin, score 12.3"},
      {Reason::spam_content, "554 Gtube pattern: Spam message rejected"},
      {Reason::spam_content, "550 5.7.1 Message content rejected, UBE, id=12345-01"},
      {Reason::spam_content,
       "550 5.7.350 Remote server returned message detected as spam -> 550 SPAM"},
      {Reason::virus, "550 5.7.1 virus Eicar-Test-Signature detected by ClamAV"},
      {Reason::virus, "554 5.7.1 Message rejected: infected by Worm.Mydoom"},
      {Reason::virus, "550 5.7.1 This message contains a virus or other harmful content (Eicar)"},
      {Reason::virus, "552 5.7.0 This email contains malware"},
      {Reason::content_rejected,
       "552-5.7.0 This message was blocked because its content presents a potential "
       "552-5.7.0 security issue. Please visit 552-5.7.0 "
       "https://support.google.com/mail/?p=BlockedMessage"},
      {Reason::content_rejected,
       "554 5.7.1 Rejected, id=1234-05 - BANNED: application/octet-stream,.exe,run.exe"},
      {Reason::content_rejected, "550 5.6.0 Attachment type not allowed"},
      {Reason::content_rejected,
       "550 Administrative prohibition: message contains a file with a forbidden "
       "extension .scr (attachment type)"},
      {Reason::malformed_message,
       "550 5.6.0 Message is not RFC 2822 compliant: missing Date: header"},
      {Reason::malformed_message, "451 See http://pobox.com/~djb/docs/smtplf.html."},
      {Reason::malformed_message,
       "550 5.7.1 Our system has detected that this message is not RFC 5322 "
       "compliant: Multiple 'From' headers found."},
      {Reason::malformed_message, "550 Maximum line length exceeded (see RFC 5321 4.5.3.1.6)."},
      {Reason::malformed_message, "521 5.5.2 Error: bare <LF> received"},
      {Reason::ip_blocked,
       "554 5.7.1 Service unavailable; Client host [192.0.2.1] blocked using "
       "zen.spamhaus.org; https://www.spamhaus.org/query/ip/192.0.2.1"},
      {Reason::ip_blocked,
       "550 5.7.1 Service unavailable, Client host [192.0.2.1] blocked using "
       "Spamhaus. To request removal from this list see "
       "https://www.spamhaus.org/query/ip/192.0.2.1 AS(1450)"},
      {Reason::ip_blocked,
       "550-JunkMail rejected - mail.example.com [192.0.2.1]:1234 is in an RBL: "
       "https://www.spamhaus.org/query/ip/192.0.2.1"},
      {Reason::ip_blocked,
       "554 5.7.1 <mail.example.com[192.0.2.1]>: Client host rejected: Access denied"},
      {Reason::ip_blocked,
       "550 5.7.1 [C12] RBL Restriction: see "
       "http://csi.cloudmark.com/reset-request/?ip=192.0.2.1"},
      {Reason::ip_blocked,
       "550 5.7.606 Access denied, banned sending IP [192.0.2.1]. To request removal "
       "from this list please visit https://sender.office.com/"},
      {Reason::ip_blocked,
       "550 SC-001 (BAY004-MC1F1) Unfortunately, messages from 192.0.2.1 weren't "
       "sent. Please contact your Internet service provider since part of their "
       "network is on our block list."},
      {Reason::ip_blocked,
       "553 5.3.0 <a@example.com>... Spam blocked see: "
       "http://spamcop.net/bl.shtml?192.0.2.1"},
      {Reason::ip_blocked,
       "571 5.7.1 Email from 192.0.2.1 is currently blocked by Verizon Online's "
       "anti-spam system."},
      {Reason::bad_reputation,
       "550-5.7.1 Our system has detected that this message is suspicious due to the "
       "very low reputation of the sending IP address."},
      {Reason::bad_reputation,
       "554-mx1.example.com 554 Your access to this mail system has been rejected due "
       "to the sending MTA's poor reputation. If you believe that this failure is in "
       "error, please contact the intended recipient via alternate means."},
      {Reason::missing_ptr,
       "450 4.7.1 Client host rejected: cannot find your reverse hostname, [192.0.2.1]"},
      {Reason::missing_ptr,
       "550-5.7.25 [192.0.2.1] The IP address sending this message does not have a "
       "PTR record setup"},
      {Reason::missing_ptr,
       "554 5.7.1 Client host rejected: cannot find your hostname, [192.0.2.1]"},
      {Reason::missing_ptr, "550 5.7.1 Fix reverse DNS for 192.0.2.1"},
      {Reason::missing_ptr,
       "421 4.7.1 : (DNS:NR) http://postmaster.example/rdns reverse DNS missing"},
      {Reason::missing_ptr, "550 Your IP address 192.0.2.1 has no PTR"},
      {Reason::auth_failure,
       "550 5.7.26 This mail is unauthenticated, which poses a security risk to the "
       "sender and Gmail users, and has been blocked. The sender must authenticate "
       "with at least one of SPF or DKIM."},
      {Reason::auth_failure,
       "550 5.7.1 <a@example.com>: Recipient address rejected: Please see "
       "http://www.openspf.net/Why?s=mfrom;id=b%40example.org;ip=192.0.2.1"},
      {Reason::auth_failure,
       "550 5.7.23 The message was rejected because of Sender Policy Framework "
       "violation -> 550 SPF fail"},
      {Reason::auth_failure,
       "550 5.7.1 Unauthenticated email from example.org is not accepted due to "
       "domain's DMARC policy."},
      {Reason::auth_failure,
       "550 5.7.509 Access denied, sending domain EXAMPLE.ORG does not pass DMARC "
       "verification and has a DMARC policy of reject."},
      {Reason::auth_failure, "550 5.7.20 No passing DKIM signature found"},
      {Reason::rate_limited, "421 4.7.0 mx.example.com Error: too many connections from 192.0.2.1"},
      {Reason::rate_limited, "450 4.7.1 Error: too much mail from 192.0.2.1"},
      {Reason::rate_limited, "452 4.5.3 Too many recipients"},
      {Reason::rate_limited, "421 Too many concurrent SMTP connections; please try again later."},
      {Reason::rate_limited,
       "450-4.2.1 The user you are trying to contact is receiving mail at a rate that "
       "prevents additional messages from being delivered."},
      {Reason::rate_limited, "451 4.7.500 Server busy. Please try again later from [192.0.2.1]."},
      {Reason::rate_limited,
       "554 Sending address has exceeded the maximum number of messages per hour"},
      {Reason::sender_rejected, "553 5.7.1 Envelope sender rejected"},
      {Reason::sender_rejected,
       "553 5.1.8 <b@nowhere.example>... Domain of sender address b@nowhere.example "
       "does not exist"},
      {Reason::sender_rejected,
       "450 4.1.8 <b@nowhere.example>: Sender address rejected: Domain not found"},
      {Reason::sender_rejected,
       "550-Verification failed for <b@example.org> 550-Called: 192.0.2.9 550 Sender "
       "verify failed"},
      {Reason::sender_rejected,
       "550 5.7.1 <b@example.org>: Sender address rejected: Access denied"},
      {Reason::sender_rejected,
       "553 sorry, your envelope sender is in my badmailfrom list (#5.7.1)"},
      {Reason::sender_rejected, "501 5.1.7 Bad sender address syntax"},
      {Reason::sender_rejected,
       "SMTP error from remote mail server after MAIL FROM:<b@example.org>: host "
       "mx.example.com [192.0.2.1]: 550 Access denied - Invalid sender"},
      {Reason::sender_rejected,
       "550 5.7.60 SMTP; Client does not have permissions to send as this sender"},
      {Reason::relay_denied, "554 5.7.1 <a@example.com>: Relay access denied"},
      {Reason::relay_denied, "550 5.7.1 Unable to relay for a@example.com"},
      {Reason::relay_denied,
       "550 5.7.1 <a@example.com>... Relaying denied. IP name lookup failed "
       "[192.0.2.1]"},
      {Reason::relay_denied,
       "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)"},
      {Reason::relay_denied,
       "550-Please turn on SMTP Authentication in your mail client. 550 relay not "
       "permitted"},
      {Reason::relay_denied, "550 relay not permitted"},
      {Reason::relay_denied, "550 5.7.54 SMTP; Unable to relay recipient in non-accepted domain"},
      {Reason::relay_denied,
       "554 5.7.1 This message has been blocked because relaying is prohibited"},
      {Reason::policy,
       "554 5.7.9 Message not accepted for policy reasons. See "
       "https://senders.yahooinc.com/error-codes"},
      {Reason::policy,
       "450 4.2.0 <a@example.com>: Recipient address rejected: Greylisted, see "
       "http://postgrey.example/help"},
      {Reason::policy, "451 4.7.1 Greylisting in action, please come back later"},
      {Reason::policy,
       "550 5.7.1 TRANSPORT.RULES.RejectMessage; the message was rejected by "
       "organization policy"},
      {Reason::policy, "550 Administrative prohibition"},
      {Reason::policy,
       "Amazon SES did not send the message to this address because it was on your "
       "suppression list"},
      {Reason::security, "530 5.7.0 Must issue a STARTTLS command first"},
      {Reason::security, "530 5.7.1 Authentication required"},
      {Reason::security, "535 5.7.8 Error: authentication failed: UGFzc3dvcmQ6"},
      {Reason::security, "550 5.7.1 RESOLVER.RST.AuthRequired; authentication required"},
      {Reason::security, "TLS is required, but was not offered by host mx.example.com[192.0.2.1]"},
      {Reason::security, "a TLS session is required, but the server did not offer TLS support"},
      {Reason::security,
       "530 5.7.57 SMTP; Client was not authenticated to send anonymous mail during "
       "MAIL FROM"},
      {Reason::security, "Server certificate not trusted"},
      {Reason::expired, "connect to mx.example.com[192.0.2.1]:25: Connection timed out"},
      {Reason::expired,
       "conversation with mx.example.com[192.0.2.1] timed out while receiving the "
       "initial server greeting"},
      {Reason::expired, "550 4.4.7 QUEUE.Expired; message expired"},
      {Reason::expired,
       "554 4.4.7 Message expired: unable to deliver in 840 minutes.<421 4.4.1 Unable "
       "to connect to remote host>"},
      {Reason::expired, "retry timeout exceeded"},
      {Reason::expired, "I'm not going to try again; this message has been in the queue too long."},
      {Reason::expired, "550 5.4.300 Message expired -> 421 4.4.1 Connection timed out"},
      {Reason::network_error, "connect to mx.example.com[192.0.2.1]:25: Connection refused"},
      {Reason::network_error, "connect to mx.example.com[192.0.2.1]:25: No route to host"},
      {Reason::network_error,
       "lost connection with mx.example.com[192.0.2.1] while receiving the initial "
       "server greeting"},
      {Reason::network_error, "mail for example.com loops back to myself"},
      {Reason::network_error, "554 5.4.6 Too many hops"},
      {Reason::network_error,
       "554 5.4.14 Hop count exceeded - possible mail loop ATTR1 [EX1.example]"},
      {Reason::network_error,
       "Host or domain name not found. Name service error for name=example.com "
       "type=MX: Host not found, try again"},
      {Reason::network_error, "CNAME_lookup_failed_temporarily._(#4.4.3)/"},
      {Reason::network_error,
       "Sorry. Although I'm listed as a best-preference MX or A for that host, it "
       "isn't in my control/locals file, so I don't treat it as local. (#5.4.6)"},
      {Reason::network_error, "550 5.4.4 Invalid arguments; unable to route"},
      {Reason::network_error, "451 4.4.0 DNS query failed"},
      {Reason::network_error, "554 5.3.5 system config error: mail loops back to me (MX problem?)"},
      {Reason::network_error, "554 5.4.0 Error: too many hops"},
      {Reason::network_error, "too many \"Received\" headers - suspected mail loop"},
      {Reason::system_error, "451 4.3.0 Temporary lookup failure"},
      {Reason::system_error, "452 4.3.1 Insufficient system storage"},
      {Reason::system_error, "451 4.3.0 Error: queue file write error"},
      {Reason::system_error, "local delivery failed: can't create user output file"},
      {Reason::system_error, "Command died with status 255: \"/usr/bin/procmail\""},
      {Reason::system_error, "550 5.3.5 Local configuration error"},
      {Reason::system_error, "421 Service not available, closing transmission channel"},
      {Reason::system_error, "451 Requested action aborted: local error in processing"},
      {Reason::system_error, "554 5.3.0 unknown mailer error 1"},
      {Reason::system_error, "432 4.3.2 STOREDRV.Storage; mailbox server is offline"},
      {Reason::protocol_error, "503 5.5.1 Bad sequence of commands"},
      {Reason::protocol_error, "502 5.5.2 Error: command not recognized"},
      {Reason::protocol_error, "501 5.5.4 Syntax: EHLO hostname"},
      {Reason::protocol_error, "555 5.5.4 Unsupported option: BODY=8BITMIME"},
      {Reason::spam_content, "554 5.7.1 Message cannot be accepted, spam rejection"},
      {Reason::spam_content, "571 5.7.1 Message contains spam or virus. (IB704)"},
      {Reason::spam_content, "550 5.7.1 Message rejected due to possible spam content"},
      {Reason::spam_content, "554 rejected due to spam content"},
      {Reason::spam_content, "550 Rejected for policy reasons: message looks like SPAM"},
      {Reason::spam_content, "550 mail rejected: dspam"},
      {Reason::spam_content,
       "554 Service unavailable; Message contains a URL listed in multi.surbl.org"},
      {Reason::sender_rejected, "554 Sender refused"},
      {Reason::sender_rejected,
       "550 Access denied...b9ec8b96c2e6c27c7f9db3b5b9... sender blacklisted"},
      {Reason::sender_rejected, "550 5.7.1 Your email address is blacklisted: sender blacklisted"},
      {Reason::sender_rejected,
       "550 5.7.1 <b@example.org>: Sender address rejected: User unknown in virtual mailbox table"},
      {Reason::sender_rejected,
       "553 5.5.4 <b@localhost>... Real domain name required for sender address"},
      {Reason::sender_rejected,
       "550 5.1.7 invalid address: sender address must be fully qualified"},
      {Reason::sender_rejected,
       "451 4.1.8 Domain of sender address b@nowhere.example does not resolve"},
      {Reason::sender_rejected, "550 Unknown sender"},
      {Reason::sender_rejected, "501 5.1.0 Sender address has null MX"},
      {Reason::sender_rejected,
       "550 Domain example.org has no A, AAAA or MX records; sender domain not found"},
      {Reason::security, "550 5.7.1 Client was not authenticated"},
      {Reason::security, "550 Authentication is required for relay"},
      {Reason::security, "454 4.7.0 TLS not available due to local problem"},
      {Reason::security, "554 5.7.5 Cannot start TLS: handshake failure"},
      {Reason::security, "Cannot start TLS: certificate verification failed"},
      {Reason::policy, "550 5.7.1 Message rejected due to local policy"},
      {Reason::policy, "554 5.7.1 You are not allowed to do that: policy"},
      {Reason::rate_limited, "421 4.4.5 Too many connections to this host."},
      {Reason::rate_limited, "421 too many messages in this connection"},
      {Reason::rate_limited, "550 5.4.5 Daily user sending limit exceeded."},
      {Reason::rate_limited,
       "421 4.7.0 [GL01] Message from (192.0.2.1) temporarily deferred: too many messages"},
      {Reason::rate_limited, "451 4.3.2 Please try again later; too many recipients this hour"},
      {Reason::rate_limited,
       "550 Domain example.org has exceeded the max emails per hour (250/200 (125%)) allowed. "
       "Message discarded."},
      {Reason::system_error, "451 qq temporary problem (#4.3.0)"},
      {Reason::system_error, "451 4.3.5 Server configuration error"},
      {Reason::system_error, "450 4.3.2 System is busy - mailbox server down for maintenance"},
      {Reason::system_error, "Unable to write mailbox file: Disk full"},
      {Reason::system_error, "mail system configuration error (internal)"},
      {Reason::system_error, "451 Temporary local problem - please try later"},
      {Reason::system_error,
       "unable to deliver: child status 100...The e-mail message could not be delivered because "
       "the user's mailfolder is ... program error"},
      {Reason::system_error, "421 4.3.0 Temporary System Problem. Try again later (1)"},
      {Reason::system_error, "server misconfiguration"},
      {Reason::system_error, "554 5.3.0 Internal error"},
      {Reason::system_error, "430 4.2.0 STOREDRV.Deliver; mailbox database is offline"},
      {Reason::network_error, "Sorry, I wasn't able to establish an SMTP connection. (#4.4.1)"},
      {Reason::network_error, "421 4.4.2 Connection dropped due to SocketError"},
      {Reason::network_error, "CNAME lookup failed temporarily. (#4.4.3)"},
      {Reason::network_error,
       "host mx.example.com[192.0.2.1] refused to talk to me: 421 4.3.2 lost connection"},
      {Reason::network_error,
       "delivery temporarily suspended: lost connection with mx.example.com"},
      {Reason::network_error, "Name server: example.com.: host name lookup failure"},
      {Reason::expired,
       "The message could not be delivered because the server mx.example.com did not respond"},
      {Reason::expired, "Delivery expired; connect to mx.example.com: Operation timed out"},
      {Reason::expired, "421 4.4.1 Connection timed out"},
      {Reason::expired, "timeout exceeded while connecting; message expired after 5 days"},
      {Reason::bad_domain,
       "5.1.2 The recipient's domain name example.invalid: DNS domain does not exist"},
      {Reason::bad_domain, "550 5.1.2 Host unknown (Name server: nowhere.example: no data known)"},
      {Reason::bad_domain, "Unknown host: nowhere.example"},
      {Reason::bad_domain, "The domain name in the address was not found: no such domain"},
      {Reason::no_mail_service, "554 5.4.4 No mail exchanger for domain: no MX found for domain"},
      {Reason::mailbox_full, "User's mailbox is full: <a@example.com>"},
      {Reason::mailbox_full, "Benachrichtigung: Das Postfach des Empfängers ist voll"},
      {Reason::mailbox_full, "受信者のメールボックスがいっぱいです"},
      {Reason::mailbox_full, "450 4.2.2 The recipient's mailbox is over its storage limit"},
      {Reason::mailbox_full, "4.2.2 (Over quota)"},
      {Reason::mailbox_full, "550 Mailbox quota exceeded / Mailbox voll"},
      {Reason::mailbox_full, "552 #5.2.2 user over quota; cannot receive new mail"},
      {Reason::mailbox_full, "554 Quota violation for a@example.com"},
      {Reason::bad_mailbox, "User a (a@example.com) not listed in Domino Directory"},
      {Reason::bad_mailbox, "The user(s) account is unknown: User not known at this site"},
      {Reason::bad_mailbox, "User unknown: a@example.com"},
      {Reason::bad_mailbox, "550 Mailbox name unknown: invalid recipient"},
      {Reason::bad_mailbox, "unknown or illegal alias: a@example.com"},
      {Reason::bad_mailbox, "550 No such user (a@example.com)"},
      {Reason::bad_mailbox, "553 5.3.0 <a@example.com>... No such user here"},
      {Reason::bad_mailbox, "550 5.7.1 <a@example.com>... invalid recipient"},
      {Reason::bad_mailbox, "550 Invalid recipient: a@example.com"},
      {Reason::bad_mailbox,
       "The following destination addresses were unknown (please check the addresses and re-mail "
       "the message): user unknown"},
      {Reason::bad_mailbox, "550 <a@example.com> No existe el usuario"},
      {Reason::bad_mailbox,
       "Recipient user name a (a@example.com) not unique or not found: no such recipient"},
      {Reason::bad_mailbox, "GroupWise: Username not found: a@example.com"},
      {Reason::bad_mailbox, "550 5.1.1 a@example.com is not a valid mailbox"},
      {Reason::bad_mailbox, "User not listed in public Name & Address Book"},
      {Reason::bad_mailbox, "550 5.1.6 recipient address rejected: user has been deleted"},
      {Reason::bad_mailbox,
       "Requested action not taken: mailbox unavailable. a@example.com was not found at "
       "example.com or the mailbox is unavailable"},
      {Reason::bad_mailbox, "Invalid final delivery userid: a@example.com"},
      {Reason::inactive_mailbox, "550 sorry, the account is inactive"},
      {Reason::inactive_mailbox, "550 5.2.1 mailbox a@example.com disabled"},
      {Reason::inactive_mailbox, "550 This account has been temporarily suspended"},
      {Reason::message_too_large, "5.3.4 The message is larger than the current system limit"},
      {Reason::message_too_large, "552 size limit exceeded"},
      {Reason::message_too_large,
       "550 5.2.3 RESOLVER.RST.RecipSizeLimit; message too large for this recipient"},
      {Reason::message_too_large, "552 Message larger than allowed maximum"},
      {Reason::content_rejected, "550 5.7.1 Message rejected: Prohibited attachment type .exe"},
      {Reason::content_rejected,
       "554 5.6.1 Body type not supported by Remote Host: content type not supported"},
      {Reason::content_rejected, "550 5.6.7 SMTPUTF8 is required, but was not offered"},
      {Reason::malformed_message, "550 5.6.0 Lone CR or LF in headers or body: bare LF"},
      {Reason::malformed_message, "554 5.6.0 Invalid header found: duplicate header"},
      {Reason::malformed_message, "550 Message headers fail syntax check: malformed header"},
      {Reason::ip_blocked, "550 5.7.1 Mail from 192.0.2.1 rejected: listed in bl.spamcop.net"},
      {Reason::ip_blocked, "554 5.7.1 Your IP is blacklisted by our system"},
      {Reason::ip_blocked, "550 rejected because 192.0.2.1 is in a black list at zen.spamhaus.org"},
      {Reason::ip_blocked,
       "550 Dynamic IP Addresses See: http://www.sorbs.net/lookup.shtml?192.0.2.1"},
      {Reason::ip_blocked, "550 5.1.0 192.0.2.1 is not allowed to send mail: blocked IP"},
      {Reason::ip_blocked, "421 refused mail service to your host: your IP has been blocked"},
      {Reason::ip_blocked,
       "554 Your access to this mail system has been rejected: IP address blocked"},
      {Reason::bad_reputation, "554 5.7.1 [BR] Message refused because of sender reputation"},
      {Reason::bad_reputation,
       "554 Your access to this mail system from 192.0.2.1 has been rejected due to poor "
       "reputation of a domain used in message transfer"},
      {Reason::missing_ptr, "550 5.7.1 Client host rejected: cannot find your reverse hostname"},
      {Reason::missing_ptr, "554 5.7.1 No PTR record for your address"},
      {Reason::missing_ptr, "550 rDNS lookup failed for 192.0.2.1: no reverse DNS"},
      {Reason::auth_failure, "550 SPF: 192.0.2.1 is not allowed to send mail from example.org"},
      {Reason::auth_failure,
       "550 5.7.1 Email cannot be delivered. Reason: Email detected as spoofed: DMARC"},
      {Reason::auth_failure, "554 5.7.5 Permanent error evaluating DMARC policy"},
      {Reason::auth_failure, "550 DKIM signature verification failed"},
      {Reason::relay_denied, "550 5.7.1 Relaying denied"},
      {Reason::relay_denied, "554 5.7.1 Relaying is prohibited"},
      {Reason::relay_denied, "550 <a@example.com>, Relaying denied, please authenticate"},
      {Reason::relay_denied, "550 not local host example.com, not a gateway"},
      {Reason::relay_denied, "551 we do not relay"},
      {Reason::relay_denied, "550 5.7.1 This system is not configured to relay mail"},
      {Reason::relay_denied, "530 Relaying not allowed - sender domain not local"},
      {Reason::moved, "5.1.6 Recipient has moved"},
      {Reason::protocol_error, "500 Syntax error, command unrecognized"},
      {Reason::protocol_error, "501 Syntax error in parameters or arguments"},
      {Reason::protocol_error, "503 Improper sequence of commands"},
      {Reason::protocol_error, "554 5.5.1 Error: no valid recipients"},
      {Reason::recipient_rejected,
       "550 5.7.1 This recipient refuses mail from you: rejected by recipient's filter"},
      {Reason::recipient_rejected, "#550 5.7.1 RESOLVER.RST.NotAuthorized; not authorized ##"},
  }));
  INFO(row.said);
  auto verdict = judge(row.said);
  INFO(verdict.rule);
  CHECK(to_string(verdict.reason) == to_string(row.reason));
}

TEST_CASE("text decides before codes") {
  CHECK(judge("550 5.1.1 message refused: virus found").reason == Reason::virus);
  CHECK(judge("552 5.2.2 sender address rejected").reason == Reason::sender_rejected);
  CHECK(judge("550 5.7.1 user unknown").reason == Reason::bad_mailbox);
}

TEST_CASE("codes decide where no words do") {
  CHECK(judge("550 5.1.1 x").rule == "status.5.1.1");
  CHECK(judge("550 5.2.2 x").reason == Reason::mailbox_full);
  CHECK(judge("552 x").rule == "code.552");
  CHECK(judge("550 x").reason == Reason::undetermined);
  CHECK(judge("550 x").type == Type::unknown);
  CHECK(judge("550 x").rule.empty());
  CHECK(judge("").reason == Reason::undetermined);
}

TEST_CASE("what means try again is never hard") {
  auto said = GENERATE(values<std::string>({"450 4.1.1 user unknown", "450 user unknown",
                                            "4.1.1 user unknown", "450 5.1.1 user unknown",
                                            "421 no such user", "450 4.1.2 host unknown"}));
  INFO(said);
  CHECK(judge(said).type == Type::soft);
  CHECK(judge("550 5.1.1 user unknown").type == Type::hard);
}

TEST_CASE("a delayed message is never hard") {
  Failure failure;
  failure.diagnostic = "550 5.1.1 user unknown";
  failure.action = Action::delayed;
  CHECK(classify(failure).type == Type::soft);
  failure.action = Action::delivered;
  CHECK(classify(failure).reason == Reason::delivered);
}

TEST_CASE("nobody's address is proven by an answer to RCPT or a status about addresses") {
  struct Case {
    std::string said, command, system;
    Reason reason;
  };

  auto row = GENERATE(values<Case>({
      {"550 user unknown", "RCPT", "postfix", Reason::bad_mailbox},
      {"550 user unknown", "DATA", "postfix", Reason::recipient_rejected},
      {"550 5.1.1 user unknown", "DATA", "postfix", Reason::bad_mailbox},
      {"550 user unknown", "MAIL", "postfix", Reason::sender_rejected},
      {"550 user unknown", "", "example", Reason::recipient_rejected},
      {"user unknown", "", "example", Reason::bad_mailbox},
      {"550 user unknown", "", "", Reason::bad_mailbox},
      {"550 user unknown (in reply to end of DATA command)", "", "postfix",
       Reason::recipient_rejected},
  }));
  INFO(row.said << " " << row.command);
  Failure failure;
  failure.diagnostic = row.said;
  failure.command = row.command;
  failure.system = row.system;
  CHECK(to_string(classify(failure).reason) == to_string(row.reason));
}

TEST_CASE("words inside longer words and addresses do not count") {
  CHECK(judge("550 see https://example.com/user-unknown").reason != Reason::bad_mailbox);
  CHECK(judge("550 5.2.2 <virusnospam@example.com> x").reason == Reason::mailbox_full);
}

TEST_CASE("the more telling status is told") {
  Failure failure;
  failure.status = Status{5, 1, 1};
  failure.diagnostic = "550 5.0.0 x";
  CHECK(to_string(classify(failure).status.value()) == "5.1.1");
  failure.diagnostic = "550 5.2.2 x";
  CHECK(to_string(classify(failure).status.value()) == "5.2.2");
}

TEST_CASE("hostile diagnostics are classified") {
  auto unit = GENERATE(values<std::string>(
      {"5", "550 ", "user ", "spam ", "\xff", std::string(1, '\0'), "5.1.1 ", "spf * dkim "}));
  Failure failure;
  while (failure.diagnostic.size() < 200'000) failure.diagnostic += unit;
  auto verdict = classify(failure);
  CHECK(verdict.reason <= Reason::auto_reply);
}
