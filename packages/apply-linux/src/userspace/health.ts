/** How the rules of this node keep up with the changes: kube-proxy's proxier health. */
export interface Health {
  /** A change came, and waits to be carried out. */
  readonly queued: () => void;
  /** All changes that came so far are carried out. */
  readonly updated: () => void;
  /** Whether load balancers should send new connections to this node. */
  readonly setNodeEligible: (eligible: boolean) => void;
  readonly read: () => HealthState;
}

/** Times are in milliseconds since 1970, and `undefined` where there was none yet. */
export interface HealthState {
  /** A change waits for too long; never before the first update. */
  readonly stale: boolean;
  readonly nodeEligible: boolean;
  readonly now: number;
  readonly lastQueued: number | undefined;
  readonly lastUpdated: number | undefined;
}

export interface HealthOptions {
  /** In milliseconds; what waits for twice as long is stale. */
  readonly syncPeriod: number;
  readonly now: () => number;
}

export function createHealth({ syncPeriod, now }: HealthOptions): Health {
  let oldestWaiting: number | undefined;
  let lastQueued: number | undefined;
  let lastUpdated: number | undefined;
  let nodeEligible = true;
  return {
    queued: () => {
      lastQueued = now();
      oldestWaiting ??= lastQueued;
    },
    updated: () => {
      lastUpdated = now();
      oldestWaiting = undefined;
    },
    setNodeEligible: (eligible) => void (nodeEligible = eligible),
    read: () => {
      const time = now();
      const waits = oldestWaiting === undefined ? 0 : time - oldestWaiting;
      const stale = lastUpdated !== undefined && waits >= 2 * syncPeriod;
      return { stale, nodeEligible, now: time, lastQueued, lastUpdated };
    },
  };
}
