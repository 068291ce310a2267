import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { clusterText, largeCluster } from '../../packages/cli/test/support/cluster.ts';
import { makeReport, openReport, startBrowser } from './support/open-report.ts';

let browser: Browser;

beforeAll(async () => {
  browser = await startBrowser();
});

afterAll(() => browser.close());

const markup =
  '</script><script>document.title="taken"</script><img src=x onerror="document.title=\'taken\'">';

/** Markup wherever a snapshot takes any text. */
function hostileCluster(): string {
  const slice = {
    apiVersion: 'discovery.k8s.io/v1',
    kind: 'EndpointSlice',
    metadata: {
      name: 'web-a',
      namespace: 'prod',
      labels: { 'kubernetes.io/service-name': 'web' },
      annotations: { note: markup },
    },
    addressType: 'IPv4',
    ports: [{ name: 'http', port: 8080 }],
    endpoints: [
      { addresses: ['10.244.1.5'], nodeName: markup, hints: { forZones: [{ name: markup }] } },
      { addresses: [markup], nodeName: 'node-a' },
    ],
  };
  const service = {
    apiVersion: 'v1',
    kind: 'Service',
    metadata: { name: 'web', namespace: 'prod', annotations: { 'kube-rules/ignore': markup } },
    spec: {
      clusterIP: '10.96.0.1',
      loadBalancerSourceRanges: [markup],
      externalIPs: [markup],
      ports: [{ name: 'http', port: 80 }],
    },
  };
  const node = {
    apiVersion: 'v1',
    kind: 'Node',
    metadata: { name: 'node-a', labels: { 'topology.kubernetes.io/zone': markup } },
  };
  return JSON.stringify({ apiVersion: 'v1', kind: 'List', items: [node, service, slice] });
}

test('markup in a snapshot is text in the page', async () => {
  const file = await makeReport([], hostileCluster());
  const hash = '#/services?service=prod/web';
  const { page, complaints } = await openReport(browser, file, { hash });
  await page.locator('.chain').first().waitFor();
  expect(await page.locator('main').innerText()).toContain(markup);
  await page.getByRole('link', { name: 'Findings' }).click();
  await page.locator('.findings').waitFor();
  expect(await page.locator('main').innerText()).toContain('onerror=');
  await page.goto(`file://${file}#/services?service=${encodeURIComponent(markup)}`);
  await page.getByRole('alert').first().waitFor();
  expect(await page.locator('img').count()).toBe(0);
  expect(await page.locator('script:not(:empty)').count()).toBe(1);
  expect(await page.title()).not.toBe('taken');
  expect(complaints).toEqual([]);
});

test('a thousand Services: few rows exist, and typing is answered at once', async () => {
  const file = await makeReport([], clusterText(largeCluster(1000, 243)));
  const { page, complaints } = await openReport(browser, file);
  const rows = page.getByRole('listbox', { name: 'Services' }).getByRole('option');
  expect(await page.getByRole('status').first().innerText()).toBe('1,000 Services');
  expect(await rows.count()).toBeLessThan(60);
  await page.keyboard.press('/');
  for (let presses = 0; presses < 30; presses += 1) await page.keyboard.press('ArrowDown');
  expect(await page.locator('[aria-selected=true]').getAttribute('aria-posinset')).toBe('30');
  const start = Date.now();
  await page.keyboard.type('s777');
  await page.locator('.row', { hasText: 'prod/s777' }).waitFor();
  expect(Date.now() - start).toBeLessThan(2000);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'prod/s777', exact: true }).waitFor();
  await page.locator('.chain').first().waitFor();
  await page.getByRole('link', { name: 'Rules' }).click();
  await page.getByText('the first 300 are shown').waitFor();
  await page.getByLabel('Filter rules').fill('s777');
  await page.getByText(/^\d rules$|^1\d rules$/).waitFor();
  expect(complaints).toEqual([]);
});
