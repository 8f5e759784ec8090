# SPF checks by Mail::SPF in a plain loop: ip<TAB>sender<TAB>helo a line, one result a line.
use strict;
use warnings;
use Mail::SPF;

my $server = Mail::SPF::Server->new();
open(my $lines, '<', $ARGV[0]) or die "$ARGV[0]: $!\n";
while (my $line = <$lines>) {
    chomp $line;
    my ($ip, $sender, $helo) = split /\t/, $line;
    my $request = Mail::SPF::Request->new(
        scope => 'mfrom', identity => $sender, ip_address => $ip, helo_identity => $helo);
    print $server->process($request)->code, "\n";
}
