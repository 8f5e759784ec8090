"""SPF checks by pyspf in a plain loop: ip<TAB>sender<TAB>helo a line, one result a line."""
import sys

import spf

for line in open(sys.argv[1]):
    ip, sender, helo = line.rstrip("\n").split("\t")
    print(spf.check2(i=ip, s=sender, h=helo)[0])
