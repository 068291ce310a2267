import type { NodeRules } from './diff/node-rules.ts';
import type { ProxyPorts } from './proxier/userspace/choose-proxy-ports.ts';
import { compareText } from './util/compare-text.ts';
import { groupBy } from './util/group-by.ts';

/**
 * The proxy ports that a node's rules of userspace mode lead to, by `namespace/name:port/protocol`: what
 * `compile` needs so that none of them moves. Where rules of one service port disagree, most of them count.
 */
export function formerProxyPorts(rules: NodeRules): ProxyPorts {
  const found = rules
    .filter(({ name }) => /^iptables IPv[46] nat$/.test(name))
    .flatMap(({ chains }) => chains)
    .filter(({ name }) => /^KUBE-(?:PORTALS|NODEPORT)-(?:CONTAINER|HOST)$/.test(name))
    .flatMap((chain) => chain.rules.flatMap(({ text }) => readRule(text) ?? []));
  return Object.fromEntries(
    [...groupBy(found, ({ key }) => key)]
      .map(([key, own]) => [key, mostFrequent(own.map(({ port }) => port))] as const)
      .sort(([a], [b]) => compareText(a, b)),
  );
}

interface Found {
  readonly key: string;
  readonly port: number;
}

/** kube-proxy's comment is the name of the service port alone. */
const steered =
  / -p (tcp|udp) -m comment --comment "([a-z0-9./:-]+)" .* -j (?:REDIRECT --to-ports |DNAT --to-destination \S+:)(\d+)$/;

function readRule(text: string): Found | undefined {
  const [, protocol, name, port] = steered.exec(text) ?? [];
  return name === undefined ? undefined : { key: `${name}/${protocol}`, port: Number(port) };
}

function mostFrequent(ports: readonly number[]): number {
  const groups = [...groupBy(ports, (port) => port).entries()];
  const [[port] = [0]] = groups.sort(([a, as], [b, bs]) => bs.length - as.length || a - b);
  return port;
}
