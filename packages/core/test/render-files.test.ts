import { fixtureNames, readFixture } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { compile, parseSnapshot } from '../src/index.ts';
import { forms, renderFiles, type Form } from '../src/render-files.ts';
import { snapshotOf } from './support/cluster.ts';
import { createFakeIptables } from './support/fake-iptables.ts';

const ruleset = compile(parseSnapshot(readFixture('dual-stack').snapshot).snapshot, 'iptables');

const names: Readonly<Record<Form, readonly string[]>> = {
  restore: ['iptables', 'jumps', 'sysctl'],
  save: ['iptables', 'sysctl'],
  script: ['iptables', 'sysctl'],
};

test.for(forms)('form %s has its files in each family', (form) => {
  expect(Object.keys(renderFiles(ruleset, { form }))).toEqual(
    ['ipv4', 'ipv6'].flatMap((family) => names[form].map((name) => `${family}.${name}`)),
  );
});

test('form restore is the default', () => {
  expect(renderFiles(ruleset)).toEqual(renderFiles(ruleset, { form: 'restore' }));
});

test('the sysctls are the same in each form, and an empty list is an empty file', () => {
  for (const form of forms) {
    expect(renderFiles(ruleset, { form })).toMatchObject({
      'ipv4.sysctl': 'net.ipv4.conf.all.route_localnet = 1\n',
      'ipv6.sysctl': '',
    });
  }
});

/** What stands in a built-in chain, top to bottom. */
function targetsIn(save: string, table: string, chain: string): string[] {
  const [, text = ''] = save.split(`*${table}\n`);
  const [own = ''] = text.split('COMMIT\n');
  return own
    .split('\n')
    .filter((line) => line.startsWith(`-A ${chain} `))
    .map((line) => line.slice(line.lastIndexOf(' ') + 1));
}

test.for([
  ['filter', 'INPUT', ['FIREWALL', 'PROXY-FIREWALL', 'NODEPORTS', 'EXTERNAL-SERVICES']],
  ['filter', 'FORWARD', ['PROXY-FIREWALL', 'FORWARD', 'SERVICES', 'EXTERNAL-SERVICES']],
  ['filter', 'OUTPUT', ['FIREWALL', 'PROXY-FIREWALL', 'SERVICES']],
  ['nat', 'PREROUTING', ['SERVICES']],
  ['nat', 'INPUT', []],
  ['nat', 'OUTPUT', ['SERVICES']],
  ['nat', 'POSTROUTING', ['POSTROUTING']],
] as const)('form save has in %s %s the jumps that -I leaves there', ([table, chain, targets]) => {
  const files = renderFiles(ruleset, { form: 'save' });
  for (const family of ['ipv4', 'ipv6']) {
    expect(targetsIn(files[`${family}.iptables`] ?? '', table, chain)).toEqual(
      targets.map((target) => `KUBE-${target}`),
    );
  }
});

test('form save declares the built-in chains first and every chain once', () => {
  const { 'ipv6.iptables': save = '' } = renderFiles(ruleset, { form: 'save' });
  const declared = save.split('\n').filter((line) => line.startsWith(':'));
  expect(declared.slice(0, 3)).toEqual([
    ':INPUT ACCEPT [0:0]',
    ':FORWARD ACCEPT [0:0]',
    ':OUTPUT ACCEPT [0:0]',
  ]);
  // A jump leads to KUBE-FIREWALL, though the rules of IPv6 have no such chain.
  expect(declared).toContain(':KUBE-FIREWALL - [0:0]');
  for (const table of save.split('COMMIT\n').slice(0, -1)) {
    const own = table.split('\n').filter((line) => line.startsWith(':'));
    expect(new Set(own).size).toBe(own.length);
  }
});

function rulesOf(form: Form): string[] {
  return (renderFiles(ruleset, { form })['ipv4.iptables'] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('-A KUBE-'));
}

test('form save holds the rules of form restore after the jumps, in their order', () => {
  expect(rulesOf('save')).toEqual(rulesOf('restore'));
});

