/** How long a test is: as its environment variable says, or as is usual. */
export function lengthOf(name: 'STEPS' | 'EACH' | 'KILLS' | 'CHANGES', usual: number): number {
  const said = process.env[name];
  if (said === undefined) return usual;
  const length = Number(said);
  if (!Number.isInteger(length) || length < 1) throw new Error(`${name}=${said} is no length.`);
  return length;
}
