import type { Path } from './print-path.ts';

/** Reads what `printPath` prints: `spec.ports[1].port`, `data["config.conf"]`. */
export function parsePath(text: string): Path {
  const steps = text.matchAll(/([A-Za-z_][\w-]*)|\[(\d+)\]|\[("(?:[^"\\]|\\.)*")\]/g);
  return Array.from(steps, ([, key, index, quoted]) => {
    if (index !== undefined) return Number(index);
    return key ?? String(JSON.parse(quoted ?? '""'));
  });
}
