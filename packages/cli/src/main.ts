import { defaultMaxLength } from '@kube-rules/core';
import type { CommandIO } from './io.ts';
import { run } from './run.ts';

// `kube-rules … | head`: the reader has seen enough, which is no fault of anybody's.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
    if (stream === process.stdout)
      process.stderr.write(`kube-rules: cannot write the output: ${error.message}\n`);
    process.exit(2);
  });
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

process.exitCode = await run(process.argv.slice(2), io);
