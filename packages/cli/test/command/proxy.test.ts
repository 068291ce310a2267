import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { clusterText, shop, web } from '../support/cluster.ts';
import { goldenPath } from '../support/golden.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

// The built command: vitest's global setup has made it.
const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

test('help', async () => {
  const { status, out } = await runCommand(['proxy', '--help']);
  expect(status).toBe(0);
  await expect(out).toMatchFileSnapshot(goldenPath('help-proxy.txt'));
});

const onNodeA = ['proxy', shop, '--node', 'node-a'];

test.for([
  [[...onNodeA, '--drain', 'soon'], '--drain soon is no time; write 30s or 2m'],
  [[...onNodeA, '--drain', '-1s'], '--drain -1s is no time'],
  [[...onNodeA, '--drain', '1000h'], '--drain 1000h is no time'],
  [[...onNodeA, '--udp-idle-timeout', '0s'], '--udp-idle-timeout 0s is no time'],
  [[...onNodeA, '--mode', 'iptables'], "unknown option '--mode'"],
  [onNodeA, 'the configuration says mode iptables'],
  [[...onNodeA, '--', '--proxy-mode=nftables'], 'the configuration says mode nftables'],
  [[...onNodeA, '--', '--proxy-mode=fast'], '"fast"'],
  [['proxy', shop, '--node', 'node-x'], 'no Node "node-x"'],
  [['proxy'], 'no input: name a file, or pipe one in'],
  [['proxy', 'none.yaml'], 'cannot read none.yaml: there is no such file'],
] as const)('wrong use: %j', async ([args, says]) => {
  const { status, out, error } = await runCommand(args);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(says);
  expect(error).not.toMatch(/^ +at /m);
});

test.for<readonly [what: string, text: string, code: string]>([
  ['broken YAML', 'a: [', 'YAML_SYNTAX'],
  ['an empty file', '', 'INPUT_EMPTY'],
])('does not start with %s', async ([, text, code]) => {
  const folder = await temporaryFolder({ 'a.json': clusterText(web), 'b.yaml': text });
  const { status, out, error } = await runCommand(['proxy', folder, '--node', 'node-a']);
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(code);
  expect(error).toContain('nothing was changed');
});

test('only root may run it, and nothing listens before that is known', async () => {
  const folder = await temporaryFolder({ 'a.json': clusterText(web) });
  await chmod(folder, 0o755);
  const user = process.getuid?.() === 0 ? { uid: 65_534, gid: 65_534 } : {};
  const args = [main, 'proxy', join(folder, 'a.json'), '--node', 'node-a'];
  const { exitCode, stdout, stderr } = await execa(process.execPath, args, {
    reject: false,
    ...user,
  });
  expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: '' });
  expect(stderr).toMatch(/^kube-rules: NOT_ROOT: Only root may change rules\.\n/);
});
