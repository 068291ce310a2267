import type { Cluster } from './cluster.ts';
import type { IpvsDocuments } from './ipvs-documents.ts';
import { clearIpvsScript, loadIpvsScript } from './ipvs-load-script.ts';
import {
  forgetArrivalsScript,
  listArrivalsScript,
  readArrivals,
  watchArrivalsScript,
} from './ipvs-router.ts';
import type { Machine } from './machine.ts';
import { startNetwork } from './network.ts';

export interface IpvsCluster extends Cluster {
  /** Replaces the rules of node1, and forgets all connections. */
  load(documents: IpvsDocuments): Promise<void>;
}

/** Starts a cluster in a kernel that has IPVS. */
export async function startIpvsCluster(machine: Machine): Promise<IpvsCluster> {
  const { run, probe, stop } = await startNetwork(machine, watchArrivalsScript);
  return {
    load: async (documents) => {
      await run(
        'node1',
        `${clearIpvsScript}${loadIpvsScript(documents)}conntrack -F 2>/dev/null\n`,
      );
      await run('lan', forgetArrivalsScript);
    },
    probe,
    arrivals: async () => readArrivals(await run('lan', listArrivalsScript)),
    stop,
  };
}
