import { z } from 'zod';
import type { Problem } from './problem.ts';

/** A string for which `check` finds no problem. */
export function checkedString(check: (value: string) => Problem | undefined): z.ZodString {
  return z.string().check((context) => {
    const problem = check(context.value);
    if (problem)
      context.issues.push({ code: 'custom', input: context.value, params: { ...problem } });
  });
}
