import { run } from '../../src/run.ts';
import type { CommandIO, ExitStatus } from '../../src/io.ts';

export interface Surroundings {
  /** Standard input; none is a terminal. */
  readonly input?: string | Buffer;
  readonly outIsTerminal?: boolean;
  readonly errorIsTerminal?: boolean;
  readonly env?: Readonly<Record<string, string>>;
  readonly writeOut?: (text: string) => void;
}

export interface Outcome {
  readonly status: ExitStatus;
  readonly out: string;
  readonly error: string;
}

/** Runs a command line in this process and records what it says. */
export async function runCommand(
  args: readonly string[],
  { input, env = {}, ...surroundings }: Surroundings = {},
): Promise<Outcome> {
  const written = { out: '', error: '' };
  const io: CommandIO = {
    writeOut: (text) => void (written.out += text),
    writeError: (text) => void (written.error += text),
    readInput: async () => (input === undefined ? undefined : Buffer.from(input)),
    outIsTerminal: false,
    errorIsTerminal: false,
    env,
    ...surroundings,
  };
  const status = await run(args, io);
  return { status, ...written };
}
