import { readFileSync } from 'node:fs';

/** What the build makes of `page/`: see `scripts/bundle-page.mjs`. */
export interface PageAssets {
  /** What runs in the page. */
  readonly page: string;
  /** What runs beside it, in a worker: core. */
  readonly engine: string;
  readonly style: string;
}

export function readPageAssets(): PageAssets {
  return {
    page: readAsset('page.js'),
    engine: readAsset('engine.js'),
    style: readAsset('page.css'),
  };
}

function readAsset(name: string): string {
  return readFileSync(new URL(`../../dist/bundle/${name}`, import.meta.url), 'utf8');
}
