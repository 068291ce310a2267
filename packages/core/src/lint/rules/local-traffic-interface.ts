import { quoteValue } from '../../util/quote-value.ts';
import type { LintRule } from '../lint-rule.ts';
import { podBridgeOf } from '../../service/pod-bridge-of.ts';
import { configurationRef } from '../refs.ts';

/**
 * Pods are told by the interface that their packets come in by
 *
 * To netfilter the packets of pods behind a bridge come in by the bridge, not by its ports; an
 * interface that is not there matches nothing.
 */
export const localTrafficInterface: LintRule = {
  code: 'LOCAL_TRAFFIC_INTERFACE',
  *checkNode(snapshot) {
    const { detectLocalMode, detectLocal } = snapshot.config;
    const { interfaces } = snapshot.nodeState;
    const { nodeName } = snapshot;
    if (!interfaces) return;
    const node = { kind: 'Node', name: nodeName, path: '' };
    if (detectLocalMode === 'BridgeInterface') {
      const { bridgeInterface } = detectLocal;
      if (interfaces.some(({ name }) => name === bridgeInterface)) return;
      yield {
        message: `Node ${nodeName} has no interface ${quoteValue(bridgeInterface)}: no packet counts as a pod's.`,
        objects: [configurationRef('detectLocal.bridgeInterface'), node],
      };
    }
    if (detectLocalMode === 'InterfaceNamePrefix') {
      const prefix = detectLocal.interfaceNamePrefix;
      const bridge = podBridgeOf(snapshot);
      if (bridge === undefined || bridge.startsWith(prefix)) return;
      yield {
        message: `Packets of Node ${nodeName}'s pods come in by ${bridge}, not by interfaces of the prefix ${quoteValue(prefix)}: none counts as a pod's.`,
        objects: [configurationRef('detectLocal.interfaceNamePrefix'), node],
      };
    }
  },
};
