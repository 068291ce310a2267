/** Who asks for an endpoint, and when. */
interface Pick {
  /** The client's address, without the port. */
  readonly client: string;
  /** In milliseconds, of any clock that does not go back. */
  readonly now: number;
}

/** What a balancer chooses from; the timeout is in seconds, and absent without ClientIP affinity. */
interface Choice {
  readonly endpoints: readonly string[];
  readonly affinityTimeout?: number | undefined;
}

/** Chooses endpoints as kube-proxy's userspace mode did, but without shuffling them first. */
export interface Balancer {
  readonly endpoints: () => readonly string[];
  /** Round robin from the first endpoint on; `undefined` if there are no endpoints. */
  readonly pickEndpoint: (pick: Pick) => string | undefined;
  /** Ends the affinity of a client: its endpoint could not be reached. */
  readonly forget: (client: string) => void;
  /** Another set of endpoints starts from its first, and ends the affinity to those that are gone. */
  readonly update: (choice: Choice) => void;
  /** How many clients are remembered. */
  readonly remembered: () => number;
}

interface Affinity {
  readonly endpoint: string;
  readonly lastUsed: number;
}

export function createBalancer(): Balancer {
  let endpoints: readonly string[] = [];
  let timeout = 0;
  let index = 0;
  /** The one used longest ago comes first, so that the expired ones are found without a search. */
  const affinities = new Map<string, Affinity>();

  function forgetExpired(now: number): void {
    for (const [client, { lastUsed }] of affinities) {
      if (now - lastUsed < timeout) return;
      affinities.delete(client);
    }
  }

  function remember(client: string, affinity: Affinity): void {
    affinities.delete(client);
    affinities.set(client, affinity);
  }

  return {
    endpoints: () => endpoints,
    pickEndpoint: ({ client, now }) => {
      forgetExpired(now);
      let endpoint = affinities.get(client)?.endpoint;
      if (endpoint === undefined) {
        endpoint = endpoints[index];
        index = (index + 1) % Math.max(endpoints.length, 1);
      }
      if (endpoint !== undefined && timeout > 0) remember(client, { endpoint, lastUsed: now });
      return endpoint;
    },
    forget: (client) => void affinities.delete(client),
    update: (choice) => {
      timeout = (choice.affinityTimeout ?? 0) * 1000;
      if (timeout === 0) affinities.clear();
      if (isSameSet(endpoints, choice.endpoints)) return;
      endpoints = [...choice.endpoints];
      index = 0;
      const known = new Set(endpoints);
      for (const [client, { endpoint }] of affinities) {
        if (!known.has(endpoint)) affinities.delete(client);
      }
    },
    remembered: () => affinities.size,
  };
}

function isSameSet(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  const sorted = b.toSorted();
  return a.toSorted().every((endpoint, at) => endpoint === sorted[at]);
}
