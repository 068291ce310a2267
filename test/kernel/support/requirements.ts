import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BACKENDS } from './backend.ts';

/** The programs that make the lab, by the Debian package that has them. */
const LAB_TOOLS: Readonly<Record<string, readonly string[]>> = {
  iproute2: ['ip'],
  'util-linux': ['unshare', 'nsenter'],
  mount: ['mount'],
  conntrack: ['conntrack'],
  nftables: ['nft'],
};

/** The programs that the tests of iptables mode run. */
const IPTABLES_TOOLS: Readonly<Record<string, readonly string[]>> = {
  ...LAB_TOOLS,
  iptables: ['iptables', 'ip6tables'].flatMap((program) =>
    BACKENDS.flatMap((backend) =>
      ['', '-restore', '-save'].map((suffix) => `${program}-${backend}${suffix}`),
    ),
  ),
};

/** The programs that the tests run in the guest, and that boot it. */
const GUEST_TOOLS: Readonly<Record<string, readonly string[]>> = {
  'user-mode-linux': ['linux.uml'],
  kmod: ['modprobe'],
  iproute2: ['ip'],
  'util-linux': ['setsid', 'taskset', 'unshare', 'nsenter'],
  coreutils: ['stty'],
  mount: ['mount'],
  ipvsadm: ['ipvsadm'],
  ipset: ['ipset'],
  conntrack: ['conntrack'],
  iptables: ['iptables', 'ip6tables'].flatMap((program) =>
    ['', '-restore', '-save'].map((suffix) => `${program}-legacy${suffix}`),
  ),
};

const BRIDGE_NETFILTER = '/proc/sys/net/bridge/bridge-nf-call-iptables';

const NAT_CHAIN =
  'add table ip test; add chain ip test nat { type nat hook prerouting priority -100 ; }';

/** What this machine lacks for the kernel tests of iptables mode, a sentence each. */
export function missingRequirements(): readonly string[] {
  const tables = BACKENDS.flatMap((backend) =>
    ['iptables', 'ip6tables'].map((program) => [`${program}-${backend}`, '-t', 'nat', '-S']),
  );
  return missingForLab(IPTABLES_TOOLS, tables);
}

/** What this machine lacks for the kernel tests of nftables mode, a sentence each. */
export function missingNftablesRequirements(): readonly string[] {
  return missingForLab(LAB_TOOLS, [['nft', NAT_CHAIN]]);
}

/** What this machine lacks for the kernel tests in a guest, a sentence each. */
export function missingGuestRequirements(): readonly string[] {
  return missingLinux() ?? [...missingRoot(), ...missingTools(GUEST_TOOLS)];
}

function missingLinux(): readonly string[] | undefined {
  return process.platform === 'linux'
    ? undefined
    : [`The kernel tests need Linux; this is ${process.platform}.`];
}

function missingRoot(): readonly string[] {
  return process.getuid?.() === 0
    ? []
    : ['The kernel tests need root, to make network namespaces.'];
}

function missingTools(required: Readonly<Record<string, readonly string[]>>): readonly string[] {
  return Object.entries(required).flatMap(([debianPackage, tools]) =>
    tools
      .filter((tool) => !isInPath(tool))
      .map(
        (tool) =>
          `The program "${tool}" is not in the PATH; it is in the Debian package "${debianPackage}".`,
      ),
  );
}

function missingForLab(
  tools: Readonly<Record<string, readonly string[]>>,
  commands: readonly (readonly string[])[],
): readonly string[] {
  const lacking = missingLinux() ?? [...missingRoot(), ...missingTools(tools)];
  return lacking.length > 0 ? lacking : [...commands.flatMap(failingCommand), ...missingBridge()];
}

function failingCommand(command: readonly string[]): readonly string[] {
  const { status, stderr } = spawnSync('unshare', ['--net', '--mount', ...command], {
    encoding: 'utf8',
  });
  return status === 0
    ? []
    : [`"${command[0]}" does not work in a network namespace of its own: ${stderr.trim()}`];
}

function missingBridge(): readonly string[] {
  return existsSync(BRIDGE_NETFILTER)
    ? []
    : ['The kernel module br_netfilter is not loaded; "modprobe br_netfilter" does that.'];
}

function isInPath(tool: string): boolean {
  return (process.env['PATH'] ?? '')
    .split(delimiter)
    .some((directory) => isExecutable(join(directory, tool)));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
