import { Option, type Command } from 'commander';
import { parseDuration } from '@kube-rules/core';
import type { CommandContext } from '../command-context.ts';
import type { ColorChoice } from '../output/palette.ts';
import { runProxy } from '../proxy/run-proxy.ts';
import { UsageError } from '../usage-error.ts';
import { takeOverOption } from './node-options.ts';
import { colorOption, nodeOption } from './shared-options.ts';

interface ProxyOptions {
  readonly node?: string;
  readonly drain: string;
  readonly udpIdleTimeout: string;
  readonly takeOver?: true;
  readonly color: ColorChoice;
}

const help = `
Applies the rules of userspace mode and carries the connections of their Services itself, as root, until SIGTERM
or SIGINT. Changes of the files are followed; while one is broken, the last good state goes on. At the end it takes
nothing new, waits for connections that live, and removes the rules; a second signal cuts what still lives.
/healthz and /livez are answered on healthzBindAddress, /metrics on metricsBindAddress.

Example, in a network namespace of its own, which ends with it:
  unshare --net kube-rules proxy examples/online-shop.yaml --node node-a -- --proxy-mode=userspace

Exit status: 0 ended and the rules gone, 1 not started or the rules still there, 2 wrong use or unusable input.`;

const drainOption = new Option(
  '--drain <time>',
  'how long connections may live on at the end',
).default('30s');

const udpIdleOption = new Option(
  '--udp-idle-timeout <time>',
  'how long a UDP session lasts without a datagram',
).default('250ms');

/** `kube-rules proxy`: userspace mode on this node, rules and proxy. */
export function addProxyCommand(program: Command, context: CommandContext): void {
  program
    .command('proxy')
    .description('run userspace mode on this node: its rules, and the proxy they lead to')
    .argument('[file...]', 'snapshot files or folders, YAML or JSON; - or none: standard input')
    .addOption(nodeOption)
    .addOption(drainOption)
    .addOption(udpIdleOption)
    .addOption(takeOverOption)
    .addOption(colorOption)
    .addHelpText('after', help)
    .action(async (files: string[], { drain, udpIdleTimeout, ...options }: ProxyOptions) => {
      const times = {
        drainDeadline: readTime('--drain', drain),
        udpIdleTimeout: readTime('--udp-idle-timeout', udpIdleTimeout, 1),
      };
      context.setExitStatus(await runProxy(files, { ...options, ...times }, context));
    });
}

/** The most that a timer of Node can wait. */
const longest = 2 ** 31 - 1;

/** In milliseconds. */
function readTime(option: string, text: string, least = 0): number {
  const milliseconds = (parseDuration(text) ?? -1) * 1000;
  if (milliseconds < least || milliseconds > longest)
    throw new UsageError(`${option} ${text} is no time; write 30s or 2m`);
  return milliseconds;
}
