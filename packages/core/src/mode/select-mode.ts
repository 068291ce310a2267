import type { KubeProxyConfiguration } from '../config/configuration.ts';
import type { Family } from '../netaddr/family.ts';
import { defaultRelease, type Release } from '../service/release.ts';
import type { Capabilities } from './capabilities.ts';
import {
  servedFamilies,
  unmetRequirements,
  type Candidate,
  type RunnableMode,
} from './requirements.ts';

export interface SelectModeOptions {
  readonly release?: Release;
  /**
   * Modes to try, in this order, where the configured one cannot run. Empty by default: kube-proxy
   * ends with an error. Up to about 1.21 it fell back from ipvs to iptables.
   */
  readonly fallback?: readonly RunnableMode[];
  /** The family that must work; IPv4 by default, IPv6 where `bindAddress` is such an address. */
  readonly primaryFamily?: Family;
}

export interface RejectedMode {
  readonly mode: RunnableMode;
  /** What it lacks, a clause each. */
  readonly reasons: readonly string[];
}

export interface ModeSelection {
  /** The mode that will run; `undefined` if none can, and kube-proxy would refuse to start. */
  readonly mode: RunnableMode | undefined;
  /** The families that it serves. */
  readonly families: readonly Family[];
  /** Why it is this mode, in a sentence. */
  readonly reason: string;
  /** The modes that were wanted before it and cannot run. */
  readonly rejected: readonly RejectedMode[];
}

/** Which mode kube-proxy will run in on a node, and why. */
export function selectMode(
  config: KubeProxyConfiguration,
  capabilities: Capabilities,
  options: SelectModeOptions = {},
): ModeSelection {
  const { release = defaultRelease, fallback = [] } = options;
  const primaryFamily =
    options.primaryFamily ?? (config.bindAddress.includes(':') ? 'IPv6' : 'IPv4');
  const candidate: Candidate = { config, capabilities, release, primaryFamily };
  const configured = config.mode === '' ? 'iptables' : config.mode;
  const rejected: RejectedMode[] = [];
  for (const mode of [configured, ...fallback.filter((other) => other !== configured)]) {
    const reasons = unmetRequirements(mode, candidate);
    if (reasons.length === 0) {
      const reason = explain(config, mode, rejected);
      return { mode, families: servedFamilies(mode, candidate), reason, rejected };
    }
    rejected.push({ mode, reasons });
  }
  return {
    mode: undefined,
    families: [],
    reason: `${describe(rejected)}: kube-proxy refuses to start.`,
    rejected,
  };
}

function explain(
  config: KubeProxyConfiguration,
  mode: RunnableMode,
  rejected: readonly RejectedMode[],
): string {
  if (rejected.length > 0)
    return `${describe(rejected)}; ${mode} is the next of the fallback list.`;
  if (config.mode === '') return "No mode is configured, and kube-proxy's default is iptables.";
  return `Mode ${mode} is configured.`;
}

function describe(rejected: readonly RejectedMode[]): string {
  return rejected
    .map(({ mode, reasons }) => `Mode ${mode} cannot run (${reasons.join('; ')})`)
    .join(', ');
}
