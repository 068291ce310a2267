import { readFileSync } from 'node:fs';
import { parseSnapshot, snapshotForNode, traceSnapshot } from '@kube-rules/core';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { makeReport, openReport, startBrowser } from './support/open-report.ts';

const shop = 'examples/online-shop.yaml';
const { snapshot } = parseSnapshot(readFileSync(shop, 'utf8'));
let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

const options = (page: Page) => page.getByRole('listbox', { name: 'Services' }).getByRole('option');
const search = (page: Page) => page.getByRole('combobox', { name: 'Search Services' });

test('opens without a word on the console and without a request', async () => {
  const { page, complaints } = await openReport(browser, await makeReport([shop]));
  for (const name of ['Trace', 'Rules', 'Findings', 'Services']) {
    await page.getByRole('link', { name }).click();
    await page.locator('main h2').waitFor();
  }
  await page.locator('main .findings').waitFor();
  expect(await options(page).count()).toBe(18);
  expect(complaints).toEqual([]);
});

test('finds a Service by typing, and explains it', async () => {
  const { page, complaints } = await openReport(browser, await makeReport([shop]));
  await page.keyboard.press('/');
  await page.keyboard.type('30883');
  expect(await options(page).allInnerTexts()).toEqual([
    'prod/courier-gateway\nNodePort 10.96.14.140 · 2 endpoints',
  ]);
  expect(await page.getByRole('status').first().innerText()).toBe('1 of 18 Services');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'prod/courier-gateway', exact: true }).waitFor();
  await page.locator('.chain').first().waitFor();
  const main = await page.locator('main').innerText();
  expect(main).toContain('On node-a, in iptables mode: 2 of 2 endpoints are used.');
  expect(main).toContain(
    'externalTrafficPolicy is Local, and no endpoint of this node can be used',
  );
  expect(main).toContain('EXTERNAL_LOCAL_NODES');
  expect(main).toContain('-A KUBE-SERVICES -d 10.96.14.140/32');
  expect(main).toContain('prod/courier-gateway:mqtt, endpoint 10.244.2.11:8883 [node-b]');
  expect(await page.title()).toBe('prod/courier-gateway - kube-rules report');
  expect(complaints).toEqual([]);
});

test('arrows choose, Enter opens, Escape clears and leaves', async () => {
  const { page } = await openReport(browser, await makeReport([shop]));
  const chosen = async (): Promise<string | null> =>
    page.locator('[role=option][aria-selected=true] .name').textContent();
  await page.keyboard.press('/');
  expect(await search(page).evaluate((field) => field.matches(':focus'))).toBe(true);
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowDown');
  await page.keyboard.press('ArrowUp');
  expect(await chosen()).toBe('ingress/ingress-admission');
  const active = await search(page).getAttribute('aria-activedescendant');
  expect(await page.locator(`#${active}`).getAttribute('aria-selected')).toBe('true');
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'ingress/ingress-admission', exact: true }).waitFor();
  await page.keyboard.type('nonsense');
  expect(await options(page).count()).toBe(0);
  await page.keyboard.press('Escape');
  expect(await search(page).inputValue()).toBe('');
  expect(await options(page).count()).toBe(18);
  await page.keyboard.press('Escape');
  expect(await page.locator('main').evaluate((main) => main.matches(':focus'))).toBe(true);
  await page.keyboard.press('Escape');
  expect(await search(page).evaluate((field) => field.matches(':focus'))).toBe(true);
});

