import {
  printEntry,
  printVirtualServers,
  type IpvsRuleset,
  type Origin,
  type VirtualServer,
} from '@kube-rules/core';
import { ownerOf, type LineOwner, type OwnerFinder } from './owner.ts';

/** Finds the Service behind a set entry or a server: of a compiled one by its origin, of a golden server by its address. */
export function ipvsOwnerFinder(ruleset: IpvsRuleset): OwnerFinder {
  const byLine = new Map(ipvsLines(ruleset).map(({ line, origin }) => [line, ownerOf(origin)]));
  const byAddress = new Map(
    virtualServersOf(ruleset).map(({ address, origin }) => [address, origin.servicePort]),
  );
  return (line) => {
    const [, address = '', real] =
      /^-[Aa] (?:-t|-u|--sctp-service) (\S+)(?: -r (\S+))?/.exec(line) ?? [];
    return byLine.get(line) ?? serverOwner(byAddress.get(address), real);
  };
}

function serverOwner(
  servicePort: string | undefined,
  real: string | undefined,
): LineOwner | undefined {
  if (servicePort === undefined) return undefined;
  return {
    servicePort,
    text: real === undefined ? servicePort : `${servicePort}, endpoint ${real}`,
  };
}

interface OwnedLine {
  readonly line: string;
  readonly origin: Origin;
}

/** The lines of set entries and servers, each with why it is there. */
function ipvsLines(ruleset: IpvsRuleset): OwnedLine[] {
  const entries = [ruleset.ipv4, ruleset.ipv6]
    .flatMap(({ ipsets }) => ipsets)
    .flatMap(({ name, entries: ofSet }) =>
      ofSet.map(({ entry, origin }) => ({ line: `add ${name} ${printEntry(entry)}`, origin })),
    );
  const servers = virtualServersOf(ruleset).flatMap((server) => {
    const [own = '', ...reals] = printVirtualServers([server]).trimEnd().split('\n');
    const origins = server.realServers.map(({ origin }) => origin);
    return [
      { line: own, origin: server.origin },
      ...reals.map((line, index) => ({ line, origin: origins[index] ?? server.origin })),
    ];
  });
  return [...entries, ...servers];
}

function virtualServersOf({ ipv4, ipv6 }: IpvsRuleset): VirtualServer[] {
  return [...ipv4.virtualServers, ...ipv6.virtualServers];
}
