import { changeNftables, compile } from '@kube-rules/core';
import type { Layout, NftablesRuleset } from '@kube-rules/core';
import { modelSnapshot } from './model-cluster.ts';
import type { ModelCluster } from './model-cluster.ts';
import { runInFreshNamespace } from './namespace.ts';
import type { Network } from './network.ts';
import { canonicalListing, readContents } from './nftables-contents.ts';
import type { Contents } from './nftables-contents.ts';
import { loadNftablesScript, printNftablesDocuments } from './nftables-documents.ts';
import { listRulesetScript } from './nftables-listing.ts';

/** node1 of a network, whose rules are changed in transactions. */
export interface ChangingNode {
  /** Replaces the rules, and forgets all connections. */
  load(cluster: ModelCluster): Promise<void>;
  /** Changes the rules as they are at the given second; without one it is now. */
  change(cluster: ModelCluster, options?: ChangeOptions): Promise<void>;
  /** Changes the rules to one cluster, to the other and so on, so many times, in one run of nft. */
  flip(clusters: readonly [ModelCluster, ModelCluster], transactions: number): Promise<void>;
  /** The last ruleset as it was compiled, and what the kernel has to have now. */
  rulesets(): { readonly compiled: NftablesRuleset; readonly result: NftablesRuleset };
  /** What the kernel has. */
  list(): Promise<string>;
  nft(input: string): Promise<string>;
  /** How long each transaction took that was not empty, in milliseconds. */
  readonly durations: readonly number[];
}

interface ChangeOptions {
  readonly time?: number;
  /** Changes the layout. */
  readonly layout?: Layout;
}

const ONE_DAY = 86_400;

/** Of how many changes a flip to and fro is, and after how many it is the same each time. */
const CYCLE = 2;
const SETTLED = 4;

/** Starts with no rules of the layout. */
export function createChangingNode({ agents, run }: Network, layout: Layout): ChangingNode {
  const empty = modelSnapshot({ services: [], detector: 'ClusterCIDR', masqueradeAll: false });
  let compiled = compile(empty, 'nftables', { layout });
  let result = compiled;
  const durations: number[] = [];
  const nft = (argv: readonly string[], input: string) =>
    agents.node1.request('nft', { argv, input });
  return {
    load: async (cluster) => {
      compiled = compile(modelSnapshot(cluster), 'nftables', { layout });
      result = compiled;
      const script = loadNftablesScript(printNftablesDocuments(compiled, 'script'));
      await run('node1', `${script}conntrack -F 2>/dev/null\n`);
    },
    flip: async (clusters, transactions) => {
      const steps: (readonly string[])[] = [];
      const first = Date.now() / 1000;
      for (let step = 0; step < SETTLED + CYCLE; step += 1) {
        const options = layout === 'fast' ? { previous: result, time: first + step * ONE_DAY } : {};
        const cluster = clusters[step % 2 === 0 ? 0 : 1];
        compiled = compile(modelSnapshot(cluster), 'nftables', { ...options, layout });
        const change = changeNftables(result, compiled);
        ({ result } = change);
        steps.push(change.scripts);
      }
      await nft(['-i'], printLines(steps, transactions));
    },
    change: async (cluster, { time = Date.now() / 1000, layout: other = layout } = {}) => {
      const options = other === 'fast' ? { previous: result, time } : {};
      compiled = compile(modelSnapshot(cluster), 'nftables', { ...options, layout: other });
      const change = changeNftables(result, compiled);
      ({ result } = change);
      for (const script of change.scripts)
        durations.push((await nft(['-f', '-'], script)).milliseconds);
    },
    rulesets: () => ({ compiled, result }),
    list: async () => (await nft(['list', 'ruleset'], '')).output,
    nft: async (input) => (await nft(['-a', '-f', '-'], input)).output,
    durations,
  };
}

/** Repeats the cycle in which the steps end, a line for each script. */
function printLines(steps: readonly (readonly string[])[], transactions: number): string {
  const lines = steps.map((scripts) =>
    scripts.map((script) => `${script.trim().replaceAll('\n', '; ')}\n`).join(''),
  );
  const cycle = lines.slice(-CYCLE);
  const before = lines.slice(-2 * CYCLE, -CYCLE);
  if (cycle.join('') !== before.join('')) {
    throw new Error(`The changes do not repeat themselves:\n${before.join('')}\n${cycle.join('')}`);
  }
  const rounds = Math.ceil((transactions - lines.length) / CYCLE);
  return `${lines.join('')}${cycle.join('').repeat(rounds)}quit\n`;
}

/** What a kernel lists that has nothing but the ruleset. */
export function listFresh(ruleset: NftablesRuleset): Promise<string> {
  const documents = printNftablesDocuments(ruleset, 'script');
  return runInFreshNamespace(`${loadNftablesScript(documents)}${listRulesetScript}`);
}

/** Both ways to compare what two kernels have. */
export function comparable(listing: string): {
  readonly text: string;
  readonly contents: Contents;
} {
  return { text: canonicalListing(listing), contents: readContents(listing) };
}
