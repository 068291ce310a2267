import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { execa } from 'execa';
import { chromium, type Browser, type Page } from 'playwright-core';
import { onTestFinished } from 'vitest';

const command = 'packages/cli/bin/kube-rules.js';

/** Debian's; elsewhere where CHROMIUM says. */
const executablePath = process.env['CHROMIUM'] ?? '/usr/bin/chromium';

/** Root has no sandbox to run it in. */
export function startBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A folder with a report that the command made. */
export async function makeReport(args: readonly string[], input?: string): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'kube-rules-report-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  const file = join(folder, 'report.html');
  const source = join(folder, 'cluster.json');
  if (input !== undefined) await writeFile(source, input);
  const files = input === undefined ? [] : [source];
  await execa('node', [command, 'report', ...args, ...files, '-o', file]);
  return file;
}

export interface OpenReport {
  readonly page: Page;
  /** What the console says, errors of scripts, and all requests but those for the page itself and its worker. */
  readonly complaints: readonly string[];
}

interface OpenOptions {
  readonly hash?: string;
  readonly colorScheme?: 'light' | 'dark';
}

/** Opens a report from the disk, and waits until it is there. */
export async function openReport(
  browser: Browser,
  file: string,
  { hash = '', colorScheme = 'light' }: OpenOptions = {},
): Promise<OpenReport> {
  const page = await browser.newPage({ colorScheme, viewport: { width: 1280, height: 860 } });
  onTestFinished(() => page.close());
  const complaints: string[] = [];
  const { href } = pathToFileURL(file);
  page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => complaints.push(`error: ${error.message}`));
  page.on('request', (request) => {
    const url = request.url();
    if (!url.startsWith(href) && !url.startsWith('blob:null/')) complaints.push(`request: ${url}`);
  });
  await page.goto(`${href}${hash}`);
  await page.locator('main h2').waitFor();
  return { page, complaints };
}
