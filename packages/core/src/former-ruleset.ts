import type { EntryGroup, NodeRules } from './diff/node-rules.ts';
import type { FormerRuleset, Layout } from './proxier/nftables/ruleset.ts';
import { objectName, type NamedMap } from './ruleset/nftables/index.ts';

/** The layout of a node's tables; kube-proxy's own if there are none. */
export function layoutOf(rules: NodeRules): Layout {
  const isFast = rules.some(
    ({ kind, groups }) =>
      kind === 'nftables' && groups.some(({ name }) => name === 'endpoints-tcp'),
  );
  return isFast ? 'fast' : 'kube-proxy';
}

/** What `compile` needs of a node's tables, so that endpoints keep their slots: the maps of endpoints. */
export function formerRulesetOf(rules: NodeRules): FormerRuleset {
  const tableOf = (family: string): FormerRuleset['ipv4'] => {
    const groups = rules.find(({ name }) => name === `nftables ${family} kube-proxy`)?.groups ?? [];
    return {
      table: { maps: groups.filter(({ name }) => /(?:^|-)endpoints-/.test(name)).map(endpointMap) },
    };
  };
  return { ipv4: tableOf('ip'), ipv6: tableOf('ip6') };
}

function endpointMap({
  name,
  entries,
}: EntryGroup): FormerRuleset['ipv4']['table']['maps'][number] {
  const elements = entries.flatMap(({ key, text }) => {
    const [ip, port] = text.slice(text.lastIndexOf(' : ') + 3).split(' . ');
    if (ip === undefined || port === undefined) return [];
    const origin = { reason: 'endpoint' };
    return [{ key: key.split(' . '), destination: { ip, port: Number(port) }, origin }];
  });
  return { name: objectName(name), elements } satisfies Pick<NamedMap, 'name' | 'elements'>;
}
