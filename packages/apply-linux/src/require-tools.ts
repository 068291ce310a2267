import {
  compareVersion,
  nftablesFeatureOptions,
  nftablesProbes,
  type Operation,
} from '@kube-rules/core';
import { ApplyError } from './apply-error.ts';
import { explainFailure } from './explain-failure.ts';
import type { Machine } from './machine.ts';
import { packageOf } from './packages.ts';
import { restoreCommand, type OperationContext } from './run-operation.ts';

/** The oldest versions that know what the rules say, by package. */
const leastVersions: Readonly<Record<string, string>> = {
  iptables: '1.8.0',
  ipset: '6.0',
  ipvsadm: '1.26',
  nftables: '1.0.1',
};

/** The oldest kernel for mode nftables. */
const leastKernel = '5.13';

/**
 * Makes sure that the tools of a plan are there and new enough, and that the kernel can do what they ask.
 *
 * @throws {ApplyError} with code `TOOL_MISSING`, `TOOL_TOO_OLD` or `KERNEL_LACKS`.
 */
export async function requireTools(
  operations: readonly Operation[],
  context: OperationContext,
): Promise<void> {
  const { machine } = context;
  const tools = new Set(operations.flatMap((operation) => toolOf(operation, context)));
  for (const tool of tools) await requireTool(machine, tool);
  if (tools.has('ipvsadm')) await requireIpvs(machine);
  const scripts = operations.flatMap((one) => (one.kind === 'nft' ? [one.input] : []));
  if (scripts.some((script) => script.includes('add chain')))
    await requireNftables(machine, scripts);
}

const toolsOf: Readonly<Record<Operation['kind'], string | undefined>> = {
  iptables: undefined,
  sysctl: undefined,
  deleteFlows: undefined,
  ipset: 'ipset',
  nft: 'nft',
  ipvs: 'ipvsadm',
  drain: 'ipvsadm',
  addLink: 'ip',
  deleteLink: 'ip',
  addAddresses: 'ip',
  deleteAddresses: 'ip',
};

/** A flow that cannot be deleted is no reason to change nothing. */
function toolOf(operation: Operation, { backend }: OperationContext): string[] {
  if (operation.kind === 'iptables') return [restoreCommand(operation, backend)];
  return [toolsOf[operation.kind] ?? []].flat();
}

async function requireTool(machine: Machine, tool: string): Promise<void> {
  const result = await machine.run(tool, [tool === 'ip' ? '-V' : '--version']);
  if (result.exitCode !== 0) throw explainFailure(tool, result);
  const name = packageOf(tool);
  const least = leastVersions[name];
  const version = /\d+\.\d+(?:\.\d+)?/.exec(result.stdout)?.[0];
  if (least === undefined || version === undefined || compareVersion(version, least) >= 0) return;
  throw new ApplyError('TOOL_TOO_OLD', `${tool} is ${version}, and must be ${least} or later.`, {
    hint: `Install a newer package ${name}.`,
  });
}

async function requireIpvs(machine: Machine): Promise<void> {
  const isThere = async (): Promise<boolean> =>
    (await machine.readFile('/proc/net/ip_vs')) !== undefined;
  if (await isThere()) return;
  await machine.run('modprobe', ['ip_vs']);
  if (await isThere()) return;
  throw new ApplyError('KERNEL_LACKS', 'The kernel has no IPVS (module ip_vs).', {
    hint: 'Load it with modprobe ip_vs; some distributions have it in a package of extra kernel modules.',
  });
}

async function requireNftables(machine: Machine, scripts: readonly string[]): Promise<void> {
  const release = (await machine.readFile('/proc/sys/kernel/osrelease'))?.trim();
  if (release !== undefined && compareVersion(release, leastKernel) < 0)
    throw new ApplyError(
      'KERNEL_LACKS',
      `The kernel is ${release}, and nftables mode needs ${leastKernel} or later.`,
      { hint: 'Use iptables mode, or boot a newer kernel.' },
    );
  const isFast = scripts.some((script) => /\bmap ip6? kube-proxy endpoints-/.test(script));
  const probes = Object.entries(nftablesProbes).filter(
    ([feature]) => feature !== 'fastLayout' || isFast,
  );
  for (const [feature, probe] of probes) {
    const { exitCode } = await machine.run('nft', ['-c', '-f', '-'], probe);
    if (exitCode !== 0) throw lackOfFeature(feature);
  }
}

function lackOfFeature(feature: string): ApplyError {
  const options = new Map<string, string>(Object.entries(nftablesFeatureOptions));
  return new ApplyError(
    'KERNEL_LACKS',
    `The kernel does not take the nft rules of "${feature}" (${options.get(feature)}).`,
    { hint: 'Use a kernel that was built with it, or iptables mode.' },
  );
}
