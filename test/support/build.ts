import { execa } from 'execa';

/** Builds what the end-to-end tests run, once before all of them. */
export async function setup(): Promise<void> {
  await execa('npx', ['tsc', '-b']);
  await execa('node', ['packages/cli/scripts/bundle-page.mjs']);
}
