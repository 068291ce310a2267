import {
  printListeners,
  printRule,
  type IptablesFamily,
  type IpvsFamily,
  type Origin,
  type Rule,
  type Ruleset,
  type UserspaceFamily,
} from '@kube-rules/core';
import { ipvsOwnerFinder } from './ipvs-line-owner.ts';
import { nftablesOwnerByText, nftablesOwnerFinder } from './nftables-line-owner.ts';
import { ownerOf, type LineOwner, type OwnerFinder } from './owner.ts';

/** Finds the Service behind a line: of a compiled rule by its origin, of a golden one by its chain or comment. */
export function ownerFinder(ruleset: Ruleset, golden: string): OwnerFinder {
  if (ruleset.mode === 'nftables') return nftablesOwnerFinder(ruleset);
  const byLine = new Map<string, LineOwner>();
  const byChain = chainOwnersOf(golden);
  for (const rule of [...rulesOf(ruleset.ipv4), ...rulesOf(ruleset.ipv6)]) {
    byLine.set(printRule(rule), ownerOf(rule.origin));
    if (rule.origin.servicePort !== undefined && isOwnChain(rule.chain))
      byChain.set(rule.chain, chainOwner(rule.origin));
  }
  if (ruleset.mode === 'userspace') addListeners(byLine, ruleset);
  const ipvsOwner = ruleset.mode === 'ipvs' ? ipvsOwnerFinder(ruleset) : undefined;
  return (line) => {
    const compiled = byLine.get(line) ?? ipvsOwner?.(line);
    if (compiled) return compiled;
    const inComment = ownerByComment(line) ?? ownerByListener(line);
    return inComment?.text.includes(', endpoint ')
      ? inComment
      : (byChain.get(chainOf(line)) ?? inComment);
  };
}

function addListeners(
  byLine: Map<string, LineOwner>,
  { ipv4, ipv6 }: Extract<Ruleset, { readonly mode: 'userspace' }>,
): void {
  for (const listener of [...ipv4.listeners, ...ipv6.listeners])
    byLine.set(printListeners([listener]).trimEnd(), ownerOf(listener.origin));
}

function ownerByListener(line: string): LineOwner | undefined {
  const servicePort = /^\{"servicePort":"([^"]+)"/.exec(line)?.[1];
  return servicePort === undefined ? undefined : { servicePort, text: servicePort };
}

function rulesOf({ document }: IptablesFamily | IpvsFamily | UserspaceFamily): Rule[] {
  return document.tables.flatMap(({ rules }) => rules);
}

/** Whether a chain belongs to one service port or endpoint. */
function isOwnChain(chain: string): boolean {
  return /^KUBE-(?:SVC|SVL|EXT|FW|SEP)-/.test(chain);
}

/** The chains of endpoints are one endpoint's; the others belong to the service port as a whole. */
function chainOwner(origin: Origin): LineOwner {
  const isEndpoint = origin.reason === 'hairpin' || origin.reason === 'endpoint';
  const { servicePort = '' } = origin;
  return isEndpoint ? ownerOf(origin) : { servicePort, text: servicePort };
}

function chainOf(line: string): string {
  return /^(?::|-A )(\S+)/.exec(line)?.[1] ?? '';
}

/**
 * Golden rules have no origins: their comments and destinations tell. In a large cluster only the
 * shared chains have comments, so owners are also handed on to the chains that a rule jumps to.
 */
function chainOwnersOf(golden: string): Map<string, LineOwner> {
  const owners = new Map<string, LineOwner>();
  for (const line of golden.split('\n')) {
    const chain = chainOf(line);
    const servicePort = ownerByComment(line)?.servicePort ?? owners.get(chain)?.servicePort;
    if (servicePort === undefined) continue;
    for (const one of [chain, jumpOf(line)].filter(isOwnChain)) {
      if (!owners.has(one)) owners.set(one, { servicePort, text: servicePort });
    }
    const address = destinationOf(line);
    if (address !== undefined) owners.set(chain, endpointOwner(servicePort, address));
  }
  return owners;
}

function jumpOf(line: string): string {
  return / -j (\S+)$/.exec(line)?.[1] ?? '';
}

function destinationOf(line: string): string | undefined {
  return / --to-destination (\S+)/.exec(line)?.[1];
}

function endpointOwner(servicePort: string, address: string): LineOwner {
  return { servicePort, text: `${servicePort}, endpoint ${address}` };
}

const serviceInComment =
  /--comment "?(?:[a-zA-Z ]+ (?:for|to) )?([a-z0-9-]+\/[a-z0-9-]+(?::[a-z0-9-]+)?)(?=[ "]|$)(?: -> ([^"]+))?/;

function ownerByComment(line: string): LineOwner | undefined {
  const [, servicePort, arrow] = serviceInComment.exec(line) ?? [];
  if (servicePort === undefined) return undefined;
  const address = arrow ?? destinationOf(line);
  return address === undefined
    ? { servicePort, text: servicePort }
    : endpointOwner(servicePort, address);
}

/** The service ports that the lines of a document name: rules of iptables in comments, those of nft in names too. */
export function servicePortsOf(text: string): ReadonlySet<string> {
  const owners = text
    .split('\n')
    .map(
      (line) =>
        (ownerByComment(line) ?? ownerByListener(line) ?? nftablesOwnerByText(line))?.servicePort,
    );
  return new Set(owners.filter((owner) => owner !== undefined));
}
