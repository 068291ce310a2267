import { join } from 'node:path';
import { compile, parseSnapshot, renderFiles } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { checkFiles } from '../../src/check/check-files.ts';
import { UsageError } from '../../src/usage-error.ts';
import { clusterText, web } from '../support/cluster.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

const ruleset = compile(parseSnapshot(clusterText(web)).snapshot, 'iptables');
const files = renderFiles(ruleset);

test('the same files do not differ, and others in the folder do not matter', async () => {
  const folder = await temporaryFolder({ ...files, 'README.md': '' });
  expect(await checkFiles(folder, files, ruleset)).toEqual({
    folder,
    compared: 6,
    differences: [],
  });
});

test('a missing and a changed file differ', async () => {
  const { 'ipv6.jumps': missing, ...others } = files;
  expect(missing).toBeDefined();
  const folder = await temporaryFolder({ ...others, 'ipv4.sysctl': 'net.x = 0\n' });
  const { differences } = await checkFiles(folder, files, ruleset);
  expect(differences).toMatchObject([
    { kind: 'changed', file: join(folder, 'ipv4.sysctl'), services: [] },
    { kind: 'missing', file: join(folder, 'ipv6.jumps') },
  ]);
});

test('of a folder that is not there all files are missing', async () => {
  const folder = join(await temporaryFolder(), 'none');
  const { differences } = await checkFiles(folder, files, ruleset);
  expect(differences.map(({ kind }) => kind)).toEqual(
    Array.from(Object.keys(files), () => 'missing'),
  );
});

test('a golden file that cannot be read is wrong use, not a missing file', async () => {
  const folder = await temporaryFolder({ 'ipv4.iptables/x': '' });
  const checking = checkFiles(folder, files, ruleset);
  await expect(checking).rejects.toThrow(UsageError);
  await expect(checking).rejects.toThrow(`cannot read ${join(folder, 'ipv4.iptables')}`);
});
