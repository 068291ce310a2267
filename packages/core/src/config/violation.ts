import type { Path } from '../util/print-path.ts';

/** A field of a configuration whose value kube-proxy would refuse; `message` is a clause without its final stop. */
export interface Violation {
  readonly path: Path;
  readonly message: string;
}
