import { ApplyError, applyWanted, thisMachine } from '@kube-rules/apply-linux';
import { defaultRelease, planCleanup } from '@kube-rules/core';
import { planLive } from '../command/plan-live.ts';
import type { NodeProxyOptions } from './create-node-proxy.ts';

export interface ChangeRulesOptions {
  /** Changes the rules of a kube-proxy that runs. */
  readonly takeOver?: true;
  readonly warn: (message: string) => void;
}

/** Changes the rules of this machine to those of userspace mode. */
export function createChangeRules(options: ChangeRulesOptions): NodeProxyOptions['changeRules'] {
  return async ({ snapshot, proxyPorts, onPlanned }) => {
    const { plan } = await applyWanted(
      async (live) => {
        // The rules of this mode are the same in all releases.
        const how = { mode: 'userspace', release: defaultRelease, proxyPorts } as const;
        const planned = await planLive(live, snapshot, how);
        await onPlanned(planned);
        return planned;
      },
      thisMachine,
      options,
    );
    return plan;
  };
}

const pause = 500;
const mostPauses = 20;

/** Removes the rules that lead to the proxy, and waits a while for another kube-rules that changes the node. */
export async function removeRules(
  nodeName: string,
  warn: (message: string) => void,
): Promise<void> {
  for (let pauses = 0; ; pauses++) {
    try {
      await applyWanted(
        ({ files }) => ({ plan: planCleanup(nodeName, files, { mode: 'userspace' }) }),
        thisMachine,
        // What is removed is of no other process, even if kube-proxy runs.
        { takeOver: true, warn },
      );
      return;
    } catch (error) {
      const isLocked = error instanceof ApplyError && error.code === 'LOCK_HELD';
      if (!isLocked || pauses === mostPauses) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
