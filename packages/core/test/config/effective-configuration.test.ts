import { expect, test } from 'vitest';
import type {
  ConfigurationLayer,
  ConfigurationSource,
} from '../../src/config/configuration-layer.ts';
import { defaultConfiguration } from '../../src/config/default-configuration.ts';
import {
  effectiveConfiguration,
  type EffectiveConfiguration,
} from '../../src/config/effective-configuration.ts';
import { valueAt } from '../../src/util/value-at.ts';

/** One field of specification section 6.1. */
interface Field {
  readonly path: string;
  readonly default: unknown;
  readonly valid: readonly unknown[];
  /** Values of the right type that kube-proxy refuses. */
  readonly invalid?: readonly unknown[];
  readonly wrongType: unknown;
  /** Values that mean the default. */
  readonly unset?: readonly unknown[];
  /** What else must be set for the rule to hold. */
  readonly given?: Readonly<Record<string, unknown>>;
}

const onOff = { valid: [true, false], wrongType: 'true' };
const text = { valid: ['any text'], wrongType: 5, unset: [''] };
const address = {
  valid: ['192.0.2.1:80', '[fd00::1]:65535'],
  invalid: ['192.0.2.1', 'localhost:80', '192.0.2.1:0', '192.0.2.1:65536'],
  wrongType: 10_256,
  unset: [''],
};
const atLeastZero = { valid: [0, 1], invalid: [-1], wrongType: '1' };
const markBit = { default: 14, valid: [0, 31], invalid: [-1, 32], wrongType: '14' };
const syncPeriod = {
  default: '30s',
  valid: ['1m', '2s'],
  invalid: ['-1s', '500ms'],
  wrongType: 30,
  unset: ['0s', '0', ''],
};
const timeout = { valid: ['0s', '1h30m'], invalid: ['-1s'], wrongType: '5' };

