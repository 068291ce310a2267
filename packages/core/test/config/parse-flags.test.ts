import * as fc from 'fast-check';
import { arbitraryHostileString } from '@kube-rules/fixtures';
import { expect, test } from 'vitest';
import { effectiveConfiguration } from '../../src/config/effective-configuration.ts';
import { flagTable, otherFlags } from '../../src/config/flag-table.ts';
import { parseKubeProxyFlags } from '../../src/config/parse-flags.ts';
import { printPath } from '../../src/util/print-path.ts';
import { valueAt } from '../../src/util/value-at.ts';

/** Specification section 6.2: flag, argument, field, value. */
const effects: readonly [string, string, string, unknown][] = [
  ['bind-address', '192.0.2.1', 'bindAddress', '192.0.2.1'],
  ['bind-address-hard-fail', 'true', 'bindAddressHardFail', true],
  ['cluster-cidr', '10.0.0.0/8,fd00::/64', 'clusterCIDR', '10.0.0.0/8,fd00::/64'],
  ['config-sync-period', '1m', 'configSyncPeriod', '1m'],
  ['conntrack-max-per-core', '0', 'conntrack.maxPerCore', 0],
  ['conntrack-min', '5', 'conntrack.min', 5],
  ['conntrack-tcp-be-liberal', 'true', 'conntrack.tcpBeLiberal', true],
  ['conntrack-tcp-timeout-close-wait', '2h', 'conntrack.tcpCloseWaitTimeout', '2h'],
  ['conntrack-tcp-timeout-established', '3h', 'conntrack.tcpEstablishedTimeout', '3h'],
  ['conntrack-udp-timeout', '4s', 'conntrack.udpTimeout', '4s'],
  ['conntrack-udp-timeout-stream', '5s', 'conntrack.udpStreamTimeout', '5s'],
  ['detect-local-mode', 'NodeCIDR', 'detectLocalMode', 'NodeCIDR'],
  ['feature-gates', 'A=true,B=false', 'featureGates', { A: true, B: false }],
  ['healthz-bind-address', '[::]:1', 'healthzBindAddress', '[::]:1'],
  ['hostname-override', 'Node-A', 'hostnameOverride', 'Node-A'],
  ['iptables-localhost-nodeports', 'false', 'iptables.localhostNodePorts', false],
  ['iptables-masquerade-bit', '0', 'iptables.masqueradeBit', 0],
  ['iptables-min-sync-period', '2s', 'iptables.minSyncPeriod', '2s'],
  ['iptables-sync-period', '40s', 'iptables.syncPeriod', '40s'],
  [
    'ipvs-exclude-cidrs',
    '10.0.0.0/8,11.0.0.0/8',
    'ipvs.excludeCIDRs',
    ['10.0.0.0/8', '11.0.0.0/8'],
  ],
  ['ipvs-min-sync-period', '3s', 'ipvs.minSyncPeriod', '3s'],
  ['ipvs-scheduler', 'lc', 'ipvs.scheduler', 'lc'],
  ['ipvs-strict-arp', 'true', 'ipvs.strictARP', true],
  ['ipvs-sync-period', '50s', 'ipvs.syncPeriod', '50s'],
  ['ipvs-tcp-timeout', '6s', 'ipvs.tcpTimeout', '6s'],
  ['ipvs-tcpfin-timeout', '7s', 'ipvs.tcpFinTimeout', '7s'],
  ['ipvs-udp-timeout', '8s', 'ipvs.udpTimeout', '8s'],
  ['kube-api-burst', '20', 'clientConnection.burst', 20],
  ['kube-api-content-type', 'application/json', 'clientConnection.contentType', 'application/json'],
  ['kube-api-qps', '2.5', 'clientConnection.qps', 2.5],
  ['kubeconfig', '/etc/k', 'clientConnection.kubeconfig', '/etc/k'],
  ['masquerade-all', 'true', 'iptables.masqueradeAll', true],
  ['metrics-bind-address', '0.0.0.0:2', 'metricsBindAddress', '0.0.0.0:2'],
  ['nodeport-addresses', '10.0.0.0/8', 'nodePortAddresses', ['10.0.0.0/8']],
  ['oom-score-adj', '-5', 'oomScoreAdj', -5],
  ['pod-bridge-interface', 'cni0', 'detectLocal.bridgeInterface', 'cni0'],
  ['pod-interface-name-prefix', 'veth', 'detectLocal.interfaceNamePrefix', 'veth'],
  ['profiling', 'true', 'enableProfiling', true],
  ['proxy-mode', 'ipvs', 'mode', 'ipvs'],
  ['proxy-port-range', '1-2', 'portRange', '1-2'],
  ['show-hidden-metrics-for-version', '1.35', 'showHiddenMetricsForVersion', '1.35'],
];

