import { printElement, type NftablesFamily, type NftablesRuleset } from '@kube-rules/core';
import { ownerOf, type LineOwner, type OwnerFinder } from './owner.ts';

/** Finds the Service behind a line of a table: of a compiled element by its origin, else by the names of chains and sets. */
export function nftablesOwnerFinder({ ipv4, ipv6 }: NftablesRuleset): OwnerFinder {
  const byLine = new Map([...elementOwners(ipv4), ...elementOwners(ipv6)]);
  return (line) => byLine.get(line) ?? nftablesOwnerByText(line);
}

/** Whom a line of a table names, in a name of a chain or set or in a comment. */
export function nftablesOwnerByText(line: string): LineOwner | undefined {
  return ownerByName(line) ?? ownerByComment(line);
}

function elementOwners({ table }: NftablesFamily): (readonly [string, LineOwner])[] {
  const { family, name, sets, maps } = table;
  return [...sets, ...maps].flatMap((container) =>
    container.elements.flatMap((element) => {
      const text = printElement(element);
      const alone = `add element ${family} ${name} ${container.name} { ${text} }`;
      const owner = ownerOf(element.origin);
      // The fast layout has each on a line of its own within one command.
      return [[alone, owner] as const, [`${text},`, owner] as const];
    }),
  );
}

const named =
  /(?:service|local|external|firewall|endpoint|affinity)-[A-Z2-7]{8}-([^/ ]+)\/([^/ ]+)\/\w+\/([^/_ ]*)(?:__([^/ ]+)\/(\d+))?/;

/** Chains and sets are named for their Service, and those of an endpoint for it too. */
function ownerByName(line: string): LineOwner | undefined {
  const [, namespace, name, port = '', ip, number] = named.exec(line) ?? [];
  if (namespace === undefined || name === undefined) return undefined;
  const servicePort = port === '' ? `${namespace}/${name}` : `${namespace}/${name}:${port}`;
  return {
    servicePort,
    text: ip === undefined ? servicePort : `${servicePort}, endpoint ${printAddress(ip)}:${number}`,
  };
}

/** In names, the colons of IPv6 addresses are dots. */
function printAddress(ip: string): string {
  return /^\d+\.\d+\.\d+\.\d+$/.test(ip) ? ip : `[${ip.replaceAll('.', ':')}]`;
}

function ownerByComment(line: string): LineOwner | undefined {
  const servicePort = /comment "([a-z0-9-]+\/[a-z0-9-]+(?::[a-z0-9-]+)?)"/.exec(line)?.[1];
  return servicePort === undefined ? undefined : { servicePort, text: servicePort };
}