const fields: readonly Field[] = [
  { path: 'featureGates', default: {}, valid: [{ A: true }], wrongType: ['A'] },
  { path: 'clientConnection.kubeconfig', default: '', ...text },
  { path: 'clientConnection.acceptContentTypes', default: '', ...text },
  { path: 'clientConnection.contentType', default: 'application/vnd.kubernetes.protobuf', ...text },
  { path: 'clientConnection.qps', default: 5, valid: [0.5, 100], wrongType: '5', unset: [0] },
  {
    path: 'clientConnection.burst',
    default: 10,
    valid: [1],
    invalid: [-1],
    wrongType: 1.5,
    unset: [0],
  },
  { path: 'logging', default: {}, valid: [{ format: 'json', verbosity: 3 }], wrongType: 'json' },
  { path: 'hostnameOverride', default: '', ...text },
  {
    path: 'bindAddress',
    default: '0.0.0.0',
    valid: ['192.0.2.1'],
    invalid: ['localhost', '192.0.2.1:80'],
    wrongType: 0,
    unset: [''],
  },
  { path: 'healthzBindAddress', default: '0.0.0.0:10256', ...address },
  { path: 'metricsBindAddress', default: '127.0.0.1:10249', ...address },
  { path: 'bindAddressHardFail', default: false, ...onOff },
  { path: 'enableProfiling', default: false, ...onOff },
  { path: 'showHiddenMetricsForVersion', default: '', valid: ['1.35'], wrongType: 1.35 },
  {
    path: 'mode',
    default: '',
    valid: ['iptables', 'ipvs', 'userspace', 'nftables'],
    invalid: ['IPTables', 'kernelspace'],
    wrongType: 1,
    unset: [''],
  },
  { path: 'iptables.masqueradeBit', ...markBit },
  { path: 'iptables.masqueradeAll', default: false, ...onOff },
  { path: 'iptables.localhostNodePorts', default: true, ...onOff },
  { path: 'iptables.syncPeriod', ...syncPeriod },
  {
    path: 'iptables.minSyncPeriod',
    default: '1s',
    valid: ['30s'],
    invalid: ['-1s'],
    wrongType: 1,
    unset: ['0s'],
  },
  { path: 'ipvs.syncPeriod', ...syncPeriod, given: { mode: 'ipvs' }, invalid: ['-1s'] },
  {
    path: 'ipvs.minSyncPeriod',
    default: '0s',
    valid: ['30s'],
    invalid: ['-1s'],
    wrongType: 1,
    unset: ['0s'],
    given: { mode: 'ipvs' },
  },
  {
    path: 'ipvs.scheduler',
    default: '',
    valid: ['wlc', 'any_name'],
    invalid: ['any text', 'rr\n-C'],
    wrongType: 5,
    unset: [''],
    given: { mode: 'ipvs' },
  },
  {
    path: 'ipvs.excludeCIDRs',
    default: [],
    valid: [[], ['10.0.0.0/8']],
    invalid: [['10.0.0.1']],
    wrongType: 'x',
    given: { mode: 'ipvs' },
  },
  { path: 'ipvs.strictARP', default: false, ...onOff },
  { path: 'ipvs.tcpTimeout', default: '0s', ...timeout, given: { mode: 'ipvs' } },
  { path: 'ipvs.tcpFinTimeout', default: '0s', ...timeout, given: { mode: 'ipvs' } },
  { path: 'ipvs.udpTimeout', default: '0s', ...timeout, given: { mode: 'ipvs' } },
  { path: 'nftables.masqueradeBit', ...markBit, given: { mode: 'nftables' } },
  { path: 'nftables.masqueradeAll', default: false, ...onOff },
  { path: 'nftables.syncPeriod', ...syncPeriod, given: { mode: 'nftables' } },
  {
    path: 'nftables.minSyncPeriod',
    default: '1s',
    valid: ['30s'],
    invalid: ['-1s'],
    wrongType: 1,
    unset: ['0s'],
    given: { mode: 'nftables' },
  },
  {
    path: 'winkernel',
    default: {},
    valid: [{ networkName: 'x', enableDSR: true }],
    wrongType: 'x',
  },
  {
    path: 'detectLocalMode',
    default: '',
    valid: ['ClusterCIDR', 'NodeCIDR'],
    invalid: ['clusterCIDR', 'Bridge'],
    wrongType: {},
    unset: [''],
  },
  {
    path: 'detectLocal.bridgeInterface',
    default: '',
    valid: ['cni0'],
    invalid: [''],
    wrongType: 0,
    given: { detectLocalMode: 'BridgeInterface' },
  },
  {
    path: 'detectLocal.interfaceNamePrefix',
    default: '',
    valid: ['veth'],
    invalid: [''],
    wrongType: 0,
    given: { detectLocalMode: 'InterfaceNamePrefix' },
  },
  {
    path: 'clusterCIDR',
    default: '',
    valid: ['10.0.0.0/8', 'fd00::/64,10.0.0.0/8'],
    invalid: ['10.0.0.1', '10.0.0.0/8,11.0.0.0/8', '10.0.0.0/8,fd00::/64,fd01::/64'],
    wrongType: ['10.0.0.0/8'],
    unset: [''],
  },
  {
    path: 'nodePortAddresses',
    default: [],
    valid: [['10.0.0.0/8', 'fd00::/64'], ['primary']],
    invalid: [['10.0.0.1'], ['all']],
    wrongType: '10.0.0.0/8',
  },
  {
    path: 'oomScoreAdj',
    default: -999,
    valid: [-1000, 0, 1000],
    invalid: [-1001, 1001],
    wrongType: 0.5,
  },
  { path: 'conntrack.maxPerCore', default: 32_768, ...atLeastZero },
  { path: 'conntrack.min', default: 131_072, ...atLeastZero },
  { path: 'conntrack.tcpEstablishedTimeout', default: '24h', ...timeout, valid: ['1h'] },
  { path: 'conntrack.tcpCloseWaitTimeout', default: '1h', ...timeout, valid: ['1m'] },
  { path: 'conntrack.tcpBeLiberal', default: false, ...onOff },
  { path: 'conntrack.udpTimeout', default: '0s', ...timeout },
  { path: 'conntrack.udpStreamTimeout', default: '0s', ...timeout },
  {
    path: 'configSyncPeriod',
    default: '15m',
    valid: ['1ms'],
    invalid: ['-1s'],
    wrongType: 15,
    unset: ['0s'],
  },
  {
    path: 'portRange',
    default: '',
    valid: ['30000-32767', '80'],
    invalid: ['2-1', 'x'],
    wrongType: 80,
  },
  { path: 'windowsRunAsService', default: false, ...onOff },
];

function layer(
  value: unknown,
  source: ConfigurationSource = { kind: 'file', file: 'f' },
): ConfigurationLayer {
  return { value, sourceOf: () => source };
}

function withField({ path, given }: Field, value: unknown): Record<string, unknown> {
  const [first = '', second] = path.split('.');
  return { ...given, [first]: second === undefined ? value : { [second]: value } };
}

