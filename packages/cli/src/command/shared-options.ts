import { Option } from 'commander';
import { releases } from '@kube-rules/core';

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
