#pragma once
// Every limit in one place; the manual lists them (mailtrust(1), LIMITS). Over a limit of an input:
// exit 2, the message names the limit. Over a limit of an answer: could not tell (SPF's own limits:
// permerror).

#include <cstddef>

namespace mailtrust::limits {

inline constexpr std::size_t kSpfLookupTerms = 10;      ///< RFC 7208 section 4.6.4
inline constexpr std::size_t kSpfVoidLookups = 2;       ///< RFC 7208 section 4.6.4
inline constexpr std::size_t kSpfNames = 10;            ///< per mx or ptr, RFC 7208 section 4.6.4
inline constexpr std::size_t kMacroName = 253;          ///< octets of an expanded name
inline constexpr std::size_t kMacroExplanation = 1024;  ///< octets of an expanded explanation

inline constexpr std::size_t kSpfQuestions = 120;    ///< DNS questions of one SPF check
inline constexpr std::size_t kCheckQuestions = 300;  ///< DNS questions of one `check` of a domain

inline constexpr std::size_t kSignatures = 10;      ///< DKIM signatures of one message looked at
inline constexpr std::size_t kSignedFields = 10'000;  ///< names in h= of one signature
inline constexpr std::size_t kTags = 256;           ///< tags in one tag=value list
inline constexpr std::size_t kRsaBitsLeast = 1024;  ///< RFC 8301 section 3.2
inline constexpr std::size_t kRsaBitsMost = 8192;

inline constexpr std::size_t kReceivedHops = 1000;  ///< Received fields of one message read
inline constexpr std::size_t kArcSets = 50;         ///< ARC sets of one message

inline constexpr std::size_t kMessage = 64U << 20;      ///< octets of a message
inline constexpr std::size_t kHeaderFields = 10'000;    ///< fields of one message
inline constexpr std::size_t kHeaderField = 256U << 10; ///< octets of one field
inline constexpr std::size_t kHeader = 4U << 20;        ///< octets of all fields
inline constexpr std::size_t kAddressDepth = 64;        ///< comments and groups in addresses
inline constexpr std::size_t kMimeDepth = 100;          ///< multiparts within one another
inline constexpr std::size_t kMimeParts = 10'000;       ///< parts of one message
inline constexpr std::size_t kMimeBoundary = 2048;      ///< octets of a boundary
inline constexpr std::size_t kVerifyQuestions = 300;    ///< DNS questions of one message
inline constexpr std::size_t kPrivateKey = 64U << 10;  ///< octets of a file with a private key

inline constexpr std::size_t kZoneFile = 256U << 20;    ///< octets of a master file
inline constexpr std::size_t kZoneRecord = 128U << 10;  ///< octets of one record's text

inline constexpr std::size_t kZoneTransfer = 256U << 20;  ///< octets of a zone transfer

inline constexpr std::size_t kListLine = 64U << 10;     ///< octets of one line of a list
inline constexpr std::size_t kInputLine = 64U << 10;    ///< octets of one line of --input
inline constexpr std::size_t kConfigLine = 4U << 10;    ///< octets of one line of the configuration
inline constexpr std::size_t kConfigFile = 1U << 20;    ///< octets of the configuration file
inline constexpr unsigned kStoreWait = 10;  ///< seconds for a store that does not move
inline constexpr std::size_t kStoreValue = 8U << 20;    ///< octets of one cached answer

inline constexpr std::size_t kBlockLists = 250;          ///< DNS lists asked in one run
inline constexpr std::size_t kBlockListFile = 1U << 20;  ///< octets of a file that names them
inline constexpr std::size_t kIpQuestions = 3'200;       ///< DNS questions about one address
inline constexpr std::size_t kIpPrefix = 65'536;         ///< addresses of one prefix looked at

inline constexpr std::size_t kHttpHeader = 256U << 10;  ///< octets of the header of one response
inline constexpr std::size_t kHttpBody = 8U << 20;      ///< octets of a body after inflating
inline constexpr unsigned kHttpRedirects = 5;           ///< followed in one exchange
inline constexpr unsigned kHttpRequests = 8;            ///< requests to registries about one address
inline constexpr std::size_t kWhoisAnswer = 1U << 20;   ///< octets of one answer
inline constexpr unsigned kWhoisReferrals = 3;          ///< followed about one address
inline constexpr std::size_t kContacts = 50;            ///< told of one address, the best ones
inline constexpr unsigned kJsonDepth = 64;              ///< arrays and objects within one another
inline constexpr std::size_t kJsonString = 1U << 20;    ///< octets of one string

inline constexpr std::size_t kReport = 32U << 20;           ///< octets of one file of reports
inline constexpr std::size_t kReportInflated = 128U << 20;  ///< octets of its members together
inline constexpr std::size_t kReportMembers = 100;          ///< members of one archive
inline constexpr std::size_t kXmlDepth = 32;                ///< elements within one another
inline constexpr std::size_t kXmlAttributes = 64;           ///< of one element
inline constexpr std::size_t kXmlText = 64U << 10;          ///< octets of one text
inline constexpr std::size_t kReportFragment = 1U << 20;    ///< octets of a record, or of the rest
inline constexpr std::size_t kTlsReport = 64U << 20;        ///< octets of JSON, after inflating
inline constexpr std::size_t kTlsReportValues = 1'000'000;  ///< values of one TLS report
inline constexpr std::size_t kLogLine = 1U << 20;           ///< octets of one line of a log
inline constexpr std::size_t kLogMessages = 500'000;         ///< messages of a log held as queued
inline constexpr std::size_t kLogPending = 100'000;          ///< of their recipients, put off
inline constexpr std::size_t kBounceRecipients = 10'000;    ///< recipients of one notice
inline constexpr std::size_t kDiagnostic = 64U << 10;       ///< octets of a reply looked at
inline constexpr std::size_t kTextInput = 64U << 20;         ///< octets of texts from standard input

inline constexpr std::size_t kDeliveryKeys = 100'000;       ///< domains, and senders, that are counted
inline constexpr std::size_t kDeliveryRows = 400'000;       ///< of a domain, or sender, in a week
inline constexpr std::size_t kDeliveryAddresses = 200'000;  ///< failed ones that are known by name
inline constexpr std::size_t kDeliveryMails = 1'000'000;    ///< notices known by their hash
inline constexpr std::size_t kSuppressionFile = 64U << 20;  ///< octets

inline constexpr std::size_t kMessagesPerInput = 1000;  ///< lines on stderr for one input
inline constexpr unsigned kTimeoutsPerInput = 6;  ///< one input ends within this many --timeout

}  // namespace mailtrust::limits
