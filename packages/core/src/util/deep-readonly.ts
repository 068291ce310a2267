/** `T`, of which nothing may be written, at any depth. */
export type DeepReadonly<T> = unknown extends T
  ? T
  : T extends string | number | boolean | undefined | null
    ? T
    : T extends readonly (infer Element)[]
      ? readonly DeepReadonly<Element>[]
      : { readonly [Key in keyof T]: DeepReadonly<T[Key]> };