function parse(...args: string[]): { value: unknown; problems: string[] } {
  const { layer, diagnostics } = parseKubeProxyFlags(args);
  return {
    value: layer.value,
    problems: diagnostics.map(({ code, message }) => `${code} ${message}`),
  };
}

test.for(effects)('--%s=%s sets %s', ([flag, text, field, expected]) => {
  const path = field.split('.');
  const { layer, diagnostics } = parseKubeProxyFlags([`--${flag}=${text}`]);
  expect(diagnostics).toEqual([]);
  expect(valueAt(layer.value, path)).toEqual(expected);
  const { config, sources, diagnostics: wrong } = effectiveConfiguration([layer]);
  expect(wrong).toEqual([]);
  expect(valueAt(config, path)).toEqual(expected);
  const changed = Object.entries(sources).filter(([, { kind }]) => kind !== 'default');
  expect(changed.length).toBeGreaterThan(0);
  for (const [name, source] of changed) {
    expect(name.startsWith(field)).toBe(true);
    expect(source).toEqual({ kind: 'flag', flag });
  }
});

test.for(effects)(
  '--%s takes its value from the next argument, unless it is a switch',
  ([flag, text, field, expected]) => {
    const isSwitch = typeof expected === 'boolean';
    const { value, problems } = parse(`--${flag}`, ...(isSwitch ? [] : [text]), '--v=2');
    expect(problems).toEqual([]);
    expect(valueAt(value, field.split('.'))).toEqual(isSwitch ? true : expected);
  },
);

test('the table has a row for every flag that sets a field', () => {
  expect(effects.map(([flag]) => flag).toSorted()).toEqual(Object.keys(flagTable).toSorted());
  for (const [flag, , field] of effects) expect(printPath(flagTable[flag]?.path ?? [])).toBe(field);
});

test.for([
  'write-config-to',
  'cleanup',
  'init-only',
  'version',
  'master',
  'boot-id-file',
  'machine-id-file',
  'v',
  'vmodule',
  'logtostderr',
  'log-dir',
  'alsologtostderr',
  'logging-format',
  'stderrthreshold',
])('--%s is known, and changes nothing', (flag) => {
  expect(Object.keys(otherFlags)).toContain(flag);
  const args = otherFlags[flag] === 'flag' ? [`--${flag}`] : [`--${flag}`, 'x'];
  expect(parse(...args, '--proxy-mode=ipvs')).toEqual({ value: { mode: 'ipvs' }, problems: [] });
});

test('no flag is in two tables', () => {
  expect(Object.keys(otherFlags).filter((flag) => Object.hasOwn(flagTable, flag))).toEqual([]);
});

test.for<[string[], unknown]>([
  [[], {}],
  [['/usr/local/bin/kube-proxy', '--proxy-mode=ipvs'], { mode: 'ipvs' }],
  [['kube-proxy', '-proxy-mode=ipvs'], { mode: 'ipvs' }],
  [
    ['--hostname-override', 'kube-proxy', '--proxy-mode=ipvs'],
    { hostnameOverride: 'kube-proxy', mode: 'ipvs' },
  ],
  [['--kubeconfig=/etc/kube-proxy'], { clientConnection: { kubeconfig: '/etc/kube-proxy' } }],
  [['--proxy_mode=ipvs'], { mode: 'ipvs' }],
  [['-v', '2', '--proxy-mode', 'ipvs'], { mode: 'ipvs' }],
  [['--proxy-mode=iptables', '--proxy-mode=ipvs'], { mode: 'ipvs' }],
  [
    ['--masquerade-all', '--iptables-masquerade-bit=5'],
    { iptables: { masqueradeAll: true, masqueradeBit: 5 } },
  ],
  [['--masquerade-all=false'], { iptables: { masqueradeAll: false } }],
  [['--cluster-cidr=a=b'], { clusterCIDR: 'a=b' }],
  [['--cluster-cidr='], { clusterCIDR: '' }],
  [['--hostname-override', '--proxy-mode'], { hostnameOverride: '--proxy-mode' }],
])('reads %j', ([args, expected]) => {
  expect(parse(...args)).toEqual({ value: expected, problems: [] });
});

test('with --config all other flags are ignored but hostname-override and those of logging', () => {
  const flags = [
    '--proxy-mode=ipvs',
    '--config=/var/lib/kube-proxy/config.conf',
    '--masquerade-all',
    '-v=4',
    '--hostname-override=b',
  ];
  expect(parse(...flags)).toEqual({
    value: { hostnameOverride: 'b' },
    problems: [
      'FLAG_IGNORED --proxy-mode: kube-proxy ignores it beside --config.',
      'FLAG_IGNORED --masquerade-all: kube-proxy ignores it beside --config.',
    ],
  });
  expect(parse('--config=', '--proxy-mode=ipvs')).toEqual({
    value: { mode: 'ipvs' },
    problems: [],
  });
  expect(parse('--config', '/x', '--proxy-mode=ipvs').value).toEqual({});
  expect(parse('--config=/etc/kube-proxy', '--proxy-mode=ipvs').value).toEqual({});
});

