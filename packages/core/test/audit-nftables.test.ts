import { expect, test } from 'vitest';
import { compile, renderFiles } from '../src/index.ts';
import {
  auditedNode,
  auditNode,
  findingsOf,
  withChange,
  type AuditedNode,
} from './support/audited-node.ts';

const recorded = auditedNode('dual-stack', 'nftables');
const listing = 'ipv4.nft-list';
const fast: AuditedNode = {
  ...recorded,
  files: renderFiles(compile(recorded.snapshot, 'nftables', { layout: 'fast' })),
};

interface Breakage {
  readonly what: string;
  readonly change: (text: string) => string;
  readonly finds: readonly string[];
  /** What some finding says. */
  readonly says?: string;
}

const breakages: readonly Breakage[] = [
  {
    what: 'an element is missing',
    change: (text) => text.replace(/(set cluster-ips \{[^}]*?)\n\t\telements = [^\n]*/, '$1'),
    finds: ['missing nftables ip kube-proxy, cluster-ips (default/web:http)'],
    says: 'The entry is missing.',
  },
  {
    what: 'there is an element too much',
    change: (text) => text.replace('{ 10.96.0.10 }', '{ 10.96.0.10, 10.96.0.99 }'),
    finds: ['extra nftables ip kube-proxy, cluster-ips at elements = { 10.96.0.10, 10.96.0.99 }'],
    says: 'The entry should not be there.',
  },
  {
    what: 'an element leads elsewhere',
    change: (text) =>
      text.replace(
        '10.96.0.10 . tcp . 80 : goto service-',
        '10.96.0.10 . tcp . 80 : goto external-',
      ),
    finds: [
      'changed nftables ip kube-proxy, service-ips (default/web:http) at elements = { 10.96.0.10 . tcp . 80 : goto external-SUSTUHLJ-default/web/tcp/http }',
    ],
    says: 'The entry is otherwise than it should be.',
  },
  {
    what: 'a former Service is in use',
    change: (text) =>
      text
        .replace(
          '10.96.0.10 . tcp . 80 : goto',
          '10.96.0.11 . tcp . 80 : goto service-AAAAAAAA-prod/old/tcp/http, $&',
        )
        .replace(
          '\tchain services {',
          '\tchain service-AAAAAAAA-prod/old/tcp/http {\n\t\tmeta l4proto tcp dnat to 10.244.9.9:80\n\t}\n\n$&',
        ),
    finds: [
      'extra nftables ip kube-proxy, service-AAAAAAAA-prod/old/tcp/http (prod/old:http) at meta l4proto tcp dnat to 10.244.9.9:80',
      'extra nftables ip kube-proxy, service-ips (prod/old:http) at elements = { 10.96.0.11 . tcp . 80 : goto service-AAAAAAAA-prod/old/tcp/http, 10.96.0.10 . tcp . 80 : goto service-SUSTUHLJ-default/web/tcp/http }',
    ],
    says: 'The chain of a former Service still forwards to 10.244.9.9:80.',
  },
  {
    what: 'a former Service is left over',
    change: (text) =>
      text.replace(
        '\tchain services {',
        '\tchain service-AAAAAAAA-prod/old/tcp/http {\n\t\tmeta l4proto tcp dnat to 10.244.9.9:80\n\t}\n\n$&',
      ),
    finds: [
      'harmless nftables ip kube-proxy, service-AAAAAAAA-prod/old/tcp/http (prod/old:http) at meta l4proto tcp dnat to 10.244.9.9:80',
    ],
    says: 'Nothing leads to this chain any more.',
  },
  {
    what: 'the chain of a Service is missing',
    change: (text) => text.replace(/\tchain service-S[^]*?\n\t\}\n/, ''),
    finds: [
      'missing nftables ip kube-proxy, service-SUSTUHLJ-default/web/tcp/http (default/web:http)',
    ],
    says: 'The chain is missing, with its 1 rule.',
  },
  {
    what: 'the rule of a Service lacks an endpoint',
    change: (text) =>
      text.replace(
        'mod 2 map { 0 : 10.244.1.5 . 8080, 1 : 10.244.2.6 . 8080 }',
        'mod 1 map { 0 : 10.244.1.5 . 8080 }',
      ),
    finds: [
      'changed nftables ip kube-proxy, service-SUSTUHLJ-default/web/tcp/http, rule 1 (default/web:http) at meta l4proto tcp dnat ip to numgen random mod 1 map { 0 : 10.244.1.5 . 8080 }',
    ],
    says: 'The rule is otherwise than it should be.',
  },
  {
    what: 'two rules are swapped',
    change: (text) => text.replace(/(\t\tmeta mark set[^\n]*\n)(\t\tgoto [^\n]*\n)/, '$2$1'),
    finds: [
      'changed nftables ip kube-proxy, external-SUSTUHLJ-default/web/tcp/http, rule 1 (default/web:http) at goto service-SUSTUHLJ-default/web/tcp/http',
    ],
    says: 'The rule stands in another place than it should: as number 1, not 2.',
  },
  {
    what: 'the jump of a base chain is missing',
    change: (text) => text.replace(/(chain nat-prerouting \{\n.*\n)\t\tjump services\n/, '$1'),
    finds: ['unreachable nftables ip kube-proxy, nat-prerouting'],
    says: 'nat-prerouting does not jump to services: what comes this way is not treated.',
  },
  {
    what: 'a base chain is missing',
    change: (text) => text.replace(/\tchain nat-prerouting \{[^]*?\n\t\}\n/, ''),
    finds: ['missing nftables ip kube-proxy, nat-prerouting'],
    says: 'The chain is missing, with its 1 rule.',
  },
  {
    what: 'a base chain has another priority',
    change: (text) =>
      text.replace('hook prerouting priority dstnat;', 'hook prerouting priority filter;'),
    finds: ['changed nftables ip kube-proxy, nat-prerouting'],
    says: 'The chain is declared otherwise.',
  },
  {
    what: 'a map is missing',
    change: (text) => text.replace(/\tmap service-nodeports \{[^]*?\n\t\}\n/, ''),
    finds: ['missing nftables ip kube-proxy, service-nodeports'],
    says: 'It is missing, with its 1 entry.',
  },
  {
    what: 'there is a set that no rule uses',
    change: (text) =>
      text.replace('\tset cluster-ips', '\tset affinity-OLD {\n\t\ttype ipv4_addr\n\t}\n\n$&'),
    finds: ['harmless nftables ip kube-proxy, affinity-OLD'],
    says: 'No rule looks into it any more.',
  },
  {
    what: 'the table is missing',
    change: () => 'table ip other {\n}\n',
    finds: [
      'missing nftables ip kube-proxy, cluster-ips-check',
      'missing nftables ip kube-proxy, filter-forward',
      'missing nftables ip kube-proxy, filter-input',
      'missing nftables ip kube-proxy, filter-output',
      'missing nftables ip kube-proxy, filter-output-pre-dnat',
      'missing nftables ip kube-proxy, filter-prerouting-pre-dnat',
      'missing nftables ip kube-proxy, firewall-check',
      'missing nftables ip kube-proxy, masquerading',
      'missing nftables ip kube-proxy, nat-output',
      'missing nftables ip kube-proxy, nat-postrouting',
      'missing nftables ip kube-proxy, nat-prerouting',
      'missing nftables ip kube-proxy, nodeport-endpoints-check',
      'missing nftables ip kube-proxy, reject-chain',
      'missing nftables ip kube-proxy, service-endpoints-check',
      'missing nftables ip kube-proxy, services',
      'missing nftables ip kube-proxy, cluster-ips',
      'missing nftables ip kube-proxy, firewall-ips',
      'missing nftables ip kube-proxy, hairpin-connections',
      'missing nftables ip kube-proxy, no-endpoint-nodeports',
      'missing nftables ip kube-proxy, no-endpoint-services',
      'missing nftables ip kube-proxy, nodeport-ips',
      'missing nftables ip kube-proxy, service-ips',
      'missing nftables ip kube-proxy, service-nodeports',
      'missing nftables ip kube-proxy, external-SUSTUHLJ-default/web/tcp/http (default/web:http)',
      'missing nftables ip kube-proxy, service-SUSTUHLJ-default/web/tcp/http (default/web:http)',
    ],
    says: 'The chain is missing, with its 1 rule.',
  },
];

