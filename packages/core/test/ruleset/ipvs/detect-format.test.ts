import { expect, test } from 'vitest';
import { detectFormat } from '../../../src/ruleset/ipvs/detect-format.ts';
import { splitLines } from '../../../src/util/split-lines.ts';
import { listedServers, procfsServers, savedServers } from '../../support/ipvs-dumps.ts';

test.for([
  ['nothing', '', 'save'],
  ['blank lines', '\n \n', 'save'],
  ['commands', savedServers, 'save'],
  ['commands by long names', '--add-service -t 10.0.0.1:80\n', 'save'],
  ['a listing', listedServers, 'list'],
  ['a listing of nothing', listedServers.split('\n').slice(0, 3).join('\n'), 'list'],
  ['a listing without its heading', listedServers.split('\n').slice(4).join('\n'), 'list'],
  ['the table of the kernel', procfsServers, 'procfs'],
  ['that without its heading', procfsServers.split('\n').slice(3).join('\n'), 'procfs'],
] as const)('tells the format of %s', ([, text, format]) => {
  expect(detectFormat(splitLines(text))).toEqual({ format });
});

const version = 'IP Virtual Server version 1.2.1 (size=4096)';

test.for([
  [
    `${version}\nProt LocalAddress:Port               Conns   InPkts  OutPkts  InBytes OutBytes\n`,
    'This is what `ipvsadm -L --stats` prints',
  ],
  [
    `${version}\nProt LocalAddress:Port                 CPS    InPPS   OutPPS    InBPS   OutBPS\n`,
    'This is what `ipvsadm -L --rate` prints',
  ],
  [
    `${version}\nProt LocalAddress:Port            Uthreshold Lthreshold ActiveConn InActConn \n`,
    'This is what `ipvsadm -L --thresholds` prints',
  ],
  [
    `${version}\nProt LocalAddress:Port            Weight    PersistConn ActiveConn InActConn \n`,
    'This is what `ipvsadm -L --persistent-conn` prints',
  ],
  [
    `${version}\nProt LocalAddress:Port Scheduler Flags\n  -> RemoteAddress:Port           Forward TunnelInfo    Weight ActiveConn InActConn\n`,
    'This is what `ipvsadm -L --tun-info` prints',
  ],
  ['IPVS connection entries\n', 'This is what `ipvsadm -L -c` prints'],
  ['Timeout (tcp tcpfin udp): 900 120 300\n', 'This is what `ipvsadm -L --timeout` prints'],
  ['Name: a\n', 'This is what `ipset list` prints'],
  ['create a hash:ip\n', 'This is what `ipset save` prints'],
  ['*nat\n', 'This is what `iptables-save` prints'],
  ['-P INPUT ACCEPT\n', 'This is what `iptables -S` prints'],
  ['-A INPUT -j KUBE-FIREWALL\n', 'This is what `iptables -S` prints'],
  ['table ip kube-proxy {\n', 'This is what `nft list ruleset` prints'],
  ['nonsense\n', 'No line of this text is about a virtual server'],
] as const)('says of %j what to run instead', ([text, message]) => {
  expect(detectFormat(splitLines(text))).toMatchObject({
    format: 'unknown',
    refusal: { message: `${message}; \`ipvsadm -S -n\` prints what can be read.` },
  });
});
