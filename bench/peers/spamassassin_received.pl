# SpamAssassin's parser of Received fields: a message a line of the list; for each, the relays it
# found. No rules, no plugins, no network; its message object is made of the header alone.
use strict;
use warnings;
use Mail::SpamAssassin;
use Mail::SpamAssassin::PerMsgStatus;
use Mail::SpamAssassin::Message::Metadata;

my $spamassassin = Mail::SpamAssassin->new({
    rules_filename => '/dev/null', site_rules_filename => '/dev/null', userprefs_filename => '/dev/null',
    config_text => "trusted_networks 10.0.0.0/8\n", local_tests_only => 1, dont_copy_prefs => 1,
});
$spamassassin->init(0);
open(my $list, '<', $ARGV[0]) or die "$ARGV[0]: $!\n";
while (my $path = <$list>) {
    chomp $path;
    open(my $file, '<:raw', $path) or die "$path: $!\n";
    my @header;
    while (my $line = <$file>) { push @header, $line; last if $line eq "\n"; }
    close($file);
    my $message = $spamassassin->parse(\@header, 0);
    my $status = Mail::SpamAssassin::PerMsgStatus->new($spamassassin, $message);
    my $metadata = $message->{metadata} = Mail::SpamAssassin::Message::Metadata->new($message);
    $metadata->parse_received_headers($status, $message);
    print "$metadata->{relays_trusted_str} | $metadata->{relays_untrusted_str}\n";
    $status->finish;
    $message->finish;
}
