import { Option } from 'commander';
import { defaultStateFolder } from '@kube-rules/apply-linux';
import type { Layout, Mode, Release } from '@kube-rules/core';

export const stateOption: Option = new Option(
  '--state <folder>',
  'where the last plans are kept',
).default(defaultStateFolder);

export const takeOverOption: Option = new Option(
  '--take-over',
  'even if a kube-proxy runs on this node',
);

/** What tells which rules are wanted on this node. */
export interface WantedOptions {
  readonly mode?: Mode;
  readonly layout?: Layout;
  readonly node?: string;
  readonly release?: Release;
}
