import { expect, test } from 'vitest';
import { compile, formerProxyPorts, readDumps, renderFiles, type NodeRules } from '../src/index.ts';
import { serviceInput, snapshotOf } from './support/cluster.ts';

const services = [
  serviceInput({ ports: [{ name: 'p80', port: 80, nodePort: 30_080 }] }),
  serviceInput({
    metadata: { name: 'dns' },
    clusterIP: 'fd00::10',
    ports: [
      { port: 53, protocol: 'UDP' },
      { name: 'tcp', port: 53 },
    ],
  }),
];

function rulesOf(bindAddress = ''): NodeRules {
  const snapshot = snapshotOf({ services, config: { bindAddress } });
  return readDumps(renderFiles(compile(snapshot, 'userspace'))).rules;
}

test.for(['0.0.0.0', '192.0.2.11', '2001:db8::11'])(
  'with bindAddress %s the ports of all service ports are read from the rules',
  (bindAddress) => {
    const snapshot = snapshotOf({ services, config: { bindAddress } });
    const { ipv4, ipv6 } = compile(snapshot, 'userspace');
    expect(formerProxyPorts(rulesOf(bindAddress))).toEqual(
      Object.fromEntries(
        [...ipv4.listeners, ...ipv6.listeners].map(({ servicePort, protocol, port }) => [
          `${servicePort}/${protocol}`,
          port,
        ]),
      ),
    );
  },
);

test('one rule that differs does not count against the others', () => {
  let seen = 0;
  const broken = rulesOf('0.0.0.0').map((section) => ({
    ...section,
    chains: section.chains.map((chain) => ({
      ...chain,
      rules: chain.rules.map((rule) => {
        if (chain.name !== 'KUBE-PORTALS-CONTAINER' || !rule.text.includes('ns1/svc1')) return rule;
        seen++;
        return { ...rule, text: rule.text.replace(/\d+$/, '1') };
      }),
    })),
  }));
  expect(seen).toBe(1);
  expect(formerProxyPorts(broken)).toEqual(formerProxyPorts(rulesOf('0.0.0.0')));
});

test('rules of other modes hold none', () => {
  const files = renderFiles(compile(snapshotOf({ services }), 'iptables'));
  expect(formerProxyPorts(readDumps(files).rules)).toEqual({});
});
