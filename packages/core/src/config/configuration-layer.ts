import type { SourceRange } from '../diagnostics/diagnostic.ts';
import type { Path } from '../util/print-path.ts';

/** Where a value of the configuration comes from. */
export type ConfigurationSource =
  | { readonly kind: 'default' }
  | { readonly kind: 'file'; readonly file: string }
  | { readonly kind: 'ConfigMap'; readonly file: string }
  | { readonly kind: 'flag'; readonly flag: string };

/** One document or set of flags that configures kube-proxy. Of several layers, the later ones win. */
export interface ConfigurationLayer {
  /** The document's own fields, unchecked. */
  readonly value: unknown;
  /** Where the value at `path` comes from. */
  readonly sourceOf: (path: Path) => ConfigurationSource;
  readonly rangeOf?: (path: Path) => SourceRange | undefined;
}
