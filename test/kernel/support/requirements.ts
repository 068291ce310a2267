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

const BRIDGE_NETFILTER = '/proc/sys/net/bridge/bridge-nf-call-iptables';

/** What this machine lacks for the kernel tests, a sentence each. */
export function missingRequirements(): readonly string[] {
  if (process.platform !== 'linux') {
    return [`The kernel tests need Linux; this is ${process.platform}.`];
  }
  const lacking = [...missingRoot(), ...missingTools()];
  return lacking.length > 0 ? lacking : missingInKernel();
}

function missingRoot(): readonly string[] {
  return process.getuid?.() === 0
    ? []
    : ['The kernel tests need root, to make network namespaces.'];
}

function missingTools(): readonly string[] {
  return Object.entries(TOOLS).flatMap(([debianPackage, tools]) =>
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
