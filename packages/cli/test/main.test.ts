import { chmod, cp, mkdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { clusterText, largeCluster, shop, shopDump, web } from './support/cluster.ts';
import { runCommand } from './support/run-command.ts';
import { temporaryFolder } from './support/temporary-folder.ts';

// The built command: vitest's global setup has made it.
const main = fileURLToPath(new URL('../dist/main.js', import.meta.url));

interface Surroundings {
  readonly cwd?: string;
  readonly input?: string;
  readonly inputFile?: string;
  readonly uid?: number;
  readonly gid?: number;
}

interface Outcome {
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

async function kubeRules(
  args: readonly string[],
  surroundings: Surroundings = {},
): Promise<Outcome> {
  const options = { reject: false, stripFinalNewline: false, ...surroundings } as const;
  const { exitCode, stdout, stderr } = await execa(process.execPath, [main, ...args], options);
  return { exitCode, stdout, stderr };
}

test('prints what the command prints in this process, and ends with its status', async () => {
  const args = ['compile', shop, '--node', 'node-a'];
  const { exitCode, stdout, stderr } = await kubeRules(args);
  expect({ status: exitCode, out: stdout, error: stderr }).toEqual(await runCommand(args));
});

test.for([
  { args: ['--version'], status: 0 },
  { args: ['compile', shop, '-n', 'node-a', '--check', 'no-such-folder'], status: 1 },
  { args: ['compile', shop], status: 2 },
  { args: ['comple'], status: 2 },
])('$args ends with $status', async ({ args, status }) => {
  expect((await kubeRules(args)).exitCode).toBe(status);
});

test.for([
  ['compile', shop, '-n', 'node-a'],
  ['compile', shop, '-n', 'node-a', '--json'],
  ['--help'],
])('%s | head -1 ends quietly', async (args) => {
  const line = '"$0" "$@" | head -1';
  const { stdout, stderr } = await execa('sh', ['-c', line, process.execPath, main, ...args]);
  expect(stdout).not.toBe('');
  expect(stderr).not.toMatch(/EPIPE|Error|^ +at /m);
});

test('large output is complete through a slow pipe', async () => {
  const folder = await temporaryFolder({ 'large.json': clusterText(largeCluster(6000, 10)) });
  const file = join(folder, 'large.json');
  const line = '"$0" "$@" | { sleep 0.5; cat; }';
  const args = [main, 'compile', file, '--json'];
  const { stdout } = await execa('sh', ['-c', line, process.execPath, ...args]);
  expect(stdout.length).toBeGreaterThan(3_000_000);
  expect(JSON.parse(stdout)).toMatchObject({ summary: { services: 6000, endpoints: 12000 } });
});

test('standard input is read from a pipe', async () => {
  const { exitCode, stdout } = await kubeRules(['compile', '-'], { input: clusterText(web) });
  expect(exitCode).toBe(0);
  expect(stdout).toContain('prod/web:http cluster IP');
});

test('a 200 MB file, and as much on standard input, are left out', async () => {
  const folder = await temporaryFolder({ 'large.yaml': '', 'good.json': clusterText(web) });
  const large = join(folder, 'large.yaml');
  await truncate(large, 200 * 1000 * 1000);
  const good = join(folder, 'good.json');
  const file = await kubeRules(['compile', large, good]);
  expect(file).toMatchObject({ exitCode: 1 });
  expect(file.stderr).toContain('large.yaml: error INPUT_TOO_LARGE');
  const piped = await kubeRules(['compile', '-', good], { inputFile: large });
  expect(piped).toMatchObject({ exitCode: 1, stdout: file.stdout });
  expect(piped.stderr).toContain('<stdin>: error INPUT_TOO_LARGE');
});

test('endless input ends', async () => {
  const line = 'yes | "$0" "$@"';
  const args = [main, 'compile', '-', '-n', 'node-a'];
  const { exitCode, stderr } = await execa('sh', ['-c', line, process.execPath, ...args], {
    reject: false,
  });
  expect(exitCode).toBe(1);
  expect(stderr).toContain('<stdin>: error INPUT_TOO_LARGE');
});

test('a full disk is told without a stack trace', async () => {
  const args = [main, 'compile', shop, '-n', 'node-a'];
  const { exitCode, stderr } = await execa(
    'sh',
    ['-c', '"$0" "$@" >/dev/full', process.execPath, ...args],
    { reject: false },
  );
  expect(exitCode).toBe(2);
  expect(stderr).toMatch(/kube-rules: cannot write the output: .*ENOSPC/);
  expect(stderr).not.toMatch(/^ +at /m);
});

test('a file without permission cannot be read', async () => {
  const folder = await temporaryFolder({ 'secret.yaml': clusterText(web) });
  await chmod(folder, 0o755);
  await chmod(join(folder, 'secret.yaml'), 0);
  // The superuser may read every file: as nobody it is refused.
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const { exitCode, stdout, stderr } = await kubeRules(
    ['compile', join(folder, 'secret.yaml')],
    user,
  );
  expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: '' });
  expect(stderr).toBe(`kube-rules: cannot read ${folder}/secret.yaml: permission denied\n`);
});

const examples = await Promise.all(
  ['compile', 'config', 'diff', 'audit', 'who', 'lint', 'explain'].map(examplesOf),
);

async function examplesOf(command: string): Promise<string[]> {
  const { out } = await runCommand([command, '--help']);
  return [...out.matchAll(/^ {2}kube-rules (.*)$/gm)].map(([, line = '']) => line);
}

test(
  'each example of --help works as typed, one after the other',
  { timeout: 120_000 },
  async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'examples'));
    await cp(shop, join(folder, shop));
    await cp(shopDump, join(folder, shopDump), { recursive: true });
    expect(examples.map(({ length }) => length)).toEqual([6, 2, 2, 2, 3, 3, 3]);
    for (const line of examples.flat()) {
      // What an example is piped into would change this machine.
      const [words = ''] = line.split(' | ');
      const { exitCode, stdout, stderr } = await kubeRules(words.split(' '), { cwd: folder });
      expect({
        line,
        exitCode,
        isFaulty: stderr.includes('error'),
        isSilent: stdout === '',
      }).toEqual({
        line,
        // The example's dump differs from what the node should have, and the shop has warnings.
        exitCode: /^(?:audit|diff) |--max-warnings/.test(line) ? 1 : 0,
        isFaulty: false,
        isSilent: line.includes(' -o '),
      });
    }
  },
);
