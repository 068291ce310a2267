import { readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { endpointChain, servicePortChains } from '../src/proxier/names/chain-names.ts';
import { compile, parseSnapshot, renderFiles } from '../src/index.ts';
import { servicePortOf } from './support/model.ts';
import {
  auditedNode,
  auditNode,
  findingsOf,
  withChange,
  type AuditedNode,
} from './support/audited-node.ts';

const dump = 'ipv4.iptables-nft-save';
const node = auditedNode('three-endpoints', 'iptables');
const service = 'KUBE-SVC-CDGGSHYLG3RE2FKL';
const first = 'KUBE-SEP-AFGSLHOD2HFNCBX4';
const second = 'KUBE-SEP-3OLK2YUW6LHBC4UX';

type Change = (text: string) => string;

function broken(change: Change, whole: AuditedNode = node): AuditedNode {
  return withChange(whole, dump, change);
}

/** Without the first line that matches. */
function without(pattern: RegExp): Change {
  return (text) => text.replace(pattern, '');
}

/** Lines of table nat, behind its others. */
function inNat(lines: string): Change {
  return (text) => text.replace(/(COMMIT\n[^\n]*\n?)$/, `${lines}\n$1`);
}

function before(pattern: RegExp, line: string): Change {
  return (text) => text.replace(pattern, `${line}\n$&`);
}

function swap(pattern: RegExp): Change {
  return (text) => {
    const lines = text.split('\n');
    const at = lines.findIndex((line) => pattern.test(line));
    const [one = '', other = ''] = lines.slice(at);
    return lines.toSpliced(at, 2, other, one).join('\n');
  };
}

const staleChains = inNat(
  [
    '-A KUBE-SVC-AAAAAAAAAAAAAAAA -m comment --comment "prod/old:http -> 10.244.3.9:8080" -j KUBE-SEP-BBBBBBBBBBBBBBBB',
    '-A KUBE-SEP-BBBBBBBBBBBBBBBB -p tcp -m comment --comment "prod/old:http" -m tcp -j DNAT --to-destination 10.244.3.9:8080',
  ].join('\n'),
);
const declareStale: Change = (text) =>
  staleChains(text).replace(
    `:${service} `,
    `:KUBE-SVC-AAAAAAAAAAAAAAAA - [0:0]\n:KUBE-SEP-BBBBBBBBBBBBBBBB - [0:0]\n$&`,
  );
const nodePorts = /^.*-A KUBE-SERVICES .*nodeports/m;
const staleRule =
  '-A KUBE-SERVICES -d 10.96.4.4/32 -p tcp -m comment --comment "prod/old:http cluster IP" -m tcp --dport 80 -j KUBE-SVC-AAAAAAAAAAAAAAAA';

interface Breakage {
  readonly what: string;
  readonly change: Change;
  readonly finds: readonly string[];
  /** What some finding says. */
  readonly says?: string;
}

const breakages: readonly Breakage[] = [
  //BREAKAGES
  {
    what: 'a jump of a built-in chain is deleted',
    change: without(/^.*-A PREROUTING .*\n/m),
    finds: ['unreachable iptables IPv4 nat, PREROUTING'],
    says: 'PREROUTING does not jump to KUBE-SERVICES: what comes this way is not treated.',
  },
  {
    what: 'all jumps of a built-in chain but one are deleted',
    change: without(/(?:^.*-A OUTPUT .*(?:load balancer firewall|service portals).*\n)+/m),
    finds: [
      'unreachable iptables IPv4 filter, OUTPUT at -A OUTPUT -j KUBE-FIREWALL',
      'unreachable iptables IPv4 filter, OUTPUT at -A OUTPUT -j KUBE-FIREWALL',
    ],
    says: 'OUTPUT does not jump to KUBE-PROXY-FIREWALL: what comes this way is not treated.',
  },
  {
    what: 'a rule of a Service is deleted',
    change: without(new RegExp(`^.*-A ${service} .*${second}\n`, 'm')),
    finds: [
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http 10.244.2.6:8080) at -A KUBE-SVC-CDGGSHYLG3RE2FKL -m comment --comment "default/web:http -> 10.244.1.5:8080" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-AFGSLHOD2HFNCBX4',
    ],
    says: 'What is for endpoint 10.244.2.6:8080 [node-b] does not get there, or not as it should.',
  },
  {
    what: 'the mark of an endpoint is deleted',
    change: without(new RegExp(`^.*-A ${first} .*MASQ\n`, 'm')),
    finds: [
      'missing iptables IPv4 nat, KUBE-SEP-AFGSLHOD2HFNCBX4 (default/web:http 10.244.1.5:8080)',
    ],
    says: 'What is for endpoint 10.244.1.5:8080 [node-a] does not get there, or not as it should.',
  },
  {
    what: 'the cluster IP is deleted',
    change: without(/^.*-A KUBE-SERVICES .*cluster IP.*\n/m),
    finds: ['missing iptables IPv4 nat, KUBE-SERVICES (default/web:http)'],
    says: 'The rule is missing.',
  },
  {
    what: 'two rules are swapped',
    change: swap(new RegExp(`-A ${service} .*${first}`)),
    finds: [
      'changed iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL, rule 2 (default/web:http 10.244.2.6:8080) at -A KUBE-SVC-CDGGSHYLG3RE2FKL -m comment --comment "default/web:http -> 10.244.2.6:8080" -m statistic --mode random --probability 0.50000000000 -j KUBE-SEP-3OLK2YUW6LHBC4UX',
    ],
    says: 'The rule stands in another place than it should: as number 2, not 3.',
  },
  {
    what: 'chains of a former Service are in use',
    change: (text) => before(nodePorts, staleRule)(declareStale(text)),
    finds: [
      'extra iptables IPv4 nat, KUBE-SEP-BBBBBBBBBBBBBBBB (prod/old:http) at -A KUBE-SEP-BBBBBBBBBBBBBBBB -p tcp -m comment --comment "prod/old:http" -m tcp -j DNAT --to-destination 10.244.3.9:8080',
      'extra iptables IPv4 nat, KUBE-SERVICES, rule 2 (prod/old:http) at -A KUBE-SERVICES -d 10.96.4.4/32 -p tcp -m comment --comment "prod/old:http cluster IP" -m tcp --dport 80 -j KUBE-SVC-AAAAAAAAAAAAAAAA',
      'extra iptables IPv4 nat, KUBE-SVC-AAAAAAAAAAAAAAAA (prod/old:http 10.244.3.9:8080) at -A KUBE-SVC-AAAAAAAAAAAAAAAA -m comment --comment "prod/old:http -> 10.244.3.9:8080" -j KUBE-SEP-BBBBBBBBBBBBBBBB',
    ],
    says: 'The chain of a former Service still forwards to 10.244.3.9:8080.',
  },
  {
    what: 'chains of a former Service are left over',
    change: declareStale,
    finds: [
      'harmless iptables IPv4 nat, KUBE-SEP-BBBBBBBBBBBBBBBB (prod/old:http) at -A KUBE-SEP-BBBBBBBBBBBBBBBB -p tcp -m comment --comment "prod/old:http" -m tcp -j DNAT --to-destination 10.244.3.9:8080',
      'harmless iptables IPv4 nat, KUBE-SVC-AAAAAAAAAAAAAAAA (prod/old:http 10.244.3.9:8080) at -A KUBE-SVC-AAAAAAAAAAAAAAAA -m comment --comment "prod/old:http -> 10.244.3.9:8080" -j KUBE-SEP-BBBBBBBBBBBBBBBB',
    ],
    says: 'Nothing leads to this chain any more.',
  },
  {
    what: 'a rule is there twice',
    change: (text) => text.replace(new RegExp(`^.*-A ${service} .*${first}\n`, 'm'), '$&$&'),
    finds: [
      'duplicate iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL, rule 3 (default/web:http 10.244.1.5:8080) at -A KUBE-SVC-CDGGSHYLG3RE2FKL -m comment --comment "default/web:http -> 10.244.1.5:8080" -m statistic --mode random --probability 0.33333333349 -j KUBE-SEP-AFGSLHOD2HFNCBX4',
    ],
    says: 'The rule is there twice.',
  },
  {
    what: 'a jump is there twice, behind rules of others',
    change: (text) =>
      text.replace(
        /^(.*-A POSTROUTING .*\n)/m,
        '-A POSTROUTING -s 10.1.0.0/16 -j MASQUERADE\n$1$1',
      ),
    finds: [
      'duplicate iptables IPv4 nat, POSTROUTING, rule 3 at -A POSTROUTING -m comment --comment "kubernetes postrouting rules" -j KUBE-POSTROUTING',
    ],
    says: 'The rule is there twice.',
  },
  {
    what: 'a share is another',
    change: (text) => text.replace('0.50000000000', '0.90000000000'),
    finds: [
      'changed iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL, rule 3 (default/web:http 10.244.2.6:8080) at -A KUBE-SVC-CDGGSHYLG3RE2FKL -m comment --comment "default/web:http -> 10.244.2.6:8080" -m statistic --mode random --probability 0.90000000000 -j KUBE-SEP-3OLK2YUW6LHBC4UX',
    ],
    says: 'The endpoint gets another share of the traffic than it should.',
  },
  {
    what: 'an endpoint is dead',
    change: (text) =>
      text.replace('--to-destination 10.244.1.5:8080', '--to-destination 10.244.9.9:8080'),
    finds: [
      'changed iptables IPv4 nat, KUBE-SEP-AFGSLHOD2HFNCBX4, rule 2 (default/web:http 10.244.1.5:8080) at -A KUBE-SEP-AFGSLHOD2HFNCBX4 -p tcp -m comment --comment "default/web:http" -m tcp -j DNAT --to-destination 10.244.9.9:8080',
    ],
    says: 'It leads to 10.244.9.9:8080 instead of 10.244.1.5:8080.',
  },
  {
    what: 'the chain of a Service is flushed',
    change: (text) => text.replaceAll(new RegExp(`^.*-A ${service} .*\n`, 'gm'), ''),
    finds: [
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http)',
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http 10.244.1.5:8080)',
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http 10.244.2.6:8080)',
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http 10.244.3.7:8080)',
    ],
    says: 'The rule is missing.',
  },
  {
    what: 'a chain and what leads to it are deleted',
    change: (text) => text.replaceAll(new RegExp(`^.*${service}.*\n`, 'gm'), ''),
    finds: [
      'missing iptables IPv4 nat, KUBE-SERVICES (default/web:http)',
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http)',
    ],
    says: 'The rule is missing.',
  },
  {
    what: 'the chain of an endpoint is deleted',
    change: (text) => text.replaceAll(new RegExp(`^.*${first}.*\n`, 'gm'), ''),
    finds: [
      'missing iptables IPv4 nat, KUBE-SEP-AFGSLHOD2HFNCBX4 (default/web:http 10.244.1.5:8080)',
      'missing iptables IPv4 nat, KUBE-SVC-CDGGSHYLG3RE2FKL (default/web:http 10.244.1.5:8080) at -A KUBE-SVC-CDGGSHYLG3RE2FKL ! -s 10.244.0.0/16 -d 10.96.0.10/32 -p tcp -m comment --comment "default/web:http cluster IP" -m tcp --dport 80 -j KUBE-MARK-MASQ',
    ],
    says: 'The chain is missing, with its 2 rules.',
  },
  {
    what: 'a rule of no Service is among those of all',
    change: before(nodePorts, '-A KUBE-SERVICES -d 10.96.7.7/32 -j DROP'),
    finds: [
      'extra iptables IPv4 nat, KUBE-SERVICES, rule 2 at -A KUBE-SERVICES -d 10.96.7.7/32 -j DROP',
    ],
    says: 'The rule should not be there.',
  },
  {
    what: 'others accept all before',
    change: before(/^.*-A PREROUTING/m, '-A PREROUTING -j ACCEPT'),
    finds: ['shadowed iptables IPv4 nat, PREROUTING, rule 1 at -A PREROUTING -j ACCEPT'],
    says: 'This rule of somebody else ends the way of packets to Services before the jump to KUBE-SERVICES.',
  },
  {
    what: 'others return before',
    change: before(
      /^.*-A OUTPUT -m comment --comment "kubernetes service portals"/m,
      '-A OUTPUT -j RETURN',
    ),
    finds: ['shadowed iptables IPv4 nat, OUTPUT, rule 1 at -A OUTPUT -j RETURN'],
    says: 'This rule of somebody else ends the way of packets to Services before the jump to KUBE-SERVICES.',
  },
  {
    what: 'others drop what is for Services before',
    change: before(
      /^.*-A PREROUTING/m,
      '-A PREROUTING -d 10.96.0.0/12 -m comment --comment "not \\" -j ACCEPT" -j DROP',
    ),
    finds: [
      'shadowed iptables IPv4 nat, PREROUTING, rule 1 at -A PREROUTING -d 10.96.0.0/12 -m comment --comment "not \\" -j ACCEPT" -j DROP',
    ],
    says: 'This rule of somebody else ends the way of packets to Services before the jump to KUBE-SERVICES.',
  },
  {
    what: 'others accept between two jumps',
    change: before(
      /^.*-A FORWARD .*service portals/m,
      '-A FORWARD -m conntrack --ctstate NEW -j ACCEPT',
    ),
    finds: [
      'shadowed iptables IPv4 filter, FORWARD, rule 3 at -A FORWARD -m conntrack --ctstate NEW -j ACCEPT',
    ],
    says: 'This rule of somebody else ends the way of packets to Services before the jump to KUBE-SERVICES.',
  },
  //END
];

