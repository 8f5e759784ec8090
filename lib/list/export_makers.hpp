#pragma once
// One function a format, for the table in export.cpp.

#include <memory>

#include "list/export.hpp"

namespace mailtrust::list {

using Maker = std::unique_ptr<Exporter>(const Heading&);

// export_lines.cpp: one line a prefix.
Maker make_postfix, make_postscreen, make_rspamd, make_exim, make_haproxy, make_nginx;
// export_names.cpp: mailboxes and domains.
Maker make_postfix_hash, make_rspamd_from, make_exim_senders;
// export_sets.cpp
Maker make_nftables, make_ipset;
// export_spamassassin.cpp
Maker make_spamassassin;
// export_zone.cpp
Maker make_dnsxl, make_rbldnsd;
// export_records.cpp
Maker make_csv, make_json, make_text;

}  // namespace mailtrust::list
