import type { ApplyNode, Variant } from './apply-node.ts';
import { failingTool } from './failing-tool.ts';
import type { Fails } from './failing-tool.ts';

interface Failing {
  readonly tool: string;
  readonly variant: Variant;
  readonly fails: Fails;
  /** The snapshot to which the node is changed, as the command reads it. */
  readonly input: string;
  /** One of so many calls fails; each by default. */
  readonly every?: number;
  /** Where the tool's folder can be made. */
  readonly folder?: string;
  /** What may not change. */
  readonly readState: (node: ApplyNode) => Promise<string>;
}

interface Failed {
  readonly status: number | undefined;
  readonly stderr: string;
  readonly state: string;
}

const MOST_CALLS = 40;

/** Applies with a tool that fails in its first call, then in its second and so on, until nothing fails. */
export async function failEachCall(
  node: ApplyNode,
  { every = 1, ...failing }: Failing,
): Promise<{ readonly former: string; readonly outcomes: readonly Failed[] }> {
  const { tool, variant, fails, input, folder, readState } = failing;
  const { mode, layout } = variant;
  const how = ['--mode', mode, ...(layout ? ['--layout', layout] : [])];
  const former = await readState(node);
  const outcomes: Failed[] = [];
  for (let call = 1; call <= MOST_CALLS; call += every) {
    const replaced = failingTool({ tool, call, fails }, folder);
    const args = ['apply', ...how, '--node', 'node1', '--state', '/run/kube-rules', '-'];
    const { status, stderr } = await node.cli(args, { programs: replaced.path, input });
    const calls = replaced.calls();
    replaced.remove();
    if (calls < call) {
      if (status !== 0) throw new Error(`Without a failure it ends with ${status}: ${stderr}`);
      return { former, outcomes };
    }
    outcomes.push({ status, stderr, state: await readState(node) });
    // What is not undone would hide what comes next.
    if (outcomes.at(-1)?.state !== former) return { former, outcomes };
  }
  throw new Error(`${tool} is called more than ${MOST_CALLS} times.`);
}
