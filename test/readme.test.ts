import { mkdtemp, readFile, rm, writeFile, copyFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, beforeAll, expect, test } from 'vitest';

const readme = await readFile('README.md', 'utf8');
const command = join(process.cwd(), 'packages/cli/bin/kube-rules.js');
let folder = '';

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'kube-rules-readme-'));
});

afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The code blocks of one language, in their order. */
function blocks(language: string): string[] {
  return [...readme.matchAll(/^```(\w+)\n(.*?)^```$/gms)]
    .filter(([, of]) => of === language)
    .map(([, , code = '']) => code);
}

/** Arguments of a command line, as a shell would split it. */
function wordsOf(line: string): string[] {
  const words = line.match(/"[^"]*"|\S+/g) ?? [];
  return words.map((word) => word.replaceAll('"', ''));
}

test('has the blocks that these tests run', () => {
  expect([
    blocks('sh').length,
    blocks('console').length,
    blocks('ts').length,
    blocks('yaml').length,
  ]).toEqual([6, 8, 4, 1]);
});

test('the library example prints rules, and the Service of each', async () => {
  const [library = ''] = blocks('ts');
  // The packages are found from within the repository only.
  const file = `test/readme-library-${process.pid}.mjs`;
  try {
    await writeFile(file, library);
    const { stdout } = await execa('node', [file]);
    expect(stdout).toMatch(/^\*filter\n[^]*\nCOMMIT\n/);
    expect(stdout).toContain('\nprod/web:http cluster IP\n');
  } finally {
    await rm(file, { force: true });
  }
});

test(
  'the golden test for other projects is ten lines and passes',
  { timeout: 120_000 },
  async () => {
    const [, example = ''] = blocks('ts');
    expect(example.trim().split('\n').length).toBeLessThanOrEqual(10);
    const file = `test/readme-example-${process.pid}.test.ts`;
    try {
      await writeFile(file, example);
      const { stdout } = await execa('npx', ['vitest', 'run', '--project', 'unit', file], {
        env: { NO_COLOR: '1' },
      });
      expect(stdout).toMatch(/Tests {2}93 passed/);
    } finally {
      await rm(file, { force: true });
    }
  },
);

test('the console example shows what the command says', async () => {
  const [line = '', ...output] = (blocks('console')[0] ?? '').trimEnd().split('\n');
  const args = wordsOf(line.replace('$ npx kube-rules ', '')).map((word) =>
    word === 'rules/' ? join(folder, 'rules/') : word,
  );
  const { stdout, stderr } = await execa('node', [command, ...args]);
  expect(stdout).toBe('');
  expect(stderr.replaceAll(join(folder, 'rules/'), 'rules/')).toBe(output.join('\n'));
});

test('a cluster is questioned and a node read back as the commands and the library do it', async () => {
  const [, ...examples] = blocks('console');
  expect(examples).toHaveLength(7);
  for (const example of examples) {
    const [line = '', ...output] = example.trimEnd().split('\n');
    const words = line.replace('$ npx kube-rules ', `node ${command} `);
    const { stdout } = await execa('sh', ['-c', words], { reject: false });
    expect(stdout).toBe(output.join('\n'));
  }
  const library = blocks('ts').find((code) => code.includes('audit(')) ?? '';
  const file = `test/readme-audit-${process.pid}.mjs`;
  try {
    await writeFile(file, library);
    const { stdout } = await execa('node', [file]);
    expect(stdout).toMatch(/^unreachable undefined PREROUTING does not jump to KUBE-SERVICES/);
    expect(stdout).toMatch(/not dumped: \[ 'iptables IPv6' \]$/);
  } finally {
    await rm(file, { force: true });
  }
});

test('the commands for a node write one document each', async () => {
  await copyFile('examples/online-shop.yaml', join(folder, 'cluster.json'));
  const lines = (blocks('sh')[1] ?? '')
    .split('\n')
    .filter((line) => line.startsWith('kube-rules '));
  expect(lines).toHaveLength(3);
  for (const line of lines) {
    const [call = ''] = line
      .replace('kube-rules ', '')
      .replace('"$(hostname)"', 'node-a')
      .split(' | ');
    const { stdout } = await execa('node', [command, ...wordsOf(call)], { cwd: folder });
    expect(stdout).toMatch(/^(?:#!\/bin\/sh|\*filter)\n/);
    expect(stdout).toContain('prod/web:http cluster IP');
  }
});

test('the ipvs example loads documents that are written', async () => {
  const example = blocks('sh').find((block) => block.includes('--mode ipvs')) ?? '';
  const call = /^kube-rules (.*)$/m.exec(example)?.[1] ?? '';
  await copyFile('examples/online-shop.yaml', join(folder, 'cluster.json'));
  const args = wordsOf(call.replace('"$(hostname)"', 'node-a'));
  await execa('node', [command, ...args], { cwd: folder });
  const read = [...example.matchAll(/(?:<|-p) (rules\/\S+)$/gm)].map(([, file = '']) => file);
  expect(read).toHaveLength(6);
  for (const file of read) expect(await readFile(join(folder, file), 'utf8')).not.toBe('');
});

test('the workflow step compares with golden files', async () => {
  const [workflow = ''] = blocks('yaml');
  const line = /kube-rules (compile .*)$/m.exec(workflow)?.[1] ?? '';
  const args = wordsOf(line).map(
    (word) => ({ 'cluster/': 'examples/', 'golden/node-a': folder })[word] ?? word,
  );
  const write = args.map((word) => (word === '--check' ? '-o' : word));
  await execa('node', [command, ...write]);
  const { stdout, exitCode } = await execa('node', [command, ...args]);
  expect(exitCode).toBe(0);
  expect(stdout).toContain('6 documents as compiled');
});

test('the demo prints the rules, and what to try next', async () => {
  const { stdout, stderr } = await execa('node', ['scripts/demo.mjs']);
  expect(stdout).toContain('*nat\n:KUBE-SERVICES - [0:0]\n');
  expect(stderr).toMatch(/^node-a, iptables mode: 16 services[^]*try next/);
});
