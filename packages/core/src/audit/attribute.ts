import type { Item, NodeRules } from '../diff/node-rules.ts';
import type { Finding } from './finding.ts';
import { addressOf } from './own-servers.ts';
import { chainsNamed } from './ownership.ts';

/** The Service and endpoint behind a rule or entry. */
export type Owner = Pick<Finding, 'servicePort' | 'endpoint'>;

/** Finds the owner of what is on a node. */
export type FindOwner = (item: Item, container?: string) => Owner;

/**
 * Compiled rules know their owner. A rule of a dump belongs to the Service whose chain it is in, or
 * leads to, or that its comment names; a chain's name is known from the objects, so this works for
 * dumps without comments, too.
 *
 * @param commented The dumps' rules with the comments that their items may have lost since.
 */
export function ownerFinder(expected: NodeRules, commented: NodeRules = []): FindOwner {
  const byName = new Map<string, Owner>();
  for (const { chains, groups } of expected) {
    for (const { name, rules } of chains) {
      const [first] = rules;
      if (first && isOfService.test(name)) byName.set(name, ownerOf(first));
    }
    for (const { name, entries, origin } of groups)
      if (origin)
        for (const key of [name, addressOf(name)]) byName.set(key, ownerOf({ text: '', origin }));
      else
        for (const entry of entries)
          if (entry.origin)
            for (const key of [entry.text, `${name} ${destinationOf(entry.text)}`])
              byName.set(key, ownerOf(entry));
  }
  const texts = new Map(
    commented.flatMap(({ chains }) =>
      chains.flatMap(({ rules }) => rules.map(({ place, text }) => [place, text] as const)),
    ),
  );
  return (item, container = '') => {
    if (item.origin?.servicePort !== undefined) return ownerOf(item);
    const text = (item.place && texts.get(item.place)) ?? item.text;
    const names = [container, item.text, ...chainsNamed(item.text)];
    const known = names.map((name) => byName.get(name)).find((owner) => owner !== undefined);
    const servicePort = byName.get(`${container} ${destinationOf(item.text)}`)?.servicePort;
    if (!known && servicePort !== undefined) return { servicePort };
    return known ?? ownerByText(text) ?? ownerByText(container) ?? {};
  };
}

/** The address and port with which an element or a set entry begins. */
function destinationOf(text: string): string {
  return /^[\da-f.:]+(?: \. |,)[\w:]+/.exec(text)?.[0] ?? text;
}

/** Chains of one Service or endpoint: with a hash in iptables, with its name in nft. */
const isOfService = /-[A-Z2-7]{16}$|\//;

function ownerOf({ origin }: Item): Owner {
  if (origin?.servicePort === undefined) return {};
  const { servicePort, endpoint } = origin;
  return endpoint ? { servicePort, endpoint: endpoint.address } : { servicePort };
}

/** `prod/web:http` or `prod/web:http -> 10.244.1.5:8080`, as kube-proxy's comments have it. */
const inComment =
  /(?:^| )([a-z0-9][a-z0-9.-]{0,62}\/[a-z0-9][a-z0-9.-]{0,62}(?::[a-z0-9-]{1,63})?)(?: -> (\S+)$)?/;

/** Since nftables mode has no comments on most objects, names of chains tell: `service-ABCDEFGH-prod/web/tcp/http`. */
const inName =
  /\b(?:service|local|external|firewall|endpoint|affinity)-[A-Z2-7]{8}-([^/ ]+\/[^/ ]+)\/\w+\/([^/_ }]*)/;

function ownerByText(text: string): Owner | undefined {
  const [, service, port] = inName.exec(text) ?? [];
  if (service !== undefined) return { servicePort: port ? `${service}:${port}` : service };
  const comment = / comment "([^"]{1,256})"| --comment "([^"]{1,256})"/.exec(text);
  const [, servicePort, endpoint] = inComment.exec(comment?.[1] ?? comment?.[2] ?? '') ?? [];
  if (servicePort === undefined) return undefined;
  return endpoint === undefined ? { servicePort } : { servicePort, endpoint };
}
