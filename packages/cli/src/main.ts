import { defaultMaxLength } from '@kube-rules/core';
import type { CommandIO } from './io.ts';
import { run } from './run.ts';

// `kube-rules … | head`: the reader has seen enough, which is no fault of anybody's.
for (const stream of [process.stdout, process.stderr]) {
  stream.once('error', (error: NodeJS.ErrnoException) => {
    stream.on('error', () => {});
    if (error.code === 'EPIPE') return endEarly(0);
    if (stream === process.stdout)
      process.stderr.write(`kube-rules: cannot write the output: ${error.message}\n`);
    endEarly(2);
  });
}

/** A command that changes the node and listens for its end has something to bring back first. */
function endEarly(status: number): void {
  if (process.emit('SIGTERM', 'SIGTERM')) process.exitCode = status;
  else process.exit(status === 0 ? undefined : status);
}

const io: CommandIO = {
  writeOut: (text) => void process.stdout.write(text),
  writeError: (text) => void process.stderr.write(text),
  readInput: async () => {
    if (process.stdin.isTTY) return undefined;
    const chunks: Buffer[] = [];
    let length = 0;
    for await (const chunk of process.stdin) {
      const bytes = Buffer.from(chunk);
      chunks.push(bytes);
      length += bytes.length;
      if (length > defaultMaxLength) break;
    }
    return Buffer.concat(chunks);
  },
  outIsTerminal: process.stdout.isTTY,
  errorIsTerminal: process.stderr.isTTY,
  env: process.env,
};

process.exitCode = (await run(process.argv.slice(2), io)) || process.exitCode;