test.for(['ipv4', 'ipv6'] as const)('form script: %s, run twice', (family) => {
  const { [`${family}.iptables`]: script = '' } = renderFiles(ruleset, { form: 'script' });
  const { [`${family}.iptables`]: restore = '', [`${family}.jumps`]: jumps = '' } =
    renderFiles(ruleset);
  const command = family === 'ipv4' ? 'iptables' : 'ip6tables';
  const fake = createFakeIptables();
  expect(fake.run(script, ['-n'])).toEqual({ status: 0, stderr: '', calls: [] });

  const made = jumps
    .split('\n')
    .filter((line) => line.includes(' -I '))
    .map((line) => `${command} -w 5 ${line.replaceAll(/"([^"]*)"/g, '[$1]')}`);
  expect(made).toHaveLength(14);
  const first = fake.run(script);
  expect({ status: first.status, stderr: first.stderr }).toEqual({ status: 0, stderr: '' });
  expect(first.calls.filter((call) => call.includes(' -I '))).toEqual(made);
  expect(first.calls.filter((call) => call.includes(' -C '))).toEqual(
    made.map((call) => call.replace(' -I ', ' -C ')),
  );
  expect(first.calls.filter((call) => call.includes(' -N '))).toEqual(
    jumps
      .split('\n')
      .filter((line) => line.includes(' -N '))
      .map((line) => `${command} -w 5 ${line}`),
  );
  expect(first.calls.at(-1)).toBe(`${command}-restore -w 5 --noflush --counters`);
  expect(fake.restored()).toBe(restore);

  const second = fake.run(script);
  expect({ status: second.status, stderr: second.stderr }).toEqual({ status: 0, stderr: '' });
  expect(second.calls.filter((call) => call.includes(' -I '))).toEqual([]);
  expect(second.calls.filter((call) => call.includes(' -C '))).toHaveLength(14);
  expect(fake.restored()).toBe(restore);
});

test.for(fixtureNames)(
  '%s: the line that ends the rules of a script is no line of theirs',
  (name) => {
    const rules = compile(parseSnapshot(readFixture(name).snapshot).snapshot, 'iptables');
    const files = renderFiles(rules, { form: 'script' });
    for (const family of ['ipv4', 'ipv6']) {
      const lines = (files[`${family}.iptables`] ?? '').split('\n');
      const begin = lines.findIndex((line) => line.endsWith("<<'END_OF_RULES'"));
      expect(begin).toBeGreaterThan(0);
      expect(lines.indexOf('END_OF_RULES')).toBe(lines.length - 2);
      for (const line of lines.slice(begin + 1, -2)) expect(line).toMatch(/^(?:-A |:|\*|COMMIT$)/);
    }
  },
);

test('rendering changes nothing', () => {
  const rules = compile(snapshotOf(), 'iptables');
  const before = structuredClone(rules);
  for (const form of forms) renderFiles(rules, { form });
  expect(rules).toEqual(before);
});

const ipvs = compile(parseSnapshot(readFixture('dual-stack').snapshot).snapshot, 'ipvs');

test.for(forms)('form %s has the further files of ipvs mode, the same in each form', (form) => {
  const files = renderFiles(ipvs, { form });
  const own = ['ipset', 'ipvsadm', 'addresses'];
  expect(Object.keys(files)).toEqual(
    ['ipv4', 'ipv6'].flatMap((family) =>
      [...names[form], ...own].map((name) => `${family}.${name}`),
    ),
  );
  const restored = renderFiles(ipvs);
  for (const name of ['sysctl', ...own]) {
    for (const family of ['ipv4', 'ipv6'])
      expect(files[`${family}.${name}`]).toBe(restored[`${family}.${name}`]);
  }
});

test('timeouts of ipvs mode have a file of their own, of no family, where some are set', () => {
  const timeouts = { tcp: 900, tcpFin: 0, udp: 300 };
  for (const form of forms) {
    expect(renderFiles({ ...ipvs, timeouts }, { form })['node.ipvs-timeouts']).toBe(
      '--set 900 0 300\n',
    );
    expect(Object.keys(renderFiles(ipvs, { form }))).not.toContain('node.ipvs-timeouts');
  }
});

