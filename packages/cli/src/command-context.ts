import type { CommandIO, ExitStatus } from './io.ts';

/** What a command gets besides its own options. */
export interface CommandContext {
  readonly io: CommandIO;
  /** kube-proxy's own arguments: what follows `--`. */
  readonly kubeProxyArgs: readonly string[];
  readonly setExitStatus: (status: ExitStatus) => void;
}
