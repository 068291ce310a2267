import type { z } from 'zod';
import type { Path } from '../util/print-path.ts';
import { quoteValue } from '../util/quote-value.ts';
import { isProblem, type Problem } from './problem.ts';
import { valueAt } from '../util/value-at.ts';

/** A zod issue in our own words, with the path as zod gives it. */
export interface ExplainedIssue extends Problem {
  readonly path: Path;
  readonly levels: number;
}

/** `wrongTypeLevels` is how many levels above a field of the wrong type are left out with it. */
export function explainIssue(
  issue: z.core.$ZodIssue,
  input: unknown,
  wrongTypeLevels: number,
): ExplainedIssue {
  const path = issue.path.filter((step): step is string | number => typeof step !== 'symbol');
  if (issue.code === 'custom' && isProblem(issue.params)) {
    return { path, levels: issue.params.levels ?? 0, ...pick(issue.params) };
  }
  const value = valueAt(input, path);
  const levels = typeof path.at(-1) === 'string' ? wrongTypeLevels : 0;
  if (value === undefined)
    return { path, levels, code: 'FIELD_MISSING', message: 'The field is missing' };
  const expected = expectedType(issue);
  const article = /^[aeiou]/.test(expected) ? 'an' : 'a';
  return {
    path,
    levels,
    code: 'TYPE_INVALID',
    message: `${describe(value)} is not ${article} ${expected}`,
  };
}

/** Beside wrong types, the schemas' own checks are of the size of integers only. */
function expectedType(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' ? issue.expected : 'int';
}

function pick({ code, message }: Problem): Problem {
  return { code, message };
}

function describe(value: unknown): string {
  if (Array.isArray(value)) return 'A list';
  return typeof value === 'object' && value !== null ? 'A mapping' : quoteValue(value);
}
