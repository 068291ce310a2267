import { families } from '../../netaddr/family.ts';
import { parseCIDR } from '../../netaddr/cidr.ts';
import type { LintRule } from '../lint-rule.ts';
import { configurationRef } from '../refs.ts';

/**
 * nodePortAddresses restrict both families
 *
 * CIDRs of one family only mean all addresses of the other.
 */
export const nodePortAddressesOneFamily: LintRule = {
  code: 'NODE_PORT_ADDRESSES_ONE_FAMILY',
  *check({ snapshot: { config }, families: resolved }) {
    const listed = new Set(config.nodePortAddresses.map((text) => parseCIDR(text)?.family));
    const [open, ...others] = families.filter((family) => !listed.has(family));
    if (open === undefined || others.length > 0) return;
    const isUsed = resolved.some(
      ({ family, servicePorts }) =>
        family === open && servicePorts.some(({ servicePort }) => servicePort.nodePort !== 0),
    );
    if (!isUsed) return;
    yield {
      message: `nodePortAddresses has no ${open} CIDR, which means all addresses: ${open} node ports answer on each of them.`,
      objects: [configurationRef('nodePortAddresses')],
    };
  },
};
