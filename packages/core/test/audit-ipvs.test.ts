import { expect, test } from 'vitest';
import { auditedNode, auditNode, findingsOf, withChange } from './support/audited-node.ts';

const node = auditedNode('dual-stack', 'ipvs');
const sets = 'ipv4.ipset';
const servers = 'ipv4.ipvsadm';

interface Breakage {
  readonly what: string;
  readonly file: string;
  readonly change: (text: string) => string;
  readonly finds: readonly string[];
  /** What some finding says. */
  readonly says?: string;
}

const breakages: readonly Breakage[] = [
  {
    what: 'an entry is missing',
    file: sets,
    change: (text) => text.replace('add KUBE-CLUSTER-IP 10.96.0.10,tcp:80\n', ''),
    finds: ['missing ipset, KUBE-CLUSTER-IP (default/web:http)'],
    says: 'The entry is missing.',
  },
  {
    what: 'there is an entry of a former Service',
    file: sets,
    change: (text) => `${text}add KUBE-CLUSTER-IP 10.96.0.99,tcp:80\n`,
    finds: ['extra ipset, KUBE-CLUSTER-IP at add KUBE-CLUSTER-IP 10.96.0.99,tcp:80'],
    says: 'The entry should not be there.',
  },
  {
    what: 'a set is missing',
    file: sets,
    change: (text) => text.replaceAll(/^.* KUBE-CLUSTER-IP .*\n/gm, ''),
    finds: ['missing ipset, KUBE-CLUSTER-IP'],
    says: 'It is missing, with its 1 entry.',
  },
  {
    what: 'a set is declared otherwise',
    file: sets,
    change: (text) => text.replace('maxelem 65536', 'maxelem 1024'),
    finds: ['changed ipset, KUBE-CLUSTER-IP'],
    says: 'It is declared otherwise.',
  },
  {
    what: 'a set is there that no rule uses',
    file: sets,
    change: (text) => `${text}create KUBE-NODE-PORT-OLD bitmap:port range 0-65535\n`,
    finds: ['harmless ipset, KUBE-NODE-PORT-OLD'],
    says: 'No rule looks into it any more.',
  },
  {
    what: 'a virtual server is missing',
    file: servers,
    change: (text) => text.replaceAll(/^.*10\.96\.0\.10:80 .*\n/gm, ''),
    finds: ['missing ipvs, tcp 10.96.0.10:80 (default/web:http)'],
    says: 'It is missing, with its 2 entries.',
  },
  {
    what: 'there is a virtual server at an address of kube-ipvs0',
    file: servers,
    change: (text) =>
      `${text}-A -t 10.96.0.10:81 -s rr\n-a -t 10.96.0.10:81 -r 10.244.1.5:8080 -m -w 1\n`,
    finds: ['extra ipvs, tcp 10.96.0.10:81 at -A -t 10.96.0.10:81 -s rr'],
    says: 'It should not be there, with its 1 entry.',
  },
  {
    what: 'there is a virtual server of a former node port',
    file: servers,
    change: (text) => `${text}-A -t 192.0.2.11:30099 -s rr\n`,
    finds: ['extra ipvs, tcp 192.0.2.11:30099 at -A -t 192.0.2.11:30099 -s rr'],
    says: 'It should not be there, with its 0 entries.',
  },
  {
    what: 'a virtual server has another scheduler',
    file: servers,
    change: (text) => text.replace('-A -t 10.96.0.10:80 -s rr', '-A -t 10.96.0.10:80 -s wrr'),
    finds: ['changed ipvs, tcp 10.96.0.10:80 (default/web:http)'],
    says: 'It is declared otherwise.',
  },
  {
    what: 'a real server is missing',
    file: servers,
    change: (text) => text.replace('-a -t 10.96.0.10:80 -r 10.244.2.6:8080 -m -w 1\n', ''),
    finds: ['missing ipvs, tcp 10.96.0.10:80 (default/web:http 10.244.2.6:8080)'],
    says: 'The entry is missing.',
  },
  {
    what: 'a real server is dead',
    file: servers,
    change: (text) => `${text}-a -t 10.96.0.10:80 -r 10.244.9.9:8080 -m -w 1\n`,
    finds: [
      'extra ipvs, tcp 10.96.0.10:80 (default/web:http) at -a -t 10.96.0.10:80 -r 10.244.9.9:8080 -m -w 1',
    ],
    says: 'The entry should not be there.',
  },
  {
    what: 'a real server has another weight',
    file: servers,
    change: (text) =>
      text.replace(
        '-a -t 10.96.0.10:80 -r 10.244.2.6:8080 -m -w 1',
        '-a -t 10.96.0.10:80 -r 10.244.2.6:8080 -m -w 0',
      ),
    finds: [
      'changed ipvs, tcp 10.96.0.10:80 (default/web:http 10.244.2.6:8080) at -a -t 10.96.0.10:80 -r 10.244.2.6:8080 -m -w 0',
    ],
    says: 'The entry is otherwise than it should be.',
  },
  {
    what: 'an address is not bound',
    file: 'ipv4.addresses',
    change: () => '',
    finds: ['missing addresses kube-ipvs0, kube-ipvs0 (default/web:http)'],
    says: 'The entry is missing.',
  },
  {
    what: 'a rule that matches a set is missing',
    file: 'ipv4.iptables',
    change: (text) => text.replace(/^.*KUBE-CLUSTER-IP dst,dst -j ACCEPT\n/m, ''),
    finds: [
      'missing iptables IPv4 nat, KUBE-SERVICES at -A KUBE-SERVICES -m addrtype --dst-type LOCAL -j KUBE-NODE-PORT',
    ],
    says: 'The rule is missing.',
  },
  {
    what: 'a jump is missing',
    file: 'ipv4.jumps',
    change: (text) => text.replace(/^.*-I PREROUTING .*\n/m, ''),
    finds: ['unreachable iptables IPv4 nat, PREROUTING'],
    says: 'PREROUTING does not jump to KUBE-SERVICES: what comes this way is not treated.',
  },
];