test.for(breakages)('$what', ({ change, finds, says }) => {
  const one = broken(change);
  expect(findingsOf(one)).toEqual(finds);
  const messages = auditNode(one).findings.map(({ message }) => message);
  if (says !== undefined) expect(messages.join('\n')).toContain(says);
});

test('chains of both implementations at once', () => {
  const { readBack } = readFixture('three-endpoints');
  const result = auditNode({ ...node, files: readBack('iptables') });
  expect(result.findings.map(({ kind, section }) => [kind, section])).toEqual([
    ['both-backends', 'iptables IPv4 filter'],
  ]);
  expect(result).toMatchObject({ backend: 'nft', isWhole: false, broken: ['default/web:http'] });
});

test('the implementation that has kube-proxy is held against it, whichever it is', () => {
  const { readBack } = readFixture('three-endpoints');
  const files = readBack('iptables');
  const empty = '*nat\n:PREROUTING ACCEPT [0:0]\nCOMMIT\n';
  const legacy = {
    'ipv4.iptables-nft-save': empty,
    'ipv6.iptables-nft-save': empty,
    'ipv4.iptables-legacy-save': files['ipv4.iptables-legacy-save'] ?? '',
    'ipv6.iptables-legacy-save': files['ipv6.iptables-legacy-save'] ?? '',
  };
  const result = auditNode({ ...node, files: legacy });
  expect(result).toMatchObject({ backend: 'legacy', isWhole: true, findings: [] });
});