test.for([
  { mode: 'iptables', to: '10.96.14.140:8883/tcp', shown: 'iptables' },
  { mode: 'ipvs', to: '10.96.14.20:80', shown: 'ipvs' },
  { mode: 'nftables', to: '192.0.2.12:30883', shown: 'nftables' },
  { mode: 'nftables', layout: 'fast', to: '10.96.0.10:53/udp', shown: 'fast' },
] as const)('a trace in the page is what core finds in Node: $shown', async (row) => {
  const { mode, to, shown } = row;
  const hash = `#/trace?node=node-b&mode=${shown}`;
  const { page, complaints } = await openReport(browser, await makeReport([shop]), { hash });
  await page.getByLabel('From').fill('10.244.2.4');
  await page.getByLabel('To').fill(to);
  await page.keyboard.press('Enter');
  await page.locator('.outcomes > li').first().waitFor();
  const [, destination = '', port, protocol = 'tcp'] = /^(.+):(\d+)(?:\/(\w+))?$/.exec(to) ?? [];
  const { outcomes } = traceSnapshot(
    snapshotForNode(snapshot, 'node-b'),
    { source: '10.244.2.4', destination, destinationPort: Number(port), protocol },
    { mode, ...('layout' in row && { layout: row.layout }) },
  );
  const found = await page
    .locator('.outcomes > li')
    .evaluateAll((items) =>
      items.map(({ attributes }) =>
        Object.fromEntries(Array.from(attributes, ({ name, value }) => [name, value])),
      ),
    );
  expect(found.length).toBeGreaterThan(0);
  expect(found).toEqual(
    outcomes.map(({ verdict, destination, source, probability }) => ({
      'data-verdict': verdict,
      'data-destination': destination,
      ...(source !== null && { 'data-source': source }),
      'data-probability': String(probability),
    })),
  );
  await page.locator('summary').first().click();
  const steps = await page.locator('.outcomes > li').first().locator('.steps > li').count();
  expect(steps).toBe(outcomes[0]?.path.length);
  expect(complaints).toEqual([]);
});

test('an address is traced with one click, from a pod of the node', async () => {
  const hash = '#/services?service=prod/courier-gateway&node=node-b';
  const { page } = await openReport(browser, await makeReport([shop]), { hash });
  await page.getByRole('button', { name: 'Trace a packet to the node port 30883' }).click();
  await page.locator('.outcomes > li').first().waitFor();
  expect(await page.getByLabel('To').inputValue()).toBe('192.0.2.12:30883/tcp');
  expect(await page.getByLabel('From').inputValue()).toMatch(/^10\.244\.2\./);
});

test('a packet that is none is refused with a sentence', async () => {
  const hash = '#/trace?from=somebody&to=10.96.0.1:443';
  const { page, complaints } = await openReport(browser, await makeReport([shop]), { hash });
  const text = await page.getByRole('alert').innerText();
  expect(text).toContain('source "somebody" is no address');
  expect(complaints).toEqual([]);
});

test('node and mode change what is shown', async () => {
  const hash = '#/services?service=prod/courier-gateway';
  const { page } = await openReport(browser, await makeReport([shop]), { hash });
  await page.getByRole('combobox', { name: 'Node' }).selectOption('node-b');
  await page.getByRole('combobox', { name: 'Mode' }).selectOption('nftables');
  await page.getByText('On node-b, in nftables mode: 2 of 2 endpoints are used.').waitFor();
  await page.getByText('nftables ip kube-proxy').first().waitFor();
  expect(await page.locator('main').innerText()).toContain('10.96.14.140 . tcp . 8883');
  await page.goBack();
  await page.getByText('On node-b, in iptables mode: 2 of 2 endpoints are used.').waitFor();
  expect(await page.getByRole('combobox', { name: 'Mode' }).inputValue()).toBe('iptables');
});

test.for([
  { colorScheme: 'light', isDark: false },
  { colorScheme: 'dark', isDark: true },
] as const)('colours follow the $colorScheme scheme, with contrast', async (row) => {
  const { colorScheme, isDark } = row;
  const file = await makeReport([shop]);
  const { page } = await openReport(browser, file, { colorScheme });
  const colors = await page.evaluate<string[]>(
    '["backgroundColor", "color"].map((name) => getComputedStyle(document.body)[name])',
  );
  const [back = 0, text = 0] = colors.map(luminanceOf);
  expect(back < text).toBe(isDark);
  const [darker = 0, lighter = 0] = [back, text].toSorted((a, b) => a - b);
  expect((lighter + 0.05) / (darker + 0.05)).toBeGreaterThan(7);
});

/** As WCAG has it, of `rgb(1, 2, 3)`. */
function luminanceOf(color: string): number {
  const parts = color.match(/\d+/g)?.map((part) => Number(part) / 255) ?? [];
  const [red = 0, green = 0, blue = 0] = parts.map((part) =>
    part <= 0.040_45 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
