/** The outside world of a command, so that tests can stand in for it. */
export interface CommandIO {
  readonly writeOut: (text: string) => void;
  readonly writeError: (text: string) => void;
  /** All of standard input, or a little more than is ever read of it; `undefined` if it is a terminal, where nobody would end it. */
  readonly readInput: () => Promise<Buffer | undefined>;
  readonly outIsTerminal: boolean;
  readonly errorIsTerminal: boolean;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** 0 fine, 1 findings or differences, 2 wrong use or unreadable input. */
export type ExitStatus = 0 | 1 | 2;
