import { statSync, watch, type FSWatcher } from 'node:fs';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { expandFolder } from '../input/read-sources.ts';

export interface WatchOptions {
  /** Files or folders. */
  readonly names: readonly string[];
  readonly onChange: () => void;
  /** Milliseconds without another event after which files are looked at: one that is being written is left to that. */
  readonly settle?: number;
  /** Milliseconds after which they are looked at in any case: links and network file systems tell nothing. */
  readonly interval?: number;
}

export interface Watching {
  readonly stop: () => void;
}

/**
 * Tells when files change, come or go, also by way of a rename or a link, once for all that happens together. What is
 * there now is what later states are compared with.
 */
export async function watchFiles(options: WatchOptions): Promise<Watching> {
  const { names, onChange, settle = 200, interval = 5000 } = options;
  let last = await fingerprintFiles(names);
  let watchers: readonly FSWatcher[] = [];
  let timer: NodeJS.Timeout | undefined;
  let waitsSince: number | undefined;
  let isStopped = false;

  /** In a folder in which something always happens, files are looked at all the same. */
  function schedule(): void {
    waitsSince ??= performance.now();
    clearTimeout(timer);
    const longest = waitsSince + 10 * settle - performance.now();
    timer = setTimeout(() => void look(), Math.max(0, Math.min(settle, longest)));
  }

  async function look(): Promise<void> {
    waitsSince = undefined;
    const now = await fingerprintFiles(names);
    if (isStopped || now === last) return;
    last = now;
    // A folder may be another one of the same name.
    watchAll();
    onChange();
  }

  function watchAll(): void {
    for (const watcher of watchers) watcher.close();
    watchers = [...foldersOf(names)].flatMap((folder) => watchFolder(folder, schedule));
  }

  watchAll();
  const poll = setInterval(schedule, interval);
  return {
    stop: () => {
      isStopped = true;
      clearTimeout(timer);
      clearInterval(poll);
      for (const watcher of watchers) watcher.close();
    },
  };
}

/** Changes with what is in the files; what cannot be read has its own. */
async function fingerprintFiles(names: readonly string[]): Promise<string> {
  const parts = await Promise.all(names.map(async (name) => fingerprint(name).catch(String)));
  return parts.join('\n');
}

async function fingerprint(name: string): Promise<string> {
  const files = await expandFolder(name);
  const states = await Promise.all(
    files.map(async (file) => {
      const { dev, ino, size, mtimeMs, ctimeMs } = await stat(file);
      return [file, dev, ino, size, mtimeMs, ctimeMs].join(' ');
    }),
  );
  return states.join('\n');
}

/** The folders in which something happens when one of the names changes. */
function foldersOf(names: readonly string[]): Set<string> {
  return new Set([...names.map((name) => dirname(name)), ...names.filter(isFolder)]);
}

function isFolder(name: string): boolean {
  try {
    return statSync(name).isDirectory();
  } catch {
    return false;
  }
}

/** None where the system has no more: then there is still the interval. */
function watchFolder(folder: string, onEvent: () => void): FSWatcher[] {
  try {
    const watcher = watch(folder, onEvent);
    watcher.on('error', () => watcher.close());
    return [watcher];
  } catch {
    return [];
  }
}
