# DKIM by Mail::DKIM in a plain loop: a message a line of the list, one result a line.
use strict;
use warnings;
use Mail::DKIM::Verifier;

open(my $list, '<', $ARGV[0]) or die "$ARGV[0]: $!\n";
while (my $path = <$list>) {
    chomp $path;
    open(my $message, '<:raw', $path) or die "$path: $!\n";
    my $verifier = Mail::DKIM::Verifier->new();
    local $/ = \65536;
    while (my $piece = <$message>) { $verifier->PRINT($piece); }
    $verifier->CLOSE;
    print $verifier->result, "\n";
}
