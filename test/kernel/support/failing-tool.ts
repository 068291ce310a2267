import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** When a tool fails: before it did anything, or when it has done all. */
export const FAILS = ['before', 'after'] as const;

export type Fails = (typeof FAILS)[number];

/** A folder of programs for the head of the PATH, in which one tool is replaced. */
export interface ToolFolder {
  readonly path: string;
  /** How often the tool was called. */
  calls(): number;
  remove(): void;
}

interface Failure {
  readonly tool: string;
  /** From 1. */
  readonly call: number;
  readonly fails: Fails;
}

/** A tool that fails in its n-th call, in a new folder of `parent`. What version it is it says always. */
export function failingTool({ tool, call, fails }: Failure, parent: string = tmpdir()): ToolFolder {
  const real = realPath(tool);
  const doIt = fails === 'after' ? `'${real}' "$@" || true` : 'cat';
  return toolFolder(
    tool,
    `if [ "$1" = --version ]; then
  echo $((call - 1)) >"$folder/calls"
elif [ "$call" -eq ${call} ]; then
  ${doIt} >/dev/null
  echo '${tool}: it fails' >&2
  exit 1
fi
exec '${real}' "$@"
`,
    parent,
  );
}

/** Which line a tool names that refuses a document: the one that it refuses, or the end of its table, as iptables-legacy does. */
export type NamedLine = 'refused' | 'last';

/** A tool that refuses each document in which the words stand, as iptables-restore does, and names a line. */
export function refusingTool(
  tool: string,
  words: string,
  named: NamedLine = 'refused',
): ToolFolder {
  const wanted = named === 'refused' ? `-e '${words}'` : '-x -e COMMIT';
  return toolFolder(
    tool,
    `cat >"$folder/input.$$"
if grep -q -F -e '${words}' "$folder/input.$$"; then
  line=$(grep -n -F ${wanted} "$folder/input.$$" | head -n1 | cut -d: -f1)
  echo "${tool}: line $line failed" >&2
  exit 1
fi
exec '${realPath(tool)}' "$@" <"$folder/input.$$"
`,
  );
}

/** A tool that says another version than its own. */
export function olderTool(tool: string, version: string): ToolFolder {
  return toolFolder(
    tool,
    `if [ "$1" = --version ]; then echo '${tool} v${version}'; exit 0; fi
exec '${realPath(tool)}' "$@"
`,
  );
}

function toolFolder(tool: string, body: string, parent: string = tmpdir()): ToolFolder {
  const path = mkdtempSync(join(parent, 'kube-rules-tool-'));
  const head = `#!/bin/sh
folder='${path}'
call=$(($(cat "$folder/calls") + 1))
echo "$call" >"$folder/calls"
`;
  writeFileSync(join(path, 'calls'), '0\n');
  writeFileSync(join(path, tool), head + body);
  chmodSync(join(path, tool), 0o755);
  return {
    path,
    calls: () => Number(readFileSync(join(path, 'calls'), 'utf8')),
    remove: () => rmSync(path, { recursive: true }),
  };
}

function realPath(tool: string): string {
  return execFileSync('sh', ['-c', `command -v '${tool}'`], { encoding: 'utf8' }).trim();
}
