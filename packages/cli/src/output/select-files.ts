import { UsageError } from '../usage-error.ts';

/** The documents that `--only` names, in the order of the documents; all without it. */
export function selectFiles(
  files: Readonly<Record<string, string>>,
  only: readonly string[] | undefined,
): Readonly<Record<string, string>> {
  if (only === undefined) return files;
  const unknown = only.find((name) => !Object.hasOwn(files, name));
  if (unknown !== undefined) {
    throw new UsageError(
      `there is no document ${unknown}; there are ${Object.keys(files).join(', ')}`,
    );
  }
  return Object.fromEntries(Object.entries(files).filter(([name]) => only.includes(name)));
}
