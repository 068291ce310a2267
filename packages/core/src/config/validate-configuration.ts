import { isIP, isLoopback, parseIP } from '../netaddr/ip.ts';
import { quoteValue } from '../util/quote-value.ts';
import { valueAt } from '../util/value-at.ts';
import type { KubeProxyConfiguration, ProxyMode } from './configuration.ts';
import { parseDuration } from './duration.ts';
import { parsePortRange } from './port-range.ts';
import { validateCIDRs } from './validate-cidrs.ts';
import { validateDetectLocal } from './validate-detect-local.ts';
import { validateNftablesInterface } from './validate-nftables-interface.ts';
import type { Violation } from './violation.ts';

type Validator = (config: KubeProxyConfiguration) => readonly Violation[];

/**
 * Everything that kube-proxy would refuse about a configuration, all at once. As in kube-proxy, the
 * sections of the modes `ipvs` and `nftables`, and what `userspace` cannot listen on, are looked at only
 * where `mode` says so.
 */
export function validateConfiguration(config: KubeProxyConfiguration): Violation[] {
  return [...always, ...ofMode[config.mode]].flatMap((validate) => validate(config));
}

const always: readonly Validator[] = [
  atLeast(0, 'clientConnection', 'burst'),
  validateBindAddress,
  hostPort('healthzBindAddress'),
  hostPort('metricsBindAddress'),
  between(0, 31, ['iptables', 'masqueradeBit']),
  syncPeriods('iptables'),
  validateDetectLocal,
  validateCIDRs,
  between(-1000, 1000, ['oomScoreAdj']),
  atLeast(0, 'conntrack', 'maxPerCore'),
  atLeast(0, 'conntrack', 'min'),
  ...['tcpEstablishedTimeout', 'tcpCloseWaitTimeout', 'udpTimeout', 'udpStreamTimeout'].map(
    (field) => notNegative('conntrack', field),
  ),
  positive('configSyncPeriod'),
  validatePortRange,
  validateLogging,
  validateHiddenMetrics,
];

const ipvsOnly: readonly Validator[] = [
  validateScheduler,
  syncPeriods('ipvs'),
  ...['tcpTimeout', 'tcpFinTimeout', 'udpTimeout'].map((field) => notNegative('ipvs', field)),
];

const nftablesOnly: readonly Validator[] = [
  between(0, 31, ['nftables', 'masqueradeBit']),
  syncPeriods('nftables'),
  validateNftablesInterface,
];

const userspaceOnly: readonly Validator[] = [validateListenAddress];

const ofMode: Readonly<Record<ProxyMode, readonly Validator[]>> = {
  '': [],
  iptables: [],
  ipvs: ipvsOnly,
  userspace: userspaceOnly,
  nftables: nftablesOnly,
};

function violationIf(broken: boolean, path: readonly string[], message: string): Violation[] {
  return broken ? [{ path, message }] : [];
}

function numberAt(config: KubeProxyConfiguration, path: readonly string[]): number {
  const value = valueAt(config, path);
  if (typeof value === 'number') return value;
  return typeof value === 'string' ? (parseDuration(value) ?? 0) : 0;
}

function between(least: number, most: number, path: readonly string[]): Validator {
  return (config) => {
    const value = numberAt(config, path);
    return violationIf(
      value < least || value > most,
      path,
      `${value} is not between ${least} and ${most}`,
    );
  };
}

function atLeast(least: number, ...path: readonly string[]): Validator {
  return (config) => {
    const value = numberAt(config, path);
    return violationIf(value < least, path, `${value} is less than ${least}`);
  };
}

function notNegative(...path: readonly string[]): Validator {
  return (config) =>
    violationIf(
      numberAt(config, path) < 0,
      path,
      `${quoteValue(valueAt(config, path))} is less than 0`,
    );
}

function positive(...path: readonly string[]): Validator {
  return (config) =>
    violationIf(
      numberAt(config, path) <= 0,
      path,
      `${quoteValue(valueAt(config, path))} is not greater than 0`,
    );
}

