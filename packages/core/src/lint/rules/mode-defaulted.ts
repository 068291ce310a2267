import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * The mode is chosen, not defaulted
 *
 * The default is to become nftables in Kubernetes 1.40.
 */
export const modeDefaulted: LintRule = {
  code: 'MODE_DEFAULTED',
  *check({ snapshot: { config } }) {
    if (config.mode !== '') return;
    yield {
      message:
        'mode is not set, which means iptables; from Kubernetes 1.40 on it is to mean nftables, which treats some traffic otherwise.',
      objects: [configurationRef('mode')],
    };
  },
};
