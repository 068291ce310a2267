import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { BACKENDS } from './backend.ts';

/** The programs that the tests run, by the Debian package that has them. */
const TOOLS: Readonly<Record<string, readonly string[]>> = {
  iproute2: ['ip'],
  'util-linux': ['unshare', 'nsenter'],
  mount: ['mount'],
  conntrack: ['conntrack'],
  nftables: ['nft'],
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
  'util-linux': ['setsid', 'unshare', 'nsenter'],
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

/** What this machine lacks for the kernel tests, a sentence each. */
export function missingRequirements(): readonly string[] {
  const lacking = missingLinux() ?? [...missingRoot(), ...missingTools(TOOLS)];
  return lacking.length > 0 ? lacking : missingInKernel();
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

function missingInKernel(): readonly string[] {
  const tables = BACKENDS.flatMap((backend) =>
    ['iptables', 'ip6tables'].flatMap((program) => missingTable(`${program}-${backend}`)),
  );
  const bridge = existsSync(BRIDGE_NETFILTER)
    ? []
    : ['The kernel module br_netfilter is not loaded; "modprobe br_netfilter" does that.'];
  return [...tables, ...bridge];
}

function missingTable(program: string): readonly string[] {
  const { status, stderr } = spawnSync(
    'unshare',
    ['--net', '--mount', program, '-t', 'nat', '-S'],
    { encoding: 'utf8' },
  );
  return status === 0
    ? []
    : [`"${program}" does not work in a network namespace of its own: ${stderr.trim()}`];
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
