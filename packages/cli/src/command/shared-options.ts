import { Option } from 'commander';
import { layouts, modes, releases } from '@kube-rules/core';

export const nodeOption: Option = new Option(
  '-n, --node <name>',
  'the node whose rules are wanted (default: the only one)',
);

export const releaseOption: Option = new Option(
  '--release <release>',
  'the release of kube-proxy',
).choices([...releases]);

export const colorOption: Option = new Option('--color <when>', 'colour in messages')
  .choices(['auto', 'always', 'never'])
  .default('auto');

export const jsonOption: Option = new Option(
  '--json',
  'everything as one JSON document on standard output',
);

export const modeOption: Option = new Option(
  '-m, --mode <mode>',
  'the proxy mode (default: as configured)',
).choices([...modes]);

export const layoutOption: Option = new Option(
  '--layout <layout>',
  'how nftables rules lie in the kernel: as kube-proxy has them, or fast to load and change',
).choices([...layouts]);

export function liveOption(): Option {
  return new Option(
    '--live <file>',
    "a node's dump, or a folder of them; - standard input; may be repeated",
  ).argParser(collect);
}

/** One name an option: `--only a b` would take the file behind it for a document. */
export function collect(name: string, names: readonly string[] = []): readonly string[] {
  return [...names, name];
}
