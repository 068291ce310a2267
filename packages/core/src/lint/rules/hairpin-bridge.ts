import { listNames } from '../../util/list-names.ts';
import { groupBy } from '../../util/group-by.ts';
import type { LintRule } from '../lint-rule.ts';
import { podBridgeOf } from '../../service/pod-bridge-of.ts';

/**
 * Pods behind a bridge reach themselves
 *
 * A packet that a Service sends back to its sender leaves the bridge by the port that it came in by,
 * which bridges do in hairpin mode only.
 */
export const hairpinBridge: LintRule = {
  code: 'HAIRPIN_BRIDGE',
  *check({ nodeSnapshots, endpointNodes }) {
    const bridges = nodeSnapshots.flatMap((snapshot) => {
      const { detectLocalMode, detectLocal } = snapshot.config;
      const configured = detectLocalMode === 'BridgeInterface' ? detectLocal.bridgeInterface : '';
      const bridge = configured === '' ? podBridgeOf(snapshot) : configured;
      return bridge === undefined ? [] : [{ bridge, nodeName: snapshot.nodeName }];
    });
    const concerned = bridges.filter(({ nodeName }) => endpointNodes.has(nodeName));
    for (const [bridge, nodes] of groupBy(concerned, (one) => one.bridge)) {
      const names = nodes.map(({ nodeName }) => nodeName);
      yield {
        message: `Pods of ${listNames(names)} are behind the bridge ${bridge}: one that is given itself by a Service gets an answer only if its port of the bridge is in hairpin mode.`,
        objects: names.slice(0, 1).map((name) => ({ kind: 'Node', name, path: '' })),
      };
    }
  },
};
