import { families } from '../netaddr/family.ts';
import type { Snapshot } from '../snapshot/snapshot.ts';
import { behaviourOf } from './behaviour.ts';
import type { Release } from './release.ts';
import { resolveFamily, type ResolvedServicePort } from './resolve-family.ts';

/** The service ports of both families as a release sees them. */
export function servicePortsOf(snapshot: Snapshot, release: Release): ResolvedServicePort[] {
  const behaviour = behaviourOf(release, snapshot.config.featureGates);
  return families.flatMap((family) => resolveFamily(snapshot, family, behaviour).servicePorts);
}
