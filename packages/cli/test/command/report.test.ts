import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { unpackData } from '../../src/report/page/unpack-data.ts';
import type { ReportData } from '../../src/report/report-data.ts';
import { clusterText, largeCluster, shop, web } from '../support/cluster.ts';
import { runCommand } from '../support/run-command.ts';
import { temporaryFolder } from '../support/temporary-folder.ts';

async function dataOf(page: string): Promise<ReportData> {
  return unpackData(/id="data">([^<]*)</.exec(page)?.[1] ?? '');
}

test('writes the page and says so', async () => {
  const file = join(await temporaryFolder(), 'report.html');
  const { status, out, error } = await runCommand(['report', shop, '-o', file]);
  expect({ status, out }).toEqual({ status: 0, out: '' });
  expect(error).toMatch(/^wrote .*report\.html \(\d+ kB\)\n$/);
  const page = await readFile(file, 'utf8');
  const { nodeName, mode, release, findings } = await dataOf(page);
  expect({ nodeName, mode, release }).toEqual({
    nodeName: 'node-a',
    mode: 'iptables',
    release: '1.36',
  });
  expect(findings.length).toBeGreaterThan(5);
  expect(page).not.toMatch(/\b(?:src|href)=["']?\w+:/);
});

test('begins where it is told to, on standard output', async () => {
  const args = ['report', shop, '-n', 'node-b', '-m', 'ipvs', '--release', '1.30'];
  const { status, out } = await runCommand(args);
  const { nodeName, mode, release } = await dataOf(out);
  expect({ status, nodeName, mode, release }).toEqual({
    status: 0,
    nodeName: 'node-b',
    mode: 'ipvs',
    release: '1.30',
  });
});

test('the same input gives the same page', async () => {
  const [one, other] = [await runCommand(['report', shop]), await runCommand(['report', shop])];
  expect(one.out).toBe(other.out);
});

test('a thousand Services make a page that can be sent', async () => {
  const input = clusterText(largeCluster(1000, 244));
  const { status, out } = await runCommand(['report'], { input });
  expect(status).toBe(0);
  expect(out.length).toBeLessThan(800_000);
});

test.for([
  { args: ['-n', 'node-z'], says: 'kube-rules: nothing was written' },
  { args: ['-m', 'userspace'], says: 'in userspace mode every client gets every ready endpoint' },
  { args: ['-o', '/nowhere/at/all.html'], says: 'kube-rules: cannot write /nowhere/at/all.html' },
])('$args: exit 2 and why', async ({ args, says }) => {
  const input = clusterText(web);
  const { status, out, error } = await runCommand(['report', ...args], { input });
  expect({ status, out }).toEqual({ status: 2, out: '' });
  expect(error).toContain(says);
});

test('no page goes to a terminal', async () => {
  const { status, out, error } = await runCommand(['report', shop], { outIsTerminal: true });
  expect({ status, out, error }).toEqual({
    status: 2,
    out: '',
    error: 'kube-rules: name the file for the page with -o\n',
  });
});

test('a snapshot without any node is refused', async () => {
  const input = '{"apiVersion": "v1", "kind": "List", "items": []}';
  const { status, error } = await runCommand(['report'], { input });
  expect(status).toBe(2);
  expect(error).toContain('NODE_AMBIGUOUS');
});
