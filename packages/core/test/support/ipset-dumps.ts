/** What `ipset save` of ipset 7.17 printed on Linux 6.18 for sets of many types and options. */
export const savedSets = `create a hash:ip,port family inet hashsize 1024 maxelem 65536 timeout 0 counters comment skbinfo bucketsize 12 initval 0xf2a82852
add a 10.0.0.2,icmp:echo-request timeout 0 packets 0 bytes 0
add a 10.0.0.2,udp:80 timeout 99 packets 0 bytes 0 skbmark 0x10/0xff
add a 10.0.0.1,tcp:80 timeout 0 packets 4 bytes 5 comment "hello  world"
create c bitmap:port range 0-65535
add c 30000
create g hash:ip,port,net family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x7aa841d7
add g 10.0.0.1,tcp:80,10.1.0.0
add g 10.0.0.1,tcp:80,0.0.0.0/1 nomatch
create h hash:net,iface family inet6 hashsize 64 maxelem 5 bucketsize 12 initval 0xa71f4fe8
add h 2001:db8::/32,physdev:eth0 nomatch
create d list:set size 8
add d a
add d c
`;

/** What `ipset list` printed for the same sets. */
export const listedSets = `Name: a
Type: hash:ip,port
Revision: 7
Header: family inet hashsize 1024 maxelem 65536 timeout 0 counters comment skbinfo bucketsize 12 initval 0xf2a82852
Size in memory: 676
References: 1
Number of entries: 3
Members:
10.0.0.2,icmp:echo-request timeout 0 packets 0 bytes 0
10.0.0.2,udp:80 timeout 99 packets 0 bytes 0 skbmark 0x10/0xff
10.0.0.1,tcp:80 timeout 0 packets 4 bytes 5 comment "hello  world"

Name: c
Type: bitmap:port
Revision: 3
Header: range 0-65535
Size in memory: 8264
References: 1
Number of entries: 1
Members:
30000

Name: g
Type: hash:ip,port,net
Revision: 8
Header: family inet hashsize 1024 maxelem 65536 bucketsize 12 initval 0x7aa841d7
Size in memory: 632
References: 0
Number of entries: 2
Members:
10.0.0.1,tcp:80,10.1.0.0
10.0.0.1,tcp:80,0.0.0.0/1 nomatch

Name: h
Type: hash:net,iface
Revision: 8
Header: family inet6 hashsize 64 maxelem 5 bucketsize 12 initval 0xa71f4fe8
Size in memory: 664
References: 0
Number of entries: 1
Members:
2001:db8::/32,physdev:eth0 nomatch

Name: d
Type: list:set
Revision: 3
Header: size 8
Size in memory: 176
References: 0
Number of entries: 2
Members:
a
c
`;