test.for([
  ['nat', 'OUTPUT', ['SERVICES']],
  ['nat', 'PREROUTING', ['SERVICES']],
  ['nat', 'POSTROUTING', ['POSTROUTING']],
  ['filter', 'INPUT', ['IPVS-FILTER', 'PROXY-FIREWALL', 'NODE-PORT']],
  ['filter', 'FORWARD', ['PROXY-FIREWALL', 'FORWARD']],
  ['filter', 'OUTPUT', ['IPVS-OUT-FILTER']],
] as const)('in ipvs mode form save has in %s %s the jumps that -I leaves there', (row) => {
  const [table, chain, targets] = row;
  const { 'ipv4.iptables': save = '' } = renderFiles(ipvs, { form: 'save' });
  expect(targetsIn(save, table, chain)).toEqual(targets.map((target) => `KUBE-${target}`));
});

const nftables = compile(parseSnapshot(readFixture('dual-stack').snapshot).snapshot, 'nftables');

test.for(forms)('in nftables mode form %s is one document of each family', (form) => {
  const files = renderFiles(nftables, { form });
  expect(Object.keys(files)).toEqual(['ipv4.nft', 'ipv6.nft']);
  const listed = renderFiles(nftables);
  for (const [name, ip] of [
    ['ipv4.nft', 'ip'],
    ['ipv6.nft', 'ip6'],
  ] as const) {
    const start = `add table ${ip} kube-proxy\ndelete table ${ip} kube-proxy\n`;
    expect(files[name]).toBe(`${form === 'script' ? start : ''}${listed[name]}`);
  }
});

const fast = compile(parseSnapshot(readFixture('dual-stack').snapshot).snapshot, 'nftables', {
  layout: 'fast',
});

test.for(forms)('in the fast layout form %s writes elements together', (form) => {
  const files = renderFiles(fast, { form });
  expect(Object.keys(files)).toEqual(['ipv4.nft', 'ipv6.nft']);
  for (const [name, ip] of [
    ['ipv4.nft', 'ip'],
    ['ipv6.nft', 'ip6'],
  ] as const) {
    const { [name]: text = '' } = files;
    const start = `add table ${ip} kube-proxy\ndelete table ${ip} kube-proxy\n`;
    expect(text).toBe(`${form === 'script' ? start : ''}${renderFiles(fast)[name]}`);
    const commands = text.match(/^add element .*$/gm) ?? [];
    expect(commands.length).toBeGreaterThan(3);
    for (const command of commands) expect(command).toMatch(/^add element ip6? kube-proxy \S+ \{$/);
    expect(new Set(commands).size).toBe(commands.length);
  }
});

const userspace = compile(parseSnapshot(readFixture('dual-stack').snapshot).snapshot, 'userspace');

test.for(forms)('form %s has the listeners of userspace mode, the same in each form', (form) => {
  const files = renderFiles(userspace, { form });
  const own = form === 'restore' ? ['iptables', 'jumps', 'listeners'] : ['iptables', 'listeners'];
  expect(Object.keys(files)).toEqual(
    ['ipv4', 'ipv6'].flatMap((family) => own.map((name) => `${family}.${name}`)),
  );
  expect(files['ipv4.listeners']).toBe(renderFiles(userspace)['ipv4.listeners']);
});

test.for([
  ['nat', 'PREROUTING', ['PORTALS-CONTAINER', 'NODEPORT-CONTAINER']],
  ['nat', 'OUTPUT', ['PORTALS-HOST', 'NODEPORT-HOST']],
  ['filter', 'INPUT', ['NODEPORT-NON-LOCAL']],
] as const)('in userspace mode form save has in %s %s the jumps in their places', (row) => {
  const [table, chain, targets] = row;
  const { 'ipv4.iptables': save = '' } = renderFiles(userspace, { form: 'save' });
  expect(targetsIn(save, table, chain)).toEqual(targets.map((target) => `KUBE-${target}`));
});
