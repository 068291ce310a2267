import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { text } from 'node:stream/consumers';

/** Runs nft in the agent's namespace; gives what it printed and how long it took. */
export async function nft(argv, input) {
  const begin = performance.now();
  const subprocess = spawn('nft', argv);
  subprocess.stdin.on('error', () => {});
  subprocess.stdin.end(input);
  const [output, errors, [status]] = await Promise.all([
    text(subprocess.stdout),
    text(subprocess.stderr),
    once(subprocess, 'close'),
  ]);
  // With -i it ends well after errors.
  if (status !== 0 || errors !== '') throw new Error(`nft ended with ${status}: ${errors}`);
  return { output, milliseconds: performance.now() - begin };
}