test.for(breakages)('$what', ({ file, change, finds, says }) => {
  const one = withChange(node, file, change);
  expect(findingsOf(one)).toEqual(finds);
  const messages = auditNode(one).findings.map(({ message }) => message);
  if (says !== undefined) expect(messages.join('\n')).toContain(says);
});

test('a virtual server of others is counted and not listed', () => {
  const others = '-A -t 203.0.113.1:81 -s rr\n-a -t 203.0.113.1:81 -r 10.244.1.5:8080 -m -w 1\n';
  const one = withChange(node, servers, (text) => `${text}${others}`);
  expect(auditNode(one)).toMatchObject({ isWhole: true, findings: [], foreign: 2 });
});

test('nor is one in a network that kube-proxy leaves alone', () => {
  const { snapshot } = node;
  const config = {
    ...snapshot.config,
    ipvs: { ...snapshot.config.ipvs, excludeCIDRs: ['10.96.0.0/24'] },
  };
  const one = withChange(node, servers, (text) => `${text}-A -t 10.96.0.10:81 -s rr\n`);
  expect(findingsOf({ ...one, snapshot: { ...snapshot, config } })).toEqual([]);
});

test('an entry too many concerns no other Service', () => {
  const one = withChange(node, sets, (text) => `${text}add KUBE-CLUSTER-IP 10.96.0.99,tcp:80\n`);
  expect(auditNode(one)).toMatchObject({ isWhole: false, whole: ['default/web:http'], broken: [] });
});

test('sets and virtual servers as the other tools list them', () => {
  const { 'ipv4.ipvsadm': ipv4 = '', 'ipv6.ipvsadm': ipv6 = '', ...others } = node.files;
  const listed = ['IP Virtual Server version 1.2.1 (size=4096)'];
  for (const line of `${ipv4}${ipv6}`.trimEnd().split('\n')) {
    const [, server = '', scheduler] = /^-A -t (\S+) -s (\S+)/.exec(line) ?? [];
    const [, real] = / -r (\S+) /.exec(line) ?? [];
    listed.push(real === undefined ? `TCP  ${server} ${scheduler}` : `  -> ${real} Masq 1 0 0`);
  }
  const files = { ...others, 'ipvsadm.txt': `${listed.join('\n')}\n` };
  expect(auditNode({ ...node, files })).toMatchObject({ isWhole: true, findings: [], unseen: [] });
});

test('parts of which there is no dump are told', () => {
  const some = Object.fromEntries(
    Object.entries(node.files).filter(([file]) => /iptables|jumps/.test(file)),
  );
  expect(auditNode({ ...node, files: some })).toMatchObject({
    isWhole: false,
    findings: [],
    unseen: ['addresses', 'ipset', 'ipvs'],
  });
});