function effectiveOf(
  field: Field,
  value: unknown,
): { value: unknown; wrong: string[]; source: unknown } {
  const { config, diagnostics, sources } = effectiveConfiguration([layer(withField(field, value))]);
  const paths = diagnostics.map(({ code, objects }) => `${code} ${objects[0]?.path}`);
  return {
    value: valueAt(config, field.path.split('.')),
    wrong: [...new Set(paths)],
    source: sources[field.path]?.kind,
  };
}

test.for(fields)('$path has its default', ({ path, ...field }) => {
  const { config, sources } = effectiveConfiguration([]);
  expect(valueAt(config, path.split('.'))).toEqual(field.default);
  expect(sources[path]).toEqual({ kind: 'default' });
});

test.for(fields)('$path takes what is valid', (field) => {
  for (const value of field.valid) {
    const effective = effectiveOf(field, value);
    expect(effective.wrong).toEqual([]);
    expect(effective.value).toEqual(value);
  }
});

test.for(fields)('$path refuses what is not', (field) => {
  for (const value of field.invalid ?? []) {
    const path = Array.isArray(value) ? `${field.path}[0]` : field.path;
    expect(effectiveOf(field, value).wrong).toEqual([`CONFIG_VALUE_INVALID ${path}`]);
  }
});

test.for(fields)('$path counts as unset if its type is wrong', (field) => {
  const { wrong, value, source } = effectiveOf({ ...field, given: {} }, field.wrongType);
  expect(wrong).toEqual([`CONFIG_VALUE_INVALID ${field.path}`]);
  expect(value).toEqual(field.default);
  expect(source).toBe('default');
});

test.for(fields.filter(({ unset }) => unset))('$path has values that mean the default', (field) => {
  for (const value of [...(field.unset ?? []), null]) {
    if (value === '' && field.path.endsWith('yncPeriod')) continue;
    expect(effectiveOf(field, value)).toEqual({
      value: field.default,
      wrong: [],
      source: 'default',
    });
  }
});

test('the table has a row for every field of the configuration, and for nothing else', () => {
  const leaves = Object.entries(defaultConfiguration).flatMap(([field, value]: [string, unknown]) =>
    typeof value === 'object' &&
    value !== null &&
    !Array.isArray(value) &&
    Object.keys(value).length > 0
      ? Object.keys(value).map((inner) => `${field}.${inner}`)
      : [field],
  );
  expect(fields.map(({ path }) => path).toSorted()).toEqual(leaves.toSorted());
  expect(Object.keys(effectiveConfiguration([]).sources)).toEqual(leaves);
});

test('the sections of other modes are not looked at', () => {
  const value = {
    mode: 'iptables',
    ipvs: { syncPeriod: '-1s', excludeCIDRs: ['x'] },
    nftables: { masqueradeBit: 99 },
  };
  expect(effectiveConfiguration([layer(value)]).diagnostics).toEqual([]);
});

const both = ({ config }: EffectiveConfiguration): string[] => [
  config.healthzBindAddress,
  config.metricsBindAddress,
];

test('healthzBindAddress and metricsBindAddress follow the family of bindAddress, where they are not set', () => {
  expect(both(effectiveConfiguration([layer({ bindAddress: '::' })]))).toEqual([
    '[::]:10256',
    '[::1]:10249',
  ]);
  expect(both(effectiveConfiguration([layer({ bindAddress: '192.0.2.1' })]))).toEqual([
    '0.0.0.0:10256',
    '127.0.0.1:10249',
  ]);
  const set = { bindAddress: 'fd00::1', healthzBindAddress: '192.0.2.1:1', metricsBindAddress: '' };
  expect(both(effectiveConfiguration([layer(set)]))).toEqual(['192.0.2.1:1', '[::1]:10249']);
});

test('reports all that is wrong at once, each with its path', () => {
  const value = {
    mode: 'ipvs',
    bindAddress: 'x',
    oomScoreAdj: 'low',
    iptables: { masqueradeAll: 'yes', masqueradeBit: 99, syncPeriod: 'soon' },
    ipvs: { excludeCIDRs: ['10.0.0.0/8', 'x', 5, 'y'], strictARP: 1 },
    conntrack: { min: -1, maxPerCore: -2 },
    featureGates: { A: 'true' },
  };
  const { config, diagnostics } = effectiveConfiguration([layer(value)]);
  expect(
    diagnostics.map(({ objects, message }) => `${objects[0]?.path}: ${message}`).toSorted(),
  ).toEqual([
    'bindAddress: "x" is no IP address.',
    'conntrack.maxPerCore: -2 is less than 0.',
    'conntrack.min: -1 is less than 0.',
    'featureGates.A: "true" is not a boolean.',
    'iptables.masqueradeAll: "yes" is not a boolean.',
    'iptables.masqueradeBit: 99 is not between 0 and 31.',
    'iptables.syncPeriod: "soon" is no duration (such as "30s").',
    'ipvs.excludeCIDRs[1]: "x" is no CIDR.',
    'ipvs.excludeCIDRs[2]: "y" is no CIDR.',
    'ipvs.excludeCIDRs[2]: 5 is not a string.',
    'ipvs.strictARP: 1 is not a boolean.',
    'oomScoreAdj: "low" is not a number.',
  ]);
  expect(config.iptables.syncPeriod).toBe('30s');
});

