import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { readPlan, type NodePlan, type Operation } from '@kube-rules/core';
import { ApplyError } from './apply-error.ts';

/** Where what was applied last is kept, unless another folder is named. */
export const defaultStateFolder = '/var/lib/kube-rules';

/** What a node was last changed to. */
export interface LastApply {
  /** ISO 8601. */
  readonly time: string;
  /** How long it took. */
  readonly milliseconds: number;
  readonly plan: NodePlan;
  /** Why it failed; none for one that was carried out. */
  readonly error?: string;
}

type Outcome = 'good' | 'failed';

/**
 * Keeps it, whole or not at all: the plan in `last-good/apply.json` or `last-failed/apply.json`, and each
 * document that a tool gets beside it, as `2-iptables-IPv4` and its like, in the order of the steps.
 *
 * @throws {ApplyError} with code `DISK_FULL`, or as the system says, if it cannot be written.
 */
export async function saveLast(folder: string, outcome: Outcome, last: LastApply): Promise<void> {
  const place = folderOf(folder, outcome);
  try {
    await rm(`${place}.new`, { recursive: true, force: true });
    await mkdir(`${place}.new`, { recursive: true, mode: 0o700 });
    await writeFile(join(`${place}.new`, planFile), JSON.stringify(last));
    for (const [name, text] of documentsOf(last.plan.operations))
      await writeFile(join(`${place}.new`, name), text);
    await rm(place, { recursive: true, force: true });
    await rename(`${place}.new`, place);
  } catch (error) {
    throw asApplyError(folder, error);
  }
}

const planFile = 'apply.json';

function documentsOf(operations: readonly Operation[]): (readonly [string, string])[] {
  return operations.flatMap((operation, index) => {
    if (!('input' in operation)) return [];
    const family = 'family' in operation ? `-${operation.family}` : '';
    return [[`${index + 1}-${operation.kind}${family}`, operation.input] as const];
  });
}

/** `undefined` for none, and for a file that cannot be read as one. */
export async function readLast(folder: string, outcome: Outcome): Promise<LastApply | undefined> {
  try {
    const value: unknown = JSON.parse(
      await readFile(join(folderOf(folder, outcome), planFile), 'utf8'),
    );
    if (typeof value !== 'object' || value === null) return undefined;
    const fields = new Map<string, unknown>(Object.entries(value));
    const [time, error] = [fields.get('time'), fields.get('error')];
    const milliseconds = Number(fields.get('milliseconds'));
    const plan = readPlan(JSON.stringify(fields.get('plan') ?? null));
    if (typeof time !== 'string' || !plan) return undefined;
    return { time, milliseconds, plan, ...(typeof error === 'string' && { error }) };
  } catch {
    return undefined;
  }
}

function folderOf(folder: string, outcome: Outcome): string {
  return join(folder, `last-${outcome}`);
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
