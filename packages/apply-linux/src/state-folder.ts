import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlan, type NodePlan } from '@kube-rules/core';
import { ApplyError } from './apply-error.ts';

/** Where what was applied last is kept, unless another folder is named. */
export const defaultStateFolder = '/var/lib/kube-rules';

/** What a node was last changed to. */
export interface LastApply {
  /** ISO 8601. */
  readonly time: string;
  readonly plan: NodePlan;
  /** Why it failed; none for one that was carried out. */
  readonly error?: string;
}

type Outcome = 'good' | 'failed';

/**
 * Keeps it, whole or not at all.
 *
 * @throws {ApplyError} with code `DISK_FULL`, or as the system says, if it cannot be written.
 */
export async function saveLast(folder: string, outcome: Outcome, last: LastApply): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    const file = fileOf(folder, outcome);
    await writeFile(`${file}.new`, JSON.stringify(last));
    await rename(`${file}.new`, file);
  } catch (error) {
    throw asApplyError(folder, error);
  }
}

/** `undefined` for none, and for a file that cannot be read as one. */
export async function readLast(folder: string, outcome: Outcome): Promise<LastApply | undefined> {
  try {
    const value: unknown = JSON.parse(await readFile(fileOf(folder, outcome), 'utf8'));
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = new Map<string, unknown>(Object.entries(value));
    const [time, error] = [fields.get('time'), fields.get('error')];
    const plan = readPlan(JSON.stringify(fields.get('plan') ?? null));
    if (typeof time !== 'string' || !plan) return undefined;
    return { time, plan, ...(typeof error === 'string' && { error }) };
  } catch {
    return undefined;
  }
}

function fileOf(folder: string, outcome: Outcome): string {
  return join(folder, `last-${outcome}.json`);
}

/** Changes wait for a word that the node can still be reached. */
export async function askForConfirmation(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await rm(join(folder, 'confirmed'), { force: true });
  await writeFile(join(folder, 'pending'), String(process.pid));
}

/** Says the word; false if nothing waits for it. */
export async function confirm(folder: string): Promise<boolean> {
  const pending = await readFile(join(folder, 'pending'), 'utf8').catch(() => undefined);
  if (pending === undefined) return false;
  await writeFile(join(folder, 'confirmed'), pending);
  return true;
}

const pollEvery = 200;

/** Whether the word came in time, and before the signal. */
export async function waitForConfirmation(
  folder: string,
  milliseconds: number,
  signal?: AbortSignal,
): Promise<boolean> {
  const end = Date.now() + milliseconds;
  try {
    while (Date.now() < end) {
      if (signal?.aborted) return false;
      const said = await readFile(join(folder, 'confirmed'), 'utf8').catch(() => undefined);
      if (said === String(process.pid)) return true;
      await new Promise((resolve) => setTimeout(resolve, pollEvery));
    }
    return false;
  } finally {
    await rm(join(folder, 'pending'), { force: true });
    await rm(join(folder, 'confirmed'), { force: true });
  }
}

function asApplyError(folder: string, error: unknown): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : undefined;
  if (code !== 'ENOSPC') return error;
  return new ApplyError('DISK_FULL', `There is no room left in ${folder}.`, {
    hint: 'Make room on the disk, and try again.',
  });
}
