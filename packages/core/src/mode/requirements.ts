import type { KubeProxyConfiguration } from '../config/configuration.ts';
import { families, type Family } from '../netaddr/family.ts';
import { behaviourOf } from '../service/behaviour.ts';
import type { Release } from '../service/release.ts';
import { compareVersion } from '../util/compare-version.ts';
import type { Capabilities } from './capabilities.ts';
import { featureOptions, neededFeatures, type NftablesFeature } from './nftables-probes.ts';

/** The modes that a node can run in on Linux; in userspace mode kube-proxy itself can no more, since 1.26. */
export type RunnableMode = 'iptables' | 'ipvs' | 'userspace' | 'nftables';

export interface Candidate {
  readonly config: KubeProxyConfiguration;
  readonly capabilities: Capabilities;
  readonly release: Release;
  /** The family that must work; the other one may be missing. */
  readonly primaryFamily: Family;
}

/** What keeps kube-proxy from running in a mode, a clause each; empty if nothing does. */
export function unmetRequirements(mode: RunnableMode, candidate: Candidate): readonly string[] {
  return requirements[mode](candidate).filter((reason) => reason !== undefined);
}

/** The families that a mode would serve. */
export function servedFamilies(mode: RunnableMode, { capabilities }: Candidate): Family[] {
  if (mode === 'nftables') return [...families];
  return families.filter((family) => capabilities.iptables?.[family] ?? false);
}

type Reasons = readonly (string | undefined)[];

const requirements: Readonly<Record<RunnableMode, (candidate: Candidate) => Reasons>> = {
  iptables: (candidate) => [needsNatTable(candidate)],
  ipvs: (candidate) => [
    needsNatTable(candidate),
    needsVersion('ipset', candidate.capabilities.ipset, '6.0'),
    needsScheduler(candidate),
  ],
  userspace: (candidate) => [needsNatTable(candidate)],
  nftables: (candidate) => [
    needsVersion('the kernel', candidate.capabilities.kernel, '5.13'),
    needsVersion('nft', candidate.capabilities.nft, '1.0.1'),
    ...neededFeatures.map((feature) => needsFeature(feature, candidate)),
    needsGate(candidate),
  ],
};

function needsNatTable({ capabilities, primaryFamily }: Candidate): string | undefined {
  const works = capabilities.iptables?.[primaryFamily] ?? false;
  return works ? undefined : `iptables cannot read the ${primaryFamily} nat table`;
}

function needsVersion(
  name: string,
  version: string | undefined,
  least: string,
): string | undefined {
  if (version === undefined) return `${name} is not there, and must be ${least} or later`;
  return compareVersion(version, least) >= 0
    ? undefined
    : `${name} is ${version}, and must be ${least} or later`;
}

function needsScheduler({
  config,
  capabilities: { ipvsSchedulers },
}: Candidate): string | undefined {
  if (!ipvsSchedulers) return 'the kernel has no IPVS';
  const scheduler = config.ipvs.scheduler === '' ? 'rr' : config.ipvs.scheduler;
  return ipvsSchedulers.includes(scheduler)
    ? undefined
    : `the kernel has no IPVS scheduler ${scheduler}`;
}

function needsFeature(feature: NftablesFeature, { capabilities }: Candidate): string | undefined {
  return capabilities.nftablesFeatures?.[feature] === false
    ? `the kernel was built without ${featureOptions[feature]}`
    : undefined;
}

function needsGate({ config, release }: Candidate): string | undefined {
  if (behaviourOf(release, config.featureGates).nftablesMode) return undefined;
  return `release ${release} needs the feature gate NFTablesProxyMode`;
}