test.for(breakages)('$what', ({ change, finds, says }) => {
  const one = withChange(recorded, listing, change);
  expect(findingsOf(one)).toEqual(finds);
  const messages = auditNode(one).findings.map(({ message }) => message);
  if (says !== undefined) expect(messages.join('\n')).toContain(says);
});

const fastBreakages: readonly Breakage[] = [
  {
    what: 'an element is missing',
    change: (text) => text.replace(/^10\.96\.0\.10 \. 80 \. 1 : .*\n/m, ''),
    finds: ['missing nftables ip kube-proxy, endpoints-tcp (default/web:http 10.244.2.6:8080)'],
    says: 'The entry is missing.',
  },
  {
    what: 'a slot leads to a dead endpoint',
    change: (text) =>
      text.replace(
        '10.96.0.10 . 80 . 1 : 10.244.2.6 . 8080',
        '10.96.0.10 . 80 . 1 : 10.244.9.9 . 8080',
      ),
    finds: [
      'changed nftables ip kube-proxy, endpoints-tcp (default/web:http 10.244.2.6:8080) at 10.96.0.10 . 80 . 1 : 10.244.9.9 . 8080,',
    ],
    says: 'The entry is otherwise than it should be.',
  },
  {
    what: 'an element leads to a chain of other slots',
    change: (text) =>
      text.replace(
        '10.96.0.10 . tcp . 80 : goto dispatch-tcp-2',
        '10.96.0.10 . tcp . 80 : goto dispatch-tcp-1',
      ),
    finds: [
      'changed nftables ip kube-proxy, service-ips (default/web:http) at 10.96.0.10 . tcp . 80 : goto dispatch-tcp-1,',
    ],
    says: 'The entry is otherwise than it should be.',
  },
  {
    what: 'the jump of a base chain is missing',
    change: (text) => text.replace('add rule ip kube-proxy nat-prerouting jump services\n', ''),
    finds: ['unreachable nftables ip kube-proxy, nat-prerouting'],
    says: 'nat-prerouting does not jump to services: what comes this way is not treated.',
  },
  {
    what: 'a chain is missing',
    change: (text) =>
      text.replaceAll(/^add (?:chain|rule) ip kube-proxy dispatch-tcp-1 .*\n/gm, ''),
    finds: ['missing nftables ip kube-proxy, dispatch-tcp-1'],
    says: 'The rule is missing.',
  },
];

