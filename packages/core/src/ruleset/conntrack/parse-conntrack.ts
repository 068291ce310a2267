/** One direction of a flow. */
interface Tuple {
  readonly source: string;
  readonly destination: string;
  readonly sourcePort: number;
  readonly destinationPort: number;
}

/** A flow that the kernel follows, as `conntrack -L` lists it. */
export interface Flow {
  /** `udp`, `tcp`, … */
  readonly protocol: string;
  /** As the first packet had it. */
  readonly original: Tuple;
  /** As answers have it: their source is where the flow was sent. */
  readonly reply: Tuple;
}

/** The flows with ports of what `conntrack -L` prints; other lines are left out. */
export function parseConntrack(text: string): Flow[] {
  return text.split('\n').flatMap((line) => {
    const [protocol = '', ...words] = line.trim().split(/\s+/);
    const fields = words.flatMap((word) => {
      const at = word.indexOf('=');
      return at < 0 ? [] : [[word.slice(0, at), word.slice(at + 1)] as const];
    });
    const tupleAt = (index: number): Tuple | undefined => readTuple(fields, index);
    const [original, reply] = [tupleAt(0), tupleAt(1)];
    return original && reply ? [{ protocol, original, reply }] : [];
  });
}

/** Each direction repeats the names of the fields. */
function readTuple(
  fields: readonly (readonly [string, string])[],
  index: number,
): Tuple | undefined {
  const field = (name: string): string | undefined =>
    fields.filter(([key]) => key === name)[index]?.[1];
  const [source, destination] = [field('src'), field('dst')];
  const [sourcePort, destinationPort] = [Number(field('sport')), Number(field('dport'))];
  if (source === undefined || destination === undefined) return undefined;
  if (!Number.isInteger(sourcePort) || !Number.isInteger(destinationPort)) return undefined;
  return { source, destination, sourcePort, destinationPort };
}
