import type { Machine } from './machine.ts';

const tools = ['iptables', 'nft', 'ipset', 'ipvsadm', 'conntrack'];

/** The first line that each tool says of its version, by tool; missing tools are left out. */
export async function readVersions(machine: Machine): Promise<Record<string, string>> {
  const versions: Record<string, string> = {};
  for (const tool of tools) {
    const { exitCode, stdout } = await machine.run(tool, ['--version']);
    if (exitCode === 0) versions[tool] = stdout.split('\n')[0] ?? '';
  }
  return versions;
}