const harmless: readonly {
  readonly what: string;
  readonly change: Change;
  readonly foreign: number;
}[] = [
  {
    what: 'without comments',
    change: (text) => text.replaceAll(/ -m comment --comment (?:"[^"]*"|\S+)/g, ''),
    foreign: 0,
  },
  {
    what: 'with other counters',
    change: (text) => text.replaceAll('[0:0]', '[7:4242]'),
    foreign: 0,
  },
  { what: 'with CRLF line ends', change: (text) => text.replaceAll('\n', '\r\n'), foreign: 0 },
  {
    what: "with another policy, which is not kube-proxy's",
    change: (text) => text.replace(':FORWARD ACCEPT', ':FORWARD DROP'),
    foreign: 0,
  },
  {
    what: 'with rules and chains of others',
    change: (text) =>
      inNat('-A CNI-X -s 10.0.0.0/8 -j MASQUERADE\n-A POSTROUTING -j CNI-X')(
        text.replace('*nat\n', '*nat\n:CNI-X - [0:0]\n'),
      ),
    foreign: 2,
  },
  {
    what: 'with a rule of others whose comment names a chain of kube-proxy',
    change: inNat(
      '-A POSTROUTING -s 10.1.0.0/16 -m comment --comment "not -j KUBE-SERVICES" -j MASQUERADE',
    ),
    foreign: 1,
  },
  {
    what: 'with earlier rules for packets of no Service',
    change: before(
      /^.*-A PREROUTING/m,
      '-A PREROUTING -i lo -j ACCEPT\n-A PREROUTING -d 203.0.113.0/24 -j DROP\n-A PREROUTING -m conntrack --ctstate ESTABLISHED -j ACCEPT\n-A PREROUTING -p udp -m udp --dport 67 -j ACCEPT',
    ),
    foreign: 4,
  },
];

test.for(harmless)('a node $what is whole', ({ change, foreign }) => {
  const one = broken(change);
  expect(findingsOf(one)).toEqual([]);
  expect(auditNode(one)).toMatchObject({ isWhole: true, foreign, whole: ['default/web:http'] });
});

test('a former Service concerns none of the others', () => {
  const {
    isWhole,
    whole,
    broken: some,
  } = auditNode(broken((text) => before(nodePorts, staleRule)(declareStale(text))));
  expect({ isWhole, whole, some }).toEqual({
    isWhole: false,
    whole: ['default/web:http'],
    some: [],
  });
});

test('leftovers do not make a node other than whole', () => {
  expect(auditNode(broken(declareStale)).isWhole).toBe(true);
});

test('chains whose names an old release made of an unnamed port', () => {
  const old = auditedNode('clusterip-unnamed-port', 'iptables');
  const port = servicePortOf({ name: 'default/web' });
  const names = [
    [servicePortChains(port).cluster, servicePortChains({ ...port, name: 'default/web:' }).cluster],
    [
      endpointChain(port, '192.0.2.11:6443'),
      endpointChain({ ...port, name: 'default/web:' }, '192.0.2.11:6443'),
    ],
  ] as const;
  const change: Change = (text) =>
    names.reduce((one, [now, then]) => one.replaceAll(now, then), text);
  expect(auditNode(broken(change, old))).toMatchObject({ isWhole: true, findings: [] });
  const dead = broken(
    (text) => change(text).replace('to-destination 192.0.2.11', 'to-destination 192.0.2.99'),
    old,
  );
  expect(auditNode(dead).findings).toMatchObject([
    {
      kind: 'changed',
      container: names[1][0],
      servicePort: 'default/web',
      endpoint: '192.0.2.11:6443',
      line: 49,
    },
  ]);
});

test('tells whose wording a node has', () => {
  const { snapshot, recorded } = readFixture('both-hints-annotations');
  for (const release of ['1.30', '1.36'] as const) {
    const files = recorded('iptables', release) ?? {};
    const result = auditNode({ ...node, snapshot: parseSnapshot(snapshot).snapshot, files });
    expect(result).toMatchObject({ release, isWhole: true, findings: [] });
  }
});

test('the newest release is named where two fit alike', () => {
  expect(auditNode(node).release).toBe('1.36');
});

test('what was not dumped is not compared, and told', () => {
  const { [dump]: ipv4 = '' } = node.files;
  expect(auditNode({ ...node, files: { [dump]: ipv4 } })).toMatchObject({
    isWhole: true,
    findings: [],
    unseen: ['iptables IPv6'],
  });
  const dual = auditedNode('dual-stack', 'iptables');
  const { [dump]: half = '' } = dual.files;
  expect(auditNode({ ...dual, files: { [dump]: half } })).toMatchObject({
    isWhole: false,
    findings: [],
    unseen: ['iptables IPv6'],
  });
});

test.for([
  { what: 'nothing', files: {} },
  { what: 'no dump', files: { 'notes.txt': 'hello' } },
  {
    what: 'a listing',
    files: {
      'ipv4.iptables-save':
        'Chain INPUT (policy ACCEPT)\ntarget     prot opt source               destination\n',
    },
  },
])('$what is no node', ({ files }) => {
  const result = auditNode({ ...node, files });
  expect(result).toMatchObject({
    isWhole: false,
    findings: [],
    unseen: ['iptables IPv4', 'iptables IPv6'],
  });
});

test('an empty dump is a node without rules', () => {
  const { isWhole, unseen, findings } = auditNode({
    ...node,
    files: { 'ipv4.iptables-save': '', 'ipv6.iptables-save': '' },
  });
  expect({ isWhole, unseen }).toEqual({ isWhole: false, unseen: [] });
  expect(new Set(findings.map(({ kind }) => kind))).toEqual(new Set(['unreachable', 'missing']));
});

test('compiled documents are whole in the forms that hold everything', () => {
  const save = renderFiles(compile(node.snapshot, 'iptables'), { form: 'save' });
  expect(auditNode({ ...node, files: save })).toMatchObject({ isWhole: true, findings: [] });
});
