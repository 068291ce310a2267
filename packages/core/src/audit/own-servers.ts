import type { NodeRules } from '../diff/node-rules.ts';

/** The virtual servers of a node that are kube-proxy's: those that are expected, and those whose address is on kube-proxy's interface. */
export function ownServersOf(expected: NodeRules, live: NodeRules): ReadonlySet<string> {
  const bound = new Set(
    live
      .filter(({ kind }) => kind === 'addresses')
      .flatMap(({ groups }) => groups.flatMap(({ entries }) => entries.map(({ key }) => key))),
  );
  const stale = serversOf(live).filter((name) => {
    const address = name.slice(name.indexOf(' ') + 1, name.lastIndexOf(':'));
    return bound.has(address.replaceAll(/[[\]]/g, ''));
  });
  return new Set([...serversOf(expected), ...stale]);
}

function serversOf(rules: NodeRules): string[] {
  return rules
    .filter(({ kind }) => kind === 'ipvs')
    .flatMap(({ groups }) => groups.map(({ name }) => name));
}
