import { expect, test } from 'vitest';
import { readPageAssets } from '../../src/report/read-page-assets.ts';

test('there are two scripts that stand alone, with the licences of what is in them, and a style', () => {
  const { page, engine, style } = readPageAssets();
  for (const script of [page, engine]) expect(script).not.toMatch(/\bimport\s*[({"'`]|\brequire\(/);
  expect(engine).toContain('/*! @noble/hashes ');
  expect(engine).toContain('MIT License');
  expect(style).toContain('prefers-color-scheme: dark');
  expect(style).not.toMatch(/url\(|@import/);
  expect(page.length + engine.length + style.length).toBeLessThan(400_000);
});
