import type { Item, NodeRules } from '../diff/node-rules.ts';
import { containsIP, parseCIDR } from '../netaddr/cidr.ts';
import { parseIP, type IPBytes } from '../netaddr/ip.ts';
import type { Finding } from './finding.ts';
import { chainsNamed, isOwnChain } from './ownership.ts';

/**
 * Rules of others that stand before kube-proxy's jump in the same chain and end a packet's way to a
 * Service there: by a verdict, for all packets, or for an address of a Service.
 */
export function findShadowing(live: NodeRules, serviceIPs: readonly string[]): Finding[] {
  const ips = serviceIPs.map(parseIP).filter((ip) => ip !== undefined);
  return live
    .filter(({ kind }) => kind === 'iptables')
    .flatMap(({ name: section, chains }) =>
      chains.flatMap(({ name: container, rules }) => {
        if (isOwnChain(container)) return [];
        // By rule: the chain of kube-proxy's to which the next own jump leads.
        const targets = rules.map(({ text }) => chainsNamed(text).find(isOwnChain));
        const last = targets.findLastIndex((target) => target !== undefined);
        return rules.slice(0, Math.max(last, 0)).flatMap((rule, index): Finding[] =>
          takesServiceTraffic(rule, ips)
            ? [
                {
                  kind: 'shadowed',
                  section,
                  container,
                  ruleNumber: index + 1,
                  ...(rule.place && { place: rule.place }),
                  live: rule.text,
                  message: `This rule of somebody else ends the way of packets to Services before the jump to ${targets.slice(index).find((target) => target !== undefined)}.`,
                },
              ]
            : [],
        );
      }),
    );
}

const verdict = / -j (?:ACCEPT|DROP|REJECT|RETURN|DNAT|REDIRECT|TPROXY|NOTRACK|QUEUE|NFQUEUE)\b/;

/** Matches that single out packets of which a Service may be one; any other makes the rule too special to judge. */
const known = / (?:! )?-[psdio] \S+| -m conntrack --ctstate \S+/g;

const comment = / -m comment --comment "(?:[^"\\]|\\.)*"/g;

function takesServiceTraffic(rule: Item, serviceIPs: readonly IPBytes[]): boolean {
  const text = rule.text.replaceAll(comment, '');
  const found = verdict.exec(text);
  if (!found) return false;
  const matches = text.slice(0, found.index);
  if (/ -i lo\b| -o lo\b| ! -d /.test(matches)) return false;
  const states = /--ctstate (\S+)/.exec(matches)?.[1];
  if (states !== undefined && !states.split(',').includes('NEW')) return false;
  if (matches.replace(/^-A \S+/, '').replaceAll(known, '') !== '') return false;
  const destination = / -d (\S+)/.exec(matches)?.[1];
  if (destination === undefined) return !/ -[sio] /.test(matches);
  const cidr = parseCIDR(destination);
  return cidr !== undefined && serviceIPs.some((ip) => containsIP(cidr, ip));
}
