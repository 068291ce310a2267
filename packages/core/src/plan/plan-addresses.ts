import type { NodeRules } from '../diff/node-rules.ts';
import type { Operation } from './operation.ts';

/** Addresses of Services on the interface of ipvs mode: those that come, and, after everything else, those that go. */
export interface AddressPlan {
  readonly before: readonly Operation[];
  readonly after: readonly Operation[];
}

const link = 'kube-ipvs0';

export function planAddresses(from: NodeRules, to: NodeRules): AddressPlan {
  const [former, wanted] = [addressesOf(from), addressesOf(to)];
  const added = [...(wanted ?? [])].filter((address) => !former?.has(address));
  const gone = [...(former ?? [])].filter((address) => !wanted?.has(address));
  const after: Operation[] = wanted
    ? operation('deleteAddresses', gone)
    : former
      ? [{ kind: 'deleteLink', name: link }]
      : [];
  return {
    before: [
      ...(wanted && !former ? [{ kind: 'addLink', name: link } as const] : []),
      ...operation('addAddresses', added),
    ],
    after,
  };
}

function operation(
  kind: 'addAddresses' | 'deleteAddresses',
  addresses: readonly string[],
): Operation[] {
  return addresses.length === 0 ? [] : [{ kind, link, addresses }];
}

/** `undefined` where the interface is not there. */
function addressesOf(rules: NodeRules): ReadonlySet<string> | undefined {
  const section = rules.find(({ kind }) => kind === 'addresses');
  return section && new Set(section.groups.flatMap(({ entries }) => entries.map(({ key }) => key)));
}
