import type {
  Diagnostic,
  Listener,
  NodePlan,
  PlannedRules,
  ProxyPorts,
  Ruleset,
  Snapshot,
} from '@kube-rules/core';
import { overlapListeners } from './overlap-listeners.ts';

/** A change of the rules to those of a snapshot. */
export interface RulesChange {
  readonly snapshot: Snapshot;
  /** Those that are listened on. */
  readonly proxyPorts: ProxyPorts;
  /** To be done between planning and changing. */
  readonly onPlanned: (planned: Pick<PlannedRules, 'ruleset'>) => Promise<void>;
}

export interface NodeProxyOptions {
  /** Of the proxy. */
  readonly update: (listeners: readonly Listener[]) => Promise<void>;
  /** Changes the rules, or rejects and leaves them as they were. */
  readonly changeRules: (change: RulesChange) => Promise<NodePlan>;
}

/** What was done to follow a snapshot. */
export interface Followed {
  readonly plan: NodePlan;
  readonly diagnostics: readonly Diagnostic[];
  readonly listeners: readonly Listener[];
}

/** The rules of a node and the proxy to which they lead. */
export interface NodeProxy {
  /**
   * Makes both what a snapshot wants, in an order in which nothing is lost: what is new listens before rules lead to it,
   * and rules go before what they lead to. If the rules cannot be changed, endpoints follow all the same.
   */
  readonly follow: (snapshot: Snapshot) => Promise<Followed>;
}

export function createNodeProxy({ update, changeRules }: NodeProxyOptions): NodeProxy {
  let present: readonly Listener[] = [];

  return {
    follow: async (snapshot) => {
      let wanted: readonly Listener[] = [];
      let diagnostics: readonly Diagnostic[] = [];
      const onPlanned: RulesChange['onPlanned'] = async ({ ruleset }) => {
        wanted = listenersOf(ruleset);
        diagnostics = ruleset.diagnostics;
        present = overlapListeners(present, wanted);
        await update(present);
      };
      const plan = await changeRules({ snapshot, proxyPorts: proxyPortsOf(present), onPlanned });
      present = wanted;
      await update(present);
      return { plan, diagnostics, listeners: present };
    },
  };
}

function listenersOf(ruleset: Ruleset): readonly Listener[] {
  if (ruleset.mode !== 'userspace') throw new TypeError(`Mode ${ruleset.mode} has no proxy.`);
  return [...ruleset.ipv4.listeners, ...ruleset.ipv6.listeners];
}

function proxyPortsOf(listeners: readonly Listener[]): ProxyPorts {
  return Object.fromEntries(
    listeners.map(({ servicePort, protocol, port }) => [`${servicePort}/${protocol}`, port]),
  );
}
