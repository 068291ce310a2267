import { expect, test } from 'vitest';
import { explainFailure } from '../src/explain-failure.ts';

const input = '*nat\n:KUBE-SERVICES - [0:0]\n-A KUBE-SERVICES -m statistic -j ACCEPT\nCOMMIT\n';

/** What the tools say, and what that means. */
test.for([
  [
    'iptables-restore',
    'Another app is currently holding the xtables lock. Perhaps you want to use the -w option?',
    'LOCK_HELD',
  ],
  [
    'iptables-legacy-restore',
    "Can't lock /run/xtables.lock: Resource temporarily unavailable; xtables lock held",
    'LOCK_HELD',
  ],
  ['nft', 'netlink: Error: Could not process rule: Cannot allocate memory', 'NO_MEMORY'],
  [
    'iptables-nft-restore',
    'iptables-nft-restore v1.8.9 (nf_tables): Could not fetch rule set generation id: Permission denied (you must be root)',
    'NOT_ROOT',
  ],
  ['ipset', 'ipset v7.17: Kernel error received: Operation not permitted', 'NOT_ROOT'],
  [
    'iptables-nft-restore',
    "iptables-nft-restore v1.8.9 (nf_tables): Couldn't load match `nfacct':No such file or directory",
    'KERNEL_LACKS',
  ],
  [
    'iptables-legacy-restore',
    "iptables-restore v1.8.9 (legacy): Couldn't load target `MASQ':No such file",
    'KERNEL_LACKS',
  ],
  [
    'iptables-nft-restore',
    'Warning: Extension statistic revision 0 not supported, missing kernel module?',
    'KERNEL_LACKS',
  ],
  ['ipvsadm', 'Protocol not supported: perhaps ip_vs is not loaded', 'KERNEL_LACKS'],
  ['ip', 'Error: No space left on device', 'DISK_FULL'],
  ['iptables-legacy-restore', 'iptables-restore: line 3 failed', 'RULE_REFUSED'],
  [
    'ipset',
    "ipset v7.17: Error in line 3: Element cannot be added to the set: it's already added",
    'RULE_REFUSED',
  ],
  ['conntrack', 'conntrack v1.4.7 (conntrack-tools): something new', 'TOOL_FAILED'],
] as const)('%s: %s', ([command, stderr, code]) => {
  const error = explainFailure(command, { exitCode: 1, stdout: '', stderr }, input);
  expect(error).toMatchObject({ name: 'ApplyError', code });
  expect(error.message).toBe(`${command} failed with status 1: ${stderr}`);
  expect(error.hint).not.toBe('');
});

test.for([
  'iptables-restore: line 3 failed',
  'Error occurred at line: 3',
  '/dev/stdin:3:1-20: Error: No such file or directory',
  'ipset v7.17: Error in line 3: Kernel error received',
])('the refused line of "%s" is told', (stderr) => {
  const error = explainFailure('some-tool', { exitCode: 2, stdout: '', stderr }, input);
  expect(error.line).toBe('-A KUBE-SERVICES -m statistic -j ACCEPT');
});

test('a line that is not there, or none, is left out', () => {
  for (const stderr of ['line 99 failed', 'something'])
    expect(explainFailure('nft', { exitCode: 1, stdout: '', stderr }, input).line).toBeUndefined();
});

test.for([
  ['nft', 'nftables'],
  ['ip', 'iproute2'],
  ['ip6tables-legacy-restore', 'iptables'],
  ['ipset', 'ipset'],
  ['something', 'something'],
] as const)('a missing %s is in the package %s', ([command, name]) => {
  const error = explainFailure(command, { exitCode: undefined, stdout: '', stderr: '' });
  expect(error).toMatchObject({
    code: 'TOOL_MISSING',
    message: `${command} is not there.`,
    hint: `Install the package ${name}.`,
  });
});
