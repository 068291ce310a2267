export type Path = readonly (string | number)[];

/** A path into an object as people write it: `spec.ports[1].port`, `data["config.conf"]`. */
export function printPath(path: Path): string {
  return path.map(printStep).join('');
}

function printStep(step: string | number, index: number): string {
  if (typeof step === 'number') return `[${step}]`;
  if (!/^[A-Za-z_][\w-]*$/.test(step)) return `[${JSON.stringify(step)}]`;
  return index === 0 ? step : `.${step}`;
}
