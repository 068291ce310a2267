import { expect } from 'vitest';
import type { CommandOutcome } from './machine.ts';

/** Shows what a command said if it ended otherwise. */
export function expectStatus(outcome: CommandOutcome, status: number): void {
  expect(outcome.status, `${outcome.stderr}${outcome.stdout}`).toBe(status);
}
