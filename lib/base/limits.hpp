#pragma once
// Every limit in one place. The words behind each are those of the table in mailtrust(1), LIMITS;
// a test compares both. Over a limit of an input: exit 2, the message names the limit. Over a limit
// of an answer: could not tell (SPF's own limits: permerror). What a limit counts is octets unless
// its words say otherwise. Sizes of buffers are no limits.

#include <cstddef>
#include <cstdint>

namespace mailtrust::limits {

// Of everything that runs.
inline constexpr unsigned kTimeoutsPerInput = 6;        ///< one input
inline constexpr std::size_t kMessagesPerInput = 1000;  ///< messages on standard error
inline constexpr std::size_t kInputLine = 64U << 10;    ///< line of an input file
inline constexpr std::size_t kUnendedLine = 64U << 20;  ///< what has no end of line
inline constexpr std::size_t kConfigFile = 1U << 20;    ///< configuration file
inline constexpr std::size_t kConfigLine = 4U << 10;    ///< line of the configuration file
inline constexpr std::size_t kPrivateKey = 64U << 10;   ///< file with a private key
inline constexpr unsigned kStoreWait = 10;              ///< waiting for a store that does not move
inline constexpr std::size_t kStoreValue = 8U << 20;    ///< answer kept in the store

// DNS. RFC 1035, RFC 6891.
inline constexpr std::size_t kAliases = 8;            ///< CNAMEs followed
inline constexpr int kUdpTries = 3;                   ///< DNS tries per server over UDP
inline constexpr std::uint16_t kEdnsSize = 1232;      ///< DNS answer over UDP, with EDNS
inline constexpr std::size_t kSpfQuestions = 120;     ///< DNS questions of one SPF check
inline constexpr std::size_t kVerifyQuestions = 300;  ///< DNS questions of one message
inline constexpr std::size_t kCheckQuestions = 300;   ///< DNS questions of one check of a domain
inline constexpr std::size_t kIpQuestions = 3'200;    ///< DNS questions about one address
inline constexpr std::size_t kProviderQuestions = 1'500;  ///< DNS questions for providers
inline constexpr std::size_t kReportQuestions = 20'000;   ///< DNS questions of one report
inline constexpr std::size_t kReverseNames = 10;          ///< names of an address looked at
inline constexpr std::size_t kMxHosts = 50;               ///< mail hosts of a domain looked at
inline constexpr std::size_t kZoneFile = 256U << 20;      ///< zone file
inline constexpr std::size_t kZoneData = 144U << 20;      ///< what zone files hold, in memory
inline constexpr std::size_t kZoneRecord = 128U << 10;    ///< record of a zone file
inline constexpr std::size_t kZoneTransfer = 256U << 20;  ///< zone transfer

// SPF. RFC 7208 section 4.6.4.
inline constexpr std::size_t kSpfLookupTerms = 10;      ///< SPF terms with lookups
inline constexpr std::size_t kSpfVoidLookups = 2;       ///< SPF void lookups
inline constexpr std::size_t kSpfNames = 10;            ///< SPF names per mx or ptr
inline constexpr std::size_t kMacroName = 253;          ///< SPF macros: name
inline constexpr std::size_t kMacroExplanation = 1024;  ///< SPF macros: explanation
inline constexpr std::size_t kSpfRecords = 100;         ///< SPF records of one tree

// Messages.
inline constexpr std::size_t kMessage = 64U << 20;       ///< message
inline constexpr std::size_t kHeaderFields = 10'000;     ///< header fields of a message
inline constexpr std::size_t kHeaderField = 256U << 10;  ///< one header field
inline constexpr std::size_t kHeader = 4U << 20;         ///< all header fields
inline constexpr std::size_t kAddressDepth = 64;    ///< comments and groups in an address, depth
inline constexpr std::size_t kMimeDepth = 100;      ///< MIME parts inside each other
inline constexpr std::size_t kMimeParts = 10'000;   ///< MIME parts of a message
inline constexpr std::size_t kMimeBoundary = 2048;  ///< MIME boundary
inline constexpr std::size_t kReceivedHops = 1000;  ///< Received fields of one message read
inline constexpr std::size_t kReceivedField = 64U << 10;  ///< one Received field read

// DKIM, ARC and DMARC. RFC 6376, RFC 8301 section 3.2, RFC 8617, RFC 9989.
inline constexpr std::size_t kSignatures = 10;        ///< DKIM signatures of a message looked at
inline constexpr std::size_t kDkimKeys = 4;           ///< DKIM keys of one name tried
inline constexpr std::size_t kTags = 256;             ///< tags in a DKIM record or signature
inline constexpr std::size_t kSignedFields = 10'000;  ///< names in h= of a DKIM signature
inline constexpr std::size_t kRsaBitsLeast = 1024;    ///< bits of an RSA key: least
inline constexpr std::size_t kRsaBitsMost = 8192;     ///< bits of an RSA key: most
inline constexpr std::size_t kBodyKept = 4U << 20;  ///< body looked at again when a signature fails
inline constexpr std::size_t kArcSets = 50;         ///< ARC sets
inline constexpr std::size_t kTreeWalk = 8;         ///< DNS questions of one DMARC tree walk
inline constexpr std::size_t kAuthorDomains = 20;   ///< domains of authors judged by DMARC
inline constexpr std::size_t kReportAddresses = 10;  ///< addresses for DMARC reports looked at

// Lists.
inline constexpr std::size_t kListLine = 64U << 10;        ///< line of a list
inline constexpr std::size_t kPublishedNames = 1'000'000;  ///< names of a published zone
inline constexpr std::size_t kBlockLists = 250;          ///< block and allow lists asked in one run
inline constexpr std::size_t kBlockListFile = 1U << 20;  ///< file that names them
inline constexpr std::size_t kIpPrefix = 65'536;         ///< addresses of one prefix given to ip

// Abuse: whom to tell, and what.
inline constexpr std::size_t kHttpHeader = 256U << 10;      ///< HTTP: header of a response
inline constexpr std::size_t kHttpBody = 8U << 20;          ///< HTTP: body after inflating
inline constexpr unsigned kHttpRedirects = 5;               ///< HTTP: redirects
inline constexpr unsigned kHttpRequests = 8;                ///< HTTP: requests about one address
inline constexpr std::size_t kHttpUrl = 8U << 10;           ///< HTTP: URL
inline constexpr std::size_t kWhoisAnswer = 1U << 20;       ///< whois: answer
inline constexpr unsigned kWhoisReferrals = 3;              ///< whois: referrals
inline constexpr std::size_t kContacts = 50;                ///< contacts told of one address
inline constexpr unsigned kJsonDepth = 64;                  ///< JSON that comes in: depth
inline constexpr std::size_t kJsonString = 1U << 20;        ///< JSON that comes in: one string
inline constexpr std::size_t kComplaintMessages = 20;       ///< messages attached to one complaint
inline constexpr std::size_t kComplaintOctets = 10U << 20;  ///< all messages of one complaint
inline constexpr std::size_t kXarfEvidence = 5U << 20;      ///< message in an XARF report
inline constexpr std::size_t kXarfString = 16U << 20;       ///< XARF that comes in: one string
inline constexpr std::size_t kFeedbackPart = 32U << 20;     ///< XARF that comes in

// Reports.
inline constexpr std::size_t kReport = 32U << 20;           ///< report: one file
inline constexpr std::size_t kReportInflated = 128U << 20;  ///< report: after inflating
inline constexpr std::size_t kReportMembers = 100;          ///< report: members of one archive
inline constexpr std::size_t kZipEntries = 10'000;          ///< report: entries of a zip archive
inline constexpr std::size_t kReportFragment = 1U << 20;    ///< report: one record, or all the rest
inline constexpr std::size_t kReportConverted = 48U << 20;  ///< report: text of another charset
inline constexpr std::size_t kXmlDepth = 32;                ///< XML: elements within one another
inline constexpr std::size_t kXmlAttributes = 64;           ///< XML: attributes of one element
inline constexpr std::size_t kXmlText = 64U << 10;          ///< XML: one text
inline constexpr std::size_t kTlsReport = 64U << 20;        ///< TLS report: octets after inflating
inline constexpr std::size_t kTlsReportValues = 1'000'000;  ///< TLS report: values

// Bounces and logs.
inline constexpr std::size_t kBounceRecipients = 10'000;  ///< bounce: recipients of one notice
inline constexpr std::size_t kDiagnostic = 64U << 10;     ///< bounce: octets of one reply looked at
inline constexpr std::size_t kBounceText = 1U << 20;      ///< bounce: text for people looked at
inline constexpr std::size_t kBounceStatus = 8U << 20;    ///< bounce: delivery status looked at
inline constexpr std::size_t kBounceReturned = 4U << 20;  ///< bounce: returned message looked at
inline constexpr std::size_t kLogLine = 1U << 20;         ///< line of a mail server's log
inline constexpr std::size_t kLogMessages = 500'000;      ///< log: messages held as queued
inline constexpr std::size_t kLogPending = 100'000;       ///< log: recipients put off, of those
inline constexpr std::size_t kDeliveryKeys = 100'000;     ///< bounce report: domains, or senders
inline constexpr std::size_t kDeliveryRows = 400'000;  ///< bounce report: sums of each, in a week
inline constexpr std::size_t kDeliveryAddresses = 200'000;  ///< bounce report: failed addresses
inline constexpr std::size_t kDeliveryMails = 1'000'000;    ///< bounce report: mails known again
inline constexpr std::size_t kSuppressionFile = 64U << 20;  ///< bounce report: suppression file
inline constexpr std::size_t kTextInput = 64U << 20;  ///< bounce explain: texts from standard input

}  // namespace mailtrust::limits
