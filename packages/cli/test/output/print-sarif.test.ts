import { parseSnapshot, type Diagnostic } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { printSARIF } from '../../src/output/print-sarif.ts';

const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: Web}\nspec: {externalIPs: [x]}\n';
const file = 'my cluster/web.yaml';
const { diagnostics } = parseSnapshot([{ file, text }]);
const log = JSON.parse(printSARIF(diagnostics, { [file]: text })) as Log;
const [run] = log.runs;

/** What SARIF 2.1.0 requires of a log, as far as we write it (OASIS, sections 3.13 to 3.49). */
interface Log {
  readonly $schema: string;
  readonly version: string;
  readonly runs: readonly {
    readonly tool: { readonly driver: { readonly name: string; readonly rules: readonly Rule[] } };
    readonly columnKind: string;
    readonly results: readonly Result[];
  }[];
}

interface Rule {
  readonly id: string;
  readonly defaultConfiguration: { readonly level: string };
}

interface Result {
  readonly ruleId: string;
  readonly ruleIndex: number;
  readonly level: string;
  readonly message: { readonly text: string };
  readonly locations: readonly {
    readonly physicalLocation: {
      readonly artifactLocation: { readonly uri: string };
      readonly region?: Readonly<Record<string, number>>;
    };
    readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
  }[];
}

test('names its version and schema, one run and its tool', () => {
  expect(log.version).toBe('2.1.0');
  expect(log.$schema).toMatch(/^https:\/\/.*sarif.*2\.1\.0.*\.json$/);
  expect(log.runs).toHaveLength(1);
  expect(run?.tool.driver.name).toBe('kube-rules');
  expect(run?.columnKind).toBe('utf16CodeUnits');
});

test('every result refers to its rule, each of which is there once', () => {
  const rules = run?.tool.driver.rules ?? [];
  expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
  expect(run?.results.length).toBeGreaterThan(2);
  for (const { ruleId, ruleIndex } of run?.results ?? []) expect(rules[ruleIndex]?.id).toBe(ruleId);
});

test('levels are those of SARIF, texts are not empty', () => {
  const results = run?.results ?? [];
  const levels = results.map(({ level }) => level);
  expect(new Set(levels)).toEqual(new Set(['error', 'note']));
  for (const { defaultConfiguration } of run?.tool.driver.rules ?? [])
    expect(['error', 'warning', 'note']).toContain(defaultConfiguration.level);
  expect(results.every(({ message }) => message.text.length > 0)).toBe(true);
});

test('every result has a file, as a relative reference; lines and columns count from 1, the end is not before the start', () => {
  for (const { locations } of run?.results ?? []) {
    expect(locations).toHaveLength(1);
    const { artifactLocation, region } = locations[0]!.physicalLocation;
    expect(artifactLocation.uri).toBe('my%20cluster/web.yaml');
    if (!region) continue;
    const { startLine = 0, startColumn = 0, endLine = 0, endColumn = 0 } = region;
    expect(Math.min(startLine, startColumn, endLine, endColumn)).toBeGreaterThan(0);
    expect([endLine, endColumn] >= [startLine, startColumn]).toBe(true);
  }
});

test('the place and the object of a diagnostic', () => {
  const result = run?.results.find(({ ruleId }) => ruleId === 'NAME_INVALID');
  expect(result?.locations[0]).toEqual({
    physicalLocation: {
      artifactLocation: { uri: 'my%20cluster/web.yaml' },
      region: { startLine: 3, startColumn: 18, endLine: 3, endColumn: 21 },
    },
    logicalLocations: [{ fullyQualifiedName: 'Service Web, metadata.name' }],
  });
});

test('nothing found is a run without results; a diagnostic without input has no file', () => {
  expect((JSON.parse(printSARIF([], {})) as Log).runs[0]?.results).toEqual([]);
  const lost: Diagnostic = { code: 'INPUT_EMPTY', severity: 'warning', message: 'x', objects: [] };
  const [result] = (JSON.parse(printSARIF([lost], {})) as Log).runs[0]?.results ?? [];
  expect(result?.locations[0]?.physicalLocation).toEqual({ artifactLocation: { uri: '' } });
});
