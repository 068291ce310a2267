import { expect, test } from 'vitest';
import { iptablesJumps } from '../../../src/proxier/iptables/jumps.ts';
import { printJumps } from '../../../src/ruleset/iptables/index.ts';

/** The table of the specification, section 2.4. */
const rows = [
  [
    'filter',
    'KUBE-EXTERNAL-SERVICES',
    'INPUT',
    'kubernetes externally-visible service portals',
    true,
  ],
  [
    'filter',
    'KUBE-EXTERNAL-SERVICES',
    'FORWARD',
    'kubernetes externally-visible service portals',
    true,
  ],
  ['filter', 'KUBE-NODEPORTS', 'INPUT', 'kubernetes health check service ports', false],
  ['filter', 'KUBE-SERVICES', 'FORWARD', 'kubernetes service portals', true],
  ['filter', 'KUBE-SERVICES', 'OUTPUT', 'kubernetes service portals', true],
  ['filter', 'KUBE-FORWARD', 'FORWARD', 'kubernetes forwarding rules', false],
  ['filter', 'KUBE-PROXY-FIREWALL', 'INPUT', 'kubernetes load balancer firewall', true],
  ['filter', 'KUBE-PROXY-FIREWALL', 'OUTPUT', 'kubernetes load balancer firewall', true],
  ['filter', 'KUBE-PROXY-FIREWALL', 'FORWARD', 'kubernetes load balancer firewall', true],
  ['nat', 'KUBE-SERVICES', 'OUTPUT', 'kubernetes service portals', false],
  ['nat', 'KUBE-SERVICES', 'PREROUTING', 'kubernetes service portals', false],
  ['nat', 'KUBE-POSTROUTING', 'POSTROUTING', 'kubernetes postrouting rules', false],
  ['filter', 'KUBE-FIREWALL', 'INPUT', undefined, false],
  ['filter', 'KUBE-FIREWALL', 'OUTPUT', undefined, false],
] as const;

test('the fourteen jumps are made in the order of kube-proxy', () => {
  const lines = rows.flatMap(([table, to, from, comment, onlyNew]) => {
    const extra = onlyNew ? ' -m conntrack --ctstate NEW' : '';
    const words = comment === undefined ? '' : ` -m comment --comment "${comment}"`;
    return [`-t ${table} -N ${to}\n`, `-t ${table} -I ${from}${extra}${words} -j ${to}\n`];
  });
  expect(printJumps(iptablesJumps)).toBe(lines.join(''));
});

test('each jump says from where it is', () => {
  const rules = iptablesJumps.flatMap((step) => (step.kind === 'prepend' ? [step.rule] : []));
  expect(rules.map(({ origin }) => origin)).toEqual(
    rows.map(([, , from]) => ({ reason: `jump from ${from}` })),
  );
});
