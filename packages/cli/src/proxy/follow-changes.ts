import { ApplyError, type Health } from '@kube-rules/apply-linux';
import { parseDuration, type KubeProxyConfiguration, type Snapshot } from '@kube-rules/core';
import type { Wanted } from '../command/load-wanted.ts';
import type { Followed } from './create-node-proxy.ts';
import type { Inbox } from './create-inbox.ts';
import type { Teller } from './create-teller.ts';
import type { Unusable } from './read-wanted.ts';

export interface FollowOptions {
  readonly inbox: Inbox;
  readonly health: Health;
  readonly teller: Teller;
  /** What is followed already. */
  readonly first: Wanted;
  readonly read: () => Promise<Wanted | Unusable>;
  /** Rejects with an ApplyError where the rules could not be changed. */
  readonly follow: (snapshot: Snapshot) => Promise<Followed>;
}

/** Milliseconds after which a change of rules that failed is tried again. */
const retryPause = 5000;

/**
 * Follows the files until the end: each change, and with the period in which kube-proxy did, what became of the rules.
 * What cannot be read or carried out is told once, and the last good state goes on.
 */
export async function followChanges(options: FollowOptions): Promise<void> {
  const { inbox, health, teller, first, read } = options;
  let wanted = first;
  let isFailing = false;
  for (;;) {
    const { config } = wanted.loaded.snapshot;
    const reason = await inbox.next(isFailing ? retryPause : syncPeriodOf(config));
    if (reason === 'end') return;
    if (reason === 'changed') {
      const next = await read();
      teller.tellInput(next);
      if ('reason' in next) continue;
      teller.tellFixed(config, next.loaded.snapshot.config);
      wanted = next;
      health.queued();
    }
    isFailing = !(await tryToFollow(wanted, options));
  }
}

/** Whether it went well. */
async function tryToFollow(wanted: Wanted, options: FollowOptions): Promise<boolean> {
  const { health, teller, follow } = options;
  try {
    teller.tellFollowed(wanted, await follow(wanted.loaded.snapshot));
    health.updated();
    return true;
  } catch (error) {
    if (!(error instanceof ApplyError)) throw error;
    // A timer that finds nothing to do is no change that waits; one that cannot do it is.
    health.queued();
    teller.tellFailure(error);
    return false;
  }
}

/** How often kube-proxy looked after its rules in this mode, in milliseconds. */
export function syncPeriodOf({ iptables }: KubeProxyConfiguration): number {
  return (parseDuration(iptables.syncPeriod) ?? 30) * 1000;
}
