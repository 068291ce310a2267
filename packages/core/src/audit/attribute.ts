import type { Item, NodeRules } from '../diff/node-rules.ts';
import type { Finding } from './finding.ts';

/** The Service and endpoint behind a rule or entry. */
export type Owner = Pick<Finding, 'servicePort' | 'endpoint'>;

/** Finds the owner of what is on a node. */
export type FindOwner = (item: Item, container?: string) => Owner;

/**
 * Compiled rules know their owner. A rule of a dump belongs to the Service whose chain it is in, or
 * leads to, or that its comment names; a chain's name is known from the objects, so this works for
 * dumps without comments, too.
 */
export function ownerFinder(expected: NodeRules): FindOwner {
  const byName = new Map<string, Owner>();
  for (const { chains, groups } of expected) {
    for (const { name, rules } of chains) {
      const [first] = rules;
      if (first && isOfService.test(name)) byName.set(name, ownerOf(first));
    }
    for (const { name, entries, origin } of groups)
      if (origin) byName.set(name, ownerOf({ text: '', origin }));
      else for (const entry of entries) if (entry.origin) byName.set(entry.text, ownerOf(entry));
  }
  return (item, container = '') => {
    if (item.origin) return ownerOf(item);
    return byName.get(container) ?? byName.get(item.text) ?? ownerByComment(item.text);
  };
}

/** Chains of one Service or endpoint: with a hash in iptables, with its name in nft. */
const isOfService = /-[A-Z2-7]{16}$|\//;

function ownerOf({ origin }: Item): Owner {
  if (origin?.servicePort === undefined) return {};
  const { servicePort, endpoint } = origin;
  return endpoint ? { servicePort, endpoint: endpoint.address } : { servicePort };
}

/** `prod/web:http` or `prod/web:http -> 10.244.1.5:8080`, as kube-proxy's comments have it. */
const inComment = /"[^"]*?([a-z0-9][a-z0-9.-]*\/[a-z0-9][a-z0-9.-]*(?::[a-z0-9-]+)?)/;

/** Since nftables mode has no comments on most objects, names of chains tell: `service-ABCDEFGH-prod/web/tcp/http`. */
const inName =
  /\b(?:service|local|external|firewall|endpoint|affinity)-[A-Z2-7]{8}-([^/ ]+\/[^/ ]+)\/\w+\/([^/_ }]*)/;

function ownerByComment(text: string): Owner {
  const [, service, port] = inName.exec(text) ?? [];
  if (service !== undefined) return { servicePort: port ? `${service}:${port}` : service };
  const servicePort = inComment.exec(text)?.[1];
  return servicePort === undefined ? {} : { servicePort };
}
