/** A defect of kube-rules itself, never of its input. */
export class InternalError extends Error {
  override readonly name = 'InternalError';
}

/** Holds a truth that only a defect of kube-rules can break. */
export function invariant(condition: boolean, message: string): asserts condition {
  if (!condition) throw new InternalError(message);
}
