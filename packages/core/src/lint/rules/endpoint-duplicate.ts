import type { EndpointSlice } from '../../snapshot/endpoint-slice.ts';
import { count } from '../count.ts';
import type { ServedService } from '../lint-context.ts';
import type { LintFinding, LintRule } from '../lint-rule.ts';
import { sliceRef } from '../refs.ts';

/**
 * An endpoint is in one slice
 *
 * While slices are rebuilt an address may be in two; what the second says is mostly ignored.
 */
export const endpointDuplicate: LintRule = {
  code: 'ENDPOINT_DUPLICATE',
  *check({ services }) {
    for (const served of services) if (mayRepeat(served)) yield* findDuplicates(served);
  },
};

/** Where a port has as many endpoints as its slices list, none is there twice. */
function mayRepeat({ slices, servicePorts }: ServedService): boolean {
  return servicePorts.some(({ servicePort, allEndpoints }) => {
    let listed = 0;
    for (const { addressType, ports, endpoints } of slices) {
      if (addressType !== servicePort.family) continue;
      for (const { name } of ports) if (name === servicePort.portName) listed += endpoints.length;
    }
    return listed > allEndpoints.length;
  });
}

interface Holder {
  readonly slice: EndpointSlice;
  readonly index: number;
  readonly ports: string;
}

function findDuplicates({ slices }: ServedService): LintFinding[] {
  const seen = new Map<string, Holder>();
  let found = 0;
  let first: { readonly address: string; readonly objects: LintFinding['objects'] } | undefined;
  for (const slice of slices) {
    const ports = slice.ports.map(({ port, name }) => `${name}:${port}`).join(' ');
    for (const [index, { addresses }] of slice.endpoints.entries()) {
      const [address = ''] = addresses;
      const holder = seen.get(address);
      if (!holder) seen.set(address, { slice, index, ports });
      else if (holder.ports === ports) {
        found++;
        first ??= { address, objects: [refOf(slice, index), refOf(holder.slice, holder.index)] };
      }
    }
  }
  if (!first) return [];
  const others = found === 1 ? '' : `, as ${count(found - 1, 'other')} of this Service`;
  return [
    {
      message: `The endpoint ${first.address} is there twice${others}: kube-proxy takes one of the two, and ignores what the other says of readiness, node and hints.`,
      objects: first.objects,
    },
  ];
}

function refOf(slice: EndpointSlice, index: number): LintFinding['objects'][number] {
  return sliceRef(slice, `endpoints[${index}].addresses[0]`);
}