test.for(fastBreakages)('fast layout: $what', ({ change, finds, says }) => {
  const one = withChange(fast, 'ipv4.nft', change);
  expect(findingsOf(one)).toEqual(finds);
  const messages = auditNode(one).findings.map(({ message }) => message);
  if (says !== undefined) expect(messages.join('\n')).toContain(says);
});

test('the fast layout is known by its maps', () => {
  expect(auditNode(fast)).toMatchObject({ layout: 'fast', isWhole: true, findings: [] });
  expect(auditNode(recorded)).toMatchObject({ layout: 'kube-proxy', isWhole: true, findings: [] });
});

test('endpoints in other slots than a fresh compile has them are whole', () => {
  const [low, high] = ['10.96.0.10 . 80 . 0 : ', '10.96.0.10 . 80 . 1 : '];
  const one = withChange(fast, 'ipv4.nft', (text) =>
    text
      .replace(`${low}10.244.1.5 . 8080`, `${low}10.244.2.6 . 8080`)
      .replace(`${high}10.244.2.6 . 8080`, `${high}10.244.1.5 . 8080`),
  );
  expect(findingsOf(one)).toEqual([]);
});

test('tables of others are counted and not listed', () => {
  const others =
    'table inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter; policy accept;\n\t\ttcp dport 22 accept\n\t}\n}\n';
  const one = withChange(recorded, listing, (text) => `${text}${others}`);
  expect(auditNode(one)).toMatchObject({ isWhole: true, findings: [], foreign: 1 });
});
