import { spawnSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';

interface ScriptRun {
  readonly status: number | null;
  readonly stderr: string;
  /** One call a line, by the name that was called; a word with a blank stands in brackets. */
  readonly calls: readonly string[];
}

export interface FakeIptables {
  /** Runs a script with `sh`, and nothing but the fakes and the shell's own needs on PATH. */
  readonly run: (
    script: string,
    options?: readonly string[],
    environment?: Readonly<Record<string, string>>,
  ) => ScriptRun;
  /** What the last `iptables-restore` read. */
  readonly restored: () => string;
  /** Takes a chain or jump out of what the fake remembers. */
  readonly forget: (made: string) => void;
}

/** Remembers what -N, -I and -A made, so that -N, -S and -C answer as iptables would. */
const program = `#!/bin/sh
name=\${0##*/}
line=$name
for word in "$@"; do
  case $word in *' '*) word="[$word]" ;; esac
  line="$line $word"
done
printf '%s\\n' "$line" >>"$FAKE/calls"
case $name in *restore) exec /bin/cat >"$FAKE/restored" ;; esac
if [ "$FAKE_BROKEN" = yes ]; then echo "broken" >&2; exit 4; fi
made=\${line#"$name -w 5 "}
table=\${made#-t }; table=\${table%% *}
rest=\${made#-t "$table" -? }
action=\${made#-t "$table" }; action=\${action%% *}
known() { [ -e "$FAKE/made" ] && /bin/grep -qxF -e "$1" "$FAKE/made"; }
case $action in
  -N) known "-t $table -N $rest" && exit 1; printf '%s\\n' "$made" >>"$FAKE/made" ;;
  -S) known "-t $table -N $rest" || exit 1 ;;
  -C) known "-t $table -I $rest" || known "-t $table -A $rest" || exit 1 ;;
  -I | -A) printf '%s\\n' "$made" >>"$FAKE/made" ;;
  *) exit 2 ;;
esac
`;

const names = ['iptables', 'ip6tables', 'iptables-nft', 'ip6tables-legacy'];

/** Commands that stand for iptables on PATH for the rest of the test. */
export function createFakeIptables({ broken = false } = {}): FakeIptables {
  const folder = mkdtempSync(join(tmpdir(), 'kube-rules-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const name of names.flatMap((one) => [one, `${one}-restore`])) {
    writeFileSync(join(folder, name), program);
    chmodSync(join(folder, name), 0o755);
  }
  const read = (name: string): string =>
    existsSync(join(folder, name)) ? readFileSync(join(folder, name), 'utf8') : '';
  return {
    run: (script, options = [], environment = {}) => {
      rmSync(join(folder, 'calls'), { force: true });
      const { status, stderr } = spawnSync('/bin/sh', [...options], {
        input: script,
        encoding: 'utf8',
        cwd: folder,
        env: { PATH: folder, FAKE: folder, FAKE_BROKEN: broken ? 'yes' : 'no', ...environment },
      });
      return { status, stderr, calls: read('calls').split('\n').slice(0, -1) };
    },
    restored: () => read('restored'),
    forget: (made) => {
      const rest = read('made')
        .split('\n')
        .filter((line) => line !== made);
      writeFileSync(join(folder, 'made'), rest.join('\n'));
    },
  };
}