test('what the kubelet fills in is not known here', () => {
  const args = [
    '--hostname-override=$(NODE_NAME)',
    '--bind-address',
    '$(POD_IP)',
    '--proxy-mode=ipvs',
  ];
  expect(parse(...args)).toEqual({
    value: { mode: 'ipvs' },
    problems: [
      'FLAG_IGNORED --hostname-override: "$(NODE_NAME)" is filled in on the node, and not known here.',
      'FLAG_IGNORED --bind-address: "$(POD_IP)" is filled in on the node, and not known here.',
    ],
  });
});

test.for<[string, string]>([
  ['--proxy-mod=ipvs', '; did you mean --proxy-mode?'],
  ['--masquerade-al', '; did you mean --masquerade-all?'],
  ['--something-else-entirely', '.'],
  ['toString', '.'],
  ['--__proto__=1', '.'],
  ['', '.'],
  ['--', '.'],
])('%j is no flag of kube-proxy%s', ([arg, hint]) => {
  expect(parse(arg, '--proxy-mode=ipvs')).toEqual({
    value: { mode: 'ipvs' },
    problems: [`FLAG_UNKNOWN kube-proxy has no flag "${arg}"${hint}`],
  });
});

test.for<[string[], string]>([
  [['--oom-score-adj=low'], 'FLAG_INVALID --oom-score-adj: "low" is no integer.'],
  [['--masquerade-all=yes'], 'FLAG_INVALID --masquerade-all: "yes" is no flag.'],
  [['--iptables-sync-period=30'], 'FLAG_INVALID --iptables-sync-period: "30" is no duration.'],
  [['--kube-api-qps=many'], 'FLAG_INVALID --kube-api-qps: "many" is no number.'],
  [['--proxy-mode'], 'FLAG_INVALID --proxy-mode: "" is no text.'],
  [['--healthz-port=x'], 'FLAG_INVALID --healthz-port: "x" is no integer.'],
])('%j: the value is refused', ([args, problem]) => {
  expect(parse(...args)).toEqual({ value: {}, problems: [problem] });
});

test('the deprecated port flags set the port of their address, and 0 switches the server off', () => {
  expect(parse('--healthz-port=1', '--metrics-port', '2')).toEqual({
    value: { healthzBindAddress: '0.0.0.0:1', metricsBindAddress: '127.0.0.1:2' },
    problems: [],
  });
  expect(parse('--healthz-port=0').value).toEqual({ healthzBindAddress: '' });
});

test('a violation names the flag', () => {
  const { layer } = parseKubeProxyFlags([
    '--iptables-masquerade-bit=99',
    '--nodeport-addresses=10.0.0.0/8,x',
    '--metrics-port=70000',
  ]);
  expect(effectiveConfiguration([layer]).diagnostics.map(({ message }) => message)).toEqual([
    '--metrics-port: "127.0.0.1:70000" is no IP address with a port (such as "0.0.0.0:10256").',
    '--iptables-masquerade-bit: 99 is not between 0 and 31.',
    '--nodeport-addresses: "x" is no CIDR.',
  ]);
});

test('never throws, whatever the arguments', () => {
  const flag = fc.constantFrom(...Object.keys(flagTable), 'config', 'healthz-port', 'v');
  const arg = fc.oneof(
    arbitraryHostileString(),
    fc.tuple(flag, arbitraryHostileString()).map(([name, value]) => `--${name}=${value}`),
    flag.map((name) => `--${name}`),
  );
  fc.assert(
    fc.property(fc.array(arg, { maxLength: 8 }), (args) => {
      const { layer } = parseKubeProxyFlags(args);
      expect(effectiveConfiguration([layer]).config).toBeDefined();
    }),
  );
});

test.for([
  ['--healthz-bind-address=192.0.2.11', 'healthzBindAddress', '192.0.2.11:10256'],
  ['--healthz-bind-address=192.0.2.11:1', 'healthzBindAddress', '192.0.2.11:1'],
  ['--metrics-bind-address=::', 'metricsBindAddress', '[::]:10249'],
])('%s may leave its port out: %s is %s', ([flag = '', field = '', expected]) => {
  const { layer, diagnostics } = parseKubeProxyFlags([flag]);
  expect(diagnostics).toEqual([]);
  expect(layer.value).toEqual({ [field]: expected });
});
