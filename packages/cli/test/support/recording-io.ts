import type { CommandIO } from '../../src/io.ts';

/** What a command says, kept. */
export interface RecordingIO extends CommandIO {
  readonly out: string[];
  readonly error: string[];
}

export function recordingIO(): RecordingIO {
  const [out, error]: [string[], string[]] = [[], []];
  return {
    out,
    error,
    writeOut: (text) => void out.push(text),
    writeError: (text) => void error.push(text),
    readInput: async () => undefined,
    outIsTerminal: false,
    errorIsTerminal: false,
    env: {},
  };
}
