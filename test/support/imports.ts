import { dirname, join, normalize } from 'node:path/posix';

/** An import or re-export of one file. */
export interface Import {
  /** The importing file, from the root of the repository. */
  readonly file: string;
  /** As it is written. */
  readonly specifier: string;
  readonly typesOnly: boolean;
}

const statement =
  /^(?:import|export)\s+(type\s+)?(?:(\{[^}]*\}|[^'"{};]*)\s*from\s*)?(['"])([^'"]+)\3/gm;
const dynamic = /\b(?:import|require)\s*\(\s*(['"`])([^'"`]+)\1/g;

/** All imports and re-exports in the text of a TypeScript file. */
export function readImports(file: string, text: string): Import[] {
  const written = Array.from(
    text.matchAll(statement),
    ([, type, names = '', , specifier = '']) => ({
      file,
      specifier,
      typesOnly: type !== undefined || hasTypesOnly(names),
    }),
  );
  const called = Array.from(text.matchAll(dynamic), ([, , specifier = '']) => ({
    file,
    specifier,
    typesOnly: false,
  }));
  return [...written, ...called];
}

function hasTypesOnly(names: string): boolean {
  const list = names
    .replaceAll(/[{}]/g, '')
    .split(',')
    .map((name) => name.trim())
    .filter((name) => name !== '');
  return list.length > 0 && list.every((name) => name.startsWith('type '));
}

/** The file that a relative import leads to, from the root of the repository. */
export function targetOf({ file, specifier }: Import): string | undefined {
  return specifier.startsWith('.') ? normalize(join(dirname(file), specifier)) : undefined;
}