function syncPeriods(section: 'iptables' | 'ipvs' | 'nftables'): Validator {
  return (config) => {
    const { syncPeriod, minSyncPeriod } = config[section];
    const shorter =
      numberAt(config, [section, 'syncPeriod']) < numberAt(config, [section, 'minSyncPeriod']);
    const message = `${quoteValue(syncPeriod)} is shorter than minSyncPeriod, ${quoteValue(minSyncPeriod)}`;
    return [
      ...positive(section, 'syncPeriod')(config),
      ...notNegative(section, 'minSyncPeriod')(config),
      ...violationIf(shorter, [section, 'syncPeriod'], message),
    ];
  };
}

function validateBindAddress({ bindAddress }: KubeProxyConfiguration): Violation[] {
  return violationIf(
    !isIP(bindAddress),
    ['bindAddress'],
    `${quoteValue(bindAddress)} is no IP address`,
  );
}

function hostPort(field: 'healthzBindAddress' | 'metricsBindAddress'): Validator {
  return (config) => {
    const value = config[field];
    const match = /^(?:\[(?<bracketed>[^\]]*)\]|(?<plain>[^:]*)):(?<port>\d{1,5})$/.exec(value);
    const host = match?.groups?.['bracketed'] ?? match?.groups?.['plain'] ?? '';
    const port = Number(match?.groups?.['port']);
    const valid = isIP(host) && port >= 1 && port <= 65535;
    return violationIf(
      !valid,
      [field],
      `${quoteValue(value)} is no IP address with a port (such as "0.0.0.0:10256")`,
    );
  };
}

/**
 * kube-proxy takes any name, and ends when the kernel has no such scheduler. Names that no kernel can
 * have are refused here: `ipvsadm` would read them as something else.
 */
function validateScheduler({ ipvs: { scheduler } }: KubeProxyConfiguration): Violation[] {
  return violationIf(
    !/^\w{0,15}$/.test(scheduler),
    ['ipvs', 'scheduler'],
    `${quoteValue(scheduler)} is no name that an IPVS scheduler can have`,
  );
}

/** Packets from elsewhere are not led to a loopback address. */
function validateListenAddress({ bindAddress }: KubeProxyConfiguration): Violation[] {
  const ip = parseIP(bindAddress);
  return violationIf(
    ip !== undefined && isLoopback(ip),
    ['bindAddress'],
    `${quoteValue(bindAddress)} is a loopback address, on which mode userspace cannot serve others`,
  );
}

function validatePortRange({ portRange }: KubeProxyConfiguration): Violation[] {
  const valid = portRange.trim() === '' || parsePortRange(portRange) !== undefined;
  return violationIf(!valid, ['portRange'], `${quoteValue(portRange)} is no range of ports`);
}

/** The rules of Kubernetes' LoggingConfiguration. */
function validateLogging({ logging }: KubeProxyConfiguration): Violation[] {
  const { format = '', verbosity = 0 } = logging;
  const isFormat = ['', 'text', 'json'].includes(String(format));
  const isVerbosity = Number.isInteger(verbosity) && Number(verbosity) >= 0;
  return [
    ...violationIf(
      !isFormat,
      ['logging', 'format'],
      `${quoteValue(format)} is neither "text" nor "json"`,
    ),
    ...violationIf(
      !isVerbosity,
      ['logging', 'verbosity'],
      `${quoteValue(verbosity)} is no whole number from 0 on`,
    ),
  ];
}

function validateHiddenMetrics({
  showHiddenMetricsForVersion: version,
}: KubeProxyConfiguration): Violation[] {
  const isVersion = version === '' || /^\d+\.\d+$/.test(version);
  return violationIf(
    !isVersion,
    ['showHiddenMetricsForVersion'],
    `${quoteValue(version)} is no release (such as "1.35")`,
  );
}
