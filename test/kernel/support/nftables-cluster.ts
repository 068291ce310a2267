import type { Cluster } from './cluster.ts';
import { thisMachine } from './machine.ts';
import { hereDocument } from './namespace.ts';
import { startNetwork } from './network.ts';
import type { Network } from './network.ts';
import { loadNftablesScript } from './nftables-documents.ts';
import type { NftablesDocuments } from './nftables-documents.ts';
import {
  forgetArrivalsScript,
  listArrivalsScript,
  readArrivals,
  watchArrivalsScript,
} from './router.ts';

export interface NftablesCluster extends Required<Cluster> {
  readonly network: Network;
  /** Replaces the rules of node1 by documents of the form `script`, and forgets all connections. */
  load(documents: NftablesDocuments): Promise<void>;
}

/** Starts a cluster on this machine. */
export async function startNftablesCluster(): Promise<NftablesCluster> {
  const network = await startNetwork(thisMachine, watchArrivalsScript);
  const { run, probe, stop } = network;
  let forgetAffinityScript = '';
  return {
    network,
    load: async (documents) => {
      await run('node1', `${loadNftablesScript(documents)}conntrack -F 2>/dev/null\n`);
      await run('lan', forgetArrivalsScript);
      forgetAffinityScript = flushAffinitySets(documents);
    },
    probe,
    forgetAffinity: async () => {
      await run('node1', forgetAffinityScript);
    },
    arrivals: async () => readArrivals(await run('lan', listArrivalsScript)),
    stop,
  };
}

function flushAffinitySets(documents: NftablesDocuments): string {
  const listing = Object.values(documents).join('');
  const sets = [...listing.matchAll(/^add set (\S+ \S+ (?:nodeport-)?affinity-\S+) /gm)];
  return `nft -f - ${hereDocument(sets.map(([, set]) => `flush set ${set}\n`).join(''))}`;
}
