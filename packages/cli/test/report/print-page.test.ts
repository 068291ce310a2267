import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { unpackData } from '../../src/report/page/unpack-data.ts';
import { printPage } from '../../src/report/print-page.ts';
import { shopReport } from '../support/report.ts';

const assets = { page: 'start("</script>", "<!--")', engine: 'a < b', style: 'p { margin: 0 }' };

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64');
}

function scriptsOf(page: string): Record<string, string> {
  const found = page.matchAll(/<script(?: type="text\/plain" id="(\w+)")?>(.*?)<\/script>/gs);
  return Object.fromEntries(Array.from(found, ([, id = 'page', text = '']) => [id, text]));
}

test('what the page gets is what was put into it', async () => {
  const data = shopReport();
  const { data: packed = '' } = scriptsOf(printPage(data, assets));
  expect(await unpackData(packed)).toEqual(JSON.parse(JSON.stringify(data)));
});

test('no text of a snapshot is read as HTML', async () => {
  const hostile = '</script><script>alert(1)</script><!--';
  const finding = {
    code: 'CODE',
    severity: 'error',
    message: hostile,
    details: hostile,
    services: [hostile],
    modes: ['ipvs'],
  } as const;
  const page = printPage(shopReport({ findings: [finding] }), assets);
  expect(page).not.toContain('alert');
  const { data: packed = '' } = scriptsOf(page);
  expect((await unpackData(packed)).findings).toEqual([finding]);
});

test('the policy allows this script and this style, and nothing from elsewhere', () => {
  const page = printPage(shopReport(), assets);
  const { page: script = '' } = scriptsOf(page);
  expect(/content="(default-src [^"]*)"/.exec(page)?.[1]?.split('; ')).toEqual([
    "default-src 'none'",
    `script-src 'sha256-${hash(script)}'`,
    `style-src 'sha256-${hash(assets.style)}'`,
    'worker-src blob:',
    "base-uri 'none'",
    "form-action 'none'",
  ]);
});

test('code cannot end its own element, and means the same', () => {
  const { page, engine } = scriptsOf(printPage(shopReport(), assets));
  expect(page).toBe(String.raw`start("\x3c/script>", "\x3c!--")`);
  expect(engine).toBe('a < b');
});
