/**
 * What may be given for a `T` before it is checked: every field may be missing, words may be any
 * text. Objects of the usual Kubernetes TypeScript types fit into it.
 */
export type Loose<T> = T extends string
  ? string
  : T extends number | boolean | undefined | null
    ? T
    : T extends readonly (infer Element)[]
      ? readonly Loose<Element>[]
      : { readonly [Key in keyof T]?: Loose<T[Key]> | undefined };
