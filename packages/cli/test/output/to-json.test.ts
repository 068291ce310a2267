import { parseSnapshot } from '@kube-rules/core';
import { expect, test } from 'vitest';
import { diagnosticToJSON, printJSON } from '../../src/output/to-json.ts';

test('the document says its version and kind first', () => {
  expect(printJSON('Compilation', { nodeName: 'node-a' })).toBe(
    '{\n  "apiVersion": "kube-rules/v1alpha1",\n  "kind": "Compilation",\n  "nodeName": "node-a"\n}\n',
  );
});

test('control characters are escaped, and the value is the same', () => {
  const hostile = 'a\u001b[31m\u009b31m\u202e\u2028\n\u{e0001}';
  const text = printJSON('X', { hostile });
  expect(text).not.toMatch(/[^\P{C}\n]|\u2028/u);
  expect(JSON.parse(text)).toMatchObject({ hostile });
});

test('a diagnostic is given line and column', () => {
  const text = 'apiVersion: v1\nkind: Service\nmetadata: {name: A_B, namespace: x}\n';
  const { diagnostics } = parseSnapshot(text, { file: 'a.yaml', nodeName: 'n' });
  const named = diagnostics.find(({ code }) => code === 'NAME_INVALID')!;
  expect(diagnosticToJSON(named, { 'a.yaml': text })).toEqual({
    ...named,
    position: { line: 3, column: 18 },
  });
  expect(diagnosticToJSON(named, {})).toBe(named);
});
