import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';

const HOLD = fileURLToPath(new URL('./agent/hold.mjs', import.meta.url));

const EVERY_MS = 10;
const PATIENCE_MS = 2000;

/** What became of a connection that lasted. */
export interface Held {
  readonly requests: number;
  readonly answers: number;
  /** Milliseconds. */
  readonly slowest: number;
  readonly failures: readonly string[];
  readonly servers: readonly string[];
}

/** Opens a connection from the network namespace of a process, and gives what ends and judges it. */
export async function holdConnection(
  pid: number,
  address: string,
  port: number,
): Promise<() => Promise<Held>> {
  const where = `--net=/proc/${pid}/ns/net`;
  const args = [HOLD, address, String(port), String(EVERY_MS), String(PATIENCE_MS)];
  const subprocess = execa('nsenter', [where, process.execPath, ...args], {
    stdin: 'pipe',
    stderr: 'inherit',
    buffer: false,
    reject: false,
  });
  const lines = createInterface({ input: subprocess.stdout })[Symbol.asyncIterator]();
  const first = await lines.next();
  if (first.value !== 'connected') throw new Error(`Nothing holds: ${String(first.value)}`);
  return async () => {
    subprocess.stdin.end();
    const { value } = await lines.next();
    await subprocess;
    return JSON.parse(String(value)) as Held;
  };
}