test('unknown fields are warnings, with a hint where one is near', () => {
  const value = {
    apiVersion: 'kubeproxy.config.k8s.io/v1alpha1',
    kind: 'KubeProxyConfiguration',
    Mode: 'ipvs',
    iptables: { masqueradebit: 5 },
    udpIdleTimeout: '250ms',
    logging: { format: 'json' },
    winkernel: { anything: 1 },
  };
  const { config, diagnostics } = effectiveConfiguration([layer(value)]);
  expect(config.mode).toBe('');
  expect(
    diagnostics.map(({ code, severity, objects }) => [code, severity, objects[0]?.path]),
  ).toEqual([
    ['CONFIG_FIELD_UNKNOWN', 'warning', 'Mode'],
    ['CONFIG_FIELD_UNKNOWN', 'warning', 'iptables.masqueradebit'],
    ['CONFIG_FIELD_UNKNOWN', 'warning', 'udpIdleTimeout'],
  ]);
  expect(diagnostics[0]?.message).toContain('did you mean "mode"?');
  expect(diagnostics[1]?.message).toContain('did you mean "masqueradeBit"?');
  expect(diagnostics[2]?.message).not.toContain('did you mean');
});

test('later layers win field by field, and each value knows where it comes from', () => {
  const { config, sources } = effectiveConfiguration([
    layer(
      {
        mode: 'ipvs',
        clusterCIDR: '10.0.0.0/8',
        iptables: { masqueradeBit: 5, masqueradeAll: true },
      },
      { kind: 'ConfigMap', file: 'cm' },
    ),
    layer(
      { clusterCIDR: '', iptables: { masqueradeBit: 0, syncPeriod: '0s' } },
      { kind: 'flag', flag: 'x' },
    ),
  ]);
  expect(config).toMatchObject({
    mode: 'ipvs',
    clusterCIDR: '10.0.0.0/8',
    iptables: { masqueradeBit: 0, masqueradeAll: true, syncPeriod: '30s' },
  });
  const map = { kind: 'ConfigMap', file: 'cm' };
  expect(sources).toMatchObject({
    mode: map,
    clusterCIDR: map,
    'iptables.masqueradeAll': map,
    'iptables.masqueradeBit': { kind: 'flag', flag: 'x' },
    'iptables.syncPeriod': { kind: 'default' },
  });
});

const rangeIn = (source: string) => (): { source: string; start: number; end: number } => ({
  source,
  start: 1,
  end: 2,
});

test('a violation is placed in the layer that the value comes from', () => {
  const { diagnostics } = effectiveConfiguration([
    { ...layer({ bindAddress: 'x', oomScoreAdj: 5000 }), rangeOf: rangeIn('file') },
    { ...layer({ bindAddress: 'y' }, { kind: 'flag', flag: 'bind-address' }) },
  ]);
  expect(diagnostics.map(({ message, range }) => [message, range?.source])).toEqual([
    ['--bind-address: "y" is no IP address.', undefined],
    ['5000 is not between -1000 and 1000.', 'file'],
  ]);
});

test.for<unknown>(['text', 5, [], true])('a document that is %j is wrong as a whole', (value) => {
  const { config, diagnostics } = effectiveConfiguration([layer(value)]);
  expect(config).toEqual(defaultConfiguration);
  expect(diagnostics).toMatchObject([{ code: 'CONFIG_VALUE_INVALID', objects: [{ path: '' }] }]);
});

test('a section that is nested without end is refused', () => {
  const logging = JSON.parse(`${'{"a":'.repeat(5000)}1${'}'.repeat(5000)}`) as unknown;
  const { config, diagnostics } = effectiveConfiguration([layer({ logging, mode: 'ipvs' })]);
  expect(diagnostics).toMatchObject([
    { code: 'CONFIG_VALUE_INVALID', objects: [{ path: 'logging' }] },
  ]);
  expect(config).toMatchObject({ logging: {}, mode: 'ipvs' });
});
