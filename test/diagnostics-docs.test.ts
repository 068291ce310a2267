import { readdirSync, readFileSync } from 'node:fs';
import {
  compile,
  defaultMaxLength,
  defaultRelease,
  findRefusals,
  lint,
  modes,
  parseSnapshot,
  printDiagnostic,
  readDumps,
  type Diagnostic,
  type Layout,
} from '@kube-rules/core';
import { expect, test } from 'vitest';
import { severityOf } from '../packages/core/src/diagnostics/codes.ts';

const folder = new URL('../docs/diagnostics/', import.meta.url);
const codes = Object.keys(severityOf);
const inputFile = 'cluster.yaml';

/** The examples are no whole clusters. */
const expectedBesides = [
  'CLUSTER_CIDR_MISSING',
  'CONFIG_MISSING',
  'EXTERNAL_IPS_DEPRECATED',
  'IPVS_DEPRECATED',
  'NFTABLES_DIFFERS',
  'NODE_AMBIGUOUS',
  'NODE_PORT_LOOPBACK',
  'ROUTE_LOCALNET',
  'SERVICE_WITHOUT_ENDPOINTS',
];

test('every code has a page, and every page a code', () => {
  const pages = readdirSync(folder).filter((file) => file !== 'README.md');
  expect(pages.length).toBeGreaterThan(30);
  expect(pages.toSorted()).toEqual(codes.map((code) => `${code}.md`).toSorted());
});

test('the table lists every code with its severity, in order', () => {
  const rows = readPage('README').matchAll(/^\| \[(\w+)\]\((\w+)\.md\) \| (\w+) \| \S.* \|$/gm);
  const listed = Array.from(rows, ([, code, page, severity]) => [code, page, severity]);
  expect(listed).toEqual(Object.entries(severityOf).map(([code, one]) => [code, code, one]));
});

test.for(Object.entries(severityOf))('%s: the page begins with code and severity', (entry) => {
  const [code, severity] = entry;
  expect(readPage(code)).toMatch(new RegExp(`^# ${code}\n\nSeverity: ${severity}\\. `));
});

test.for(codes)('%s: the example gives the diagnostics shown', (code) => {
  const { input, command, output } = readExample(readPage(code));
  const dump = dumpOf(command);
  const diagnostics =
    dump === undefined ? diagnose(input, command) : readDumps({ [dump]: input }).diagnostics;
  const shown = diagnostics.filter((diagnostic) => diagnostic.code === code);
  // A text that is refused for its size is never held, and has no lines to show.
  const texts = input.length > defaultMaxLength ? {} : { [dump ?? inputFile]: input };
  const printed = shown.map((diagnostic) => printDiagnostic(diagnostic, texts));
  expect(printed.length).toBeGreaterThan(0);
  expect(printed.join('\n')).toBe(output);
  const others = diagnostics.filter((diagnostic) => !shown.includes(diagnostic));
  expect(expectedBesides).toEqual(expect.arrayContaining(others.map((other) => other.code)));
});

interface Example {
  readonly input: string;
  readonly command: string;
  readonly output: string;
}

function readPage(name: string): string {
  return readFileSync(new URL(`${name}.md`, folder), 'utf8');
}

/**
 * The example of a page: the input in a `yaml` or `json` block, or a node's dump in a `text` block, a `sh` block if the command is not
 * `kube-rules compile cluster.yaml`, and what it prints in a `text` block. Instead of an input, the
 * first line of the `sh` block may make one: `truncate --size=<Mi>M cluster.yaml`.
 */
function readExample(page: string): Example {
  const found = page.matchAll(/^```(\w*)\n(.*?)\n```$/gms);
  const blocks = Array.from(found, ([, language = '', text = '']) => [language, text] as const);
  const { yaml, json, sh, text = '', ...rest } = Object.fromEntries(blocks);
  const [dump, ...printed] = blocks.filter(([language]) => language === 'text');
  if (dump && printed.length === 1)
    return { input: `${dump[1]}\n`, command: sh ?? '', output: text };
  expect(rest, 'no block is of another language').toEqual({});
  expect(blocks, 'no two blocks are of one language').toHaveLength(new Map(blocks).size);
  const lines = (sh ?? `kube-rules compile ${inputFile}`).split('\n');
  const command = lines.pop() ?? '';
  const inputs = [yaml, json].filter((input) => input !== undefined).map((input) => `${input}\n`);
  const made = lines.map((line) => '\0'.repeat(truncatedSize(line)));
  const [input = '', ...more] = [...inputs, ...made];
  expect([input !== '', more], 'there is one input').toEqual([true, []]);
  return { input, command, output: text };
}

/** The dump that a command reads; undefined for a command that reads none. */
function dumpOf(command: string): string | undefined {
  return /^kube-rules audit cluster\.yaml --live (\S+)$/.exec(command)?.[1];
}

function truncatedSize(line: string): number {
  const mebibytes = /^truncate --size=(\d+)M cluster\.yaml$/.exec(line)?.[1];
  if (mebibytes === undefined) throw new Error(`a page runs ${line}, which this test cannot`);
  return Number(mebibytes) * 1024 * 1024;
}

/** What `kube-rules compile` reports: of the input, and of the rules or why there are none; or what `kube-rules lint` does. */
function diagnose(text: string, command: string): readonly Diagnostic[] {
  const { layout, isLint, ...options } = optionsOf(command);
  const { snapshot, diagnostics, locate } = parseSnapshot([{ file: inputFile, text }], options);
  const mode = modes.find((known) => known === snapshot.config.mode) ?? 'iptables';
  if (isLint) return lint(snapshot, mode, { found: diagnostics }).map(locate);
  const refusals = findRefusals(snapshot, mode, defaultRelease);
  const more = refusals.filter((refusal) => !diagnostics.includes(refusal));
  const compiled = refusals.length > 0 ? [] : compile(snapshot, mode, { layout }).diagnostics;
  return [...diagnostics, ...more, ...compiled];
}

interface ExampleOptions {
  readonly nodeName?: string;
  readonly layout: Layout;
  readonly isLint: boolean;
  readonly kubeProxyArgs: readonly string[];
}

function optionsOf(command: string): ExampleOptions {
  const usage =
    /^kube-rules (?<name>compile|lint) cluster\.yaml(?: --node (?<node>\S+))?(?<fast> --layout fast)?(?: -- (?<flags>.+))?$/;
  const match = usage.exec(command);
  if (!match) throw new Error(`a page runs ${command}, which this test cannot`);
  const { name, node, fast, flags } = match.groups ?? {};
  const kubeProxyArgs = flags?.split(' ') ?? [];
  const layout = fast === undefined ? 'kube-proxy' : 'fast';
  return {
    kubeProxyArgs,
    layout,
    isLint: name === 'lint',
    ...(node !== undefined && { nodeName: node }),
  };
}
