import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readWanted } from '../../src/proxy/read-wanted.ts';
import { clusterText, web } from '../support/cluster.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const said: string[] = [];
const io = {
  writeOut: () => {},
  writeError: (text: string) => void said.push(text),
  readInput: async () => Buffer.from(clusterText(web)),
  outIsTerminal: false,
  errorIsTerminal: false,
  env: {},
};

interface Asked {
  readonly node?: string;
  readonly flags?: readonly string[];
}

async function read(
  files: Readonly<Record<string, string>>,
  { node = 'node-a', flags = [] }: Asked = {},
): ReturnType<typeof readWanted> {
  const folder = await temporaryFolder(files);
  const names = Object.keys(files).map((name) => join(folder, name));
  const context = { io, kubeProxyArgs: flags, setExitStatus: () => {} };
  return readWanted(names, { node, color: 'auto' }, context);
}

const good = clusterText(web);
const head = 'apiVersion: kubeproxy.config.k8s.io/v1alpha1\nkind: KubeProxyConfiguration\n';

test('reads a snapshot in userspace mode', async () => {
  const wanted = await read({ 'a.json': good, 'b.yaml': `${head}mode: userspace\n` });
  expect(wanted).toMatchObject({ mode: 'userspace', loaded: { snapshot: { nodeName: 'node-a' } } });
});

test('what is wrong with one object alone is left out', async () => {
  const wrong = 'apiVersion: v1\nkind: Service\nmetadata: {name: A_B}\n';
  expect(await read({ 'a.json': good, 'b.yaml': wrong })).toHaveProperty('loaded');
});

test.for([
  [
    'YAML that is cut short',
    { 'a.json': good, 'b.yaml': 'a: [\n' },
    'b.yaml:2:1: error YAML_SYNTAX',
  ],
  ['JSON that is cut short', { 'a.json': good.slice(0, -9) }, 'error JSON_SYNTAX'],
  ['an empty file', { 'a.json': good, 'b.yaml': '' }, 'warning INPUT_EMPTY'],
  ['bytes that are no text', { 'a.json': good, 'b.yaml': 'a\u0000b' }, 'error INPUT_BINARY'],
  ['an unknown mode', { 'a.json': good, 'b.yaml': `${head}mode: fast\n` }, '"fast"'],
  [
    'another mode',
    { 'a.json': good, 'b.yaml': `${head}mode: ipvs\n` },
    'mode ipvs, in which there',
  ],
] as const)('%s is unusable, and said by nobody else', async ([, files, says]) => {
  const wanted = await read(files);
  expect(wanted).toEqual({ reason: expect.stringContaining(says) });
  expect(said).toEqual([]);
});

test('another node, a missing file, and the mode by a flag', async () => {
  expect(await read({ 'a.json': good }, { node: 'node-x' })).toEqual({
    reason: expect.stringMatching(/no Node "node-x"[^]*nothing was changed\n$/),
  });
  const context = { io, kubeProxyArgs: [], setExitStatus: () => {} };
  expect(await readWanted(['none.yaml'], { color: 'auto' }, context)).toEqual({
    reason: 'kube-rules: cannot read none.yaml: there is no such file\n',
  });
  const files = { 'a.json': good, 'b.yaml': `${head}mode: ipvs\n` };
  const asked = { flags: ['--proxy-mode=userspace'] };
  expect(await read(files, asked)).toHaveProperty('mode', 'userspace');
});
