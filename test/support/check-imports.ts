import { dirname } from 'node:path/posix';
import { coreFolders, packageImports, type Allowance } from './import-rules.ts';
import { targetOf, type Import } from './imports.ts';

const coreRoot = 'packages/core/src';

/** What is wrong with an import, a sentence; nothing if it is allowed. */
export function checkImport(one: Import): string | undefined {
  const [, packageName = ''] = one.file.split('/');
  const problem = targetOf(one) === undefined ? checkPackage(one, packageName) : checkFile(one);
  return problem && `${one.file} imports ${one.specifier}: ${problem}`;
}

function checkPackage({ file, specifier }: Import, packageName: string): string | undefined {
  const allowed = packageImports[packageName];
  if (!allowed) return `no rule for package ${packageName}`;
  if (!allowed.some((name) => isWithin(specifier, name)))
    return `package ${packageName} may not import it`;
  if (packageName !== 'core') return undefined;
  const { packages = [] } = allowanceOf(file) ?? {};
  if (packages.some((name) => isWithin(specifier, name))) return undefined;
  return `${folderOf(file) || 'the entry'} may not import it`;
}

/** Of our own packages only the entry is public. */
function isWithin(specifier: string, name: string): boolean {
  if (name.endsWith(':')) return specifier.startsWith(name);
  if (specifier === name) return true;
  return !name.startsWith('@kube-rules/') && specifier.startsWith(`${name}/`);
}

function checkFile(one: Import): string | undefined {
  const target = targetOf(one) ?? '';
  const [, packageName] = one.file.split('/');
  if (!target.startsWith(`packages/${packageName}/src/`)) return 'it is outside of the package';
  if (packageName !== 'core') return undefined;
  const [from, to] = [folderOf(one.file), folderOf(target)];
  return from === to || from === '' ? undefined : checkFolder(one, from, to);
}

function checkFolder(one: Import, from: string, to: string): string | undefined {
  const allowance = allowanceOf(one.file);
  if (!allowance) return `there is no rule for the folder ${from}`;
  const { folders = [], types = [] } = allowance;
  if (folders.includes(to)) return undefined;
  if (!types.includes(to)) return `${from} may not import ${to || 'the entry'}`;
  return one.typesOnly ? undefined : `${from} may import only types of ${to}`;
}

/** The folder of core whose rule counts for a file: below `ruleset/<a>` and `proxier/<a>` that of the folder above, where it has none of its own. */
export function folderOf(file: string): string {
  const folder = dirname(file).slice(coreRoot.length + 1);
  const parent = dirname(folder);
  const isPart = parent.includes('/') && Object.hasOwn(coreFolders, parent);
  return isPart && !Object.hasOwn(coreFolders, folder) ? parent : folder;
}

function allowanceOf(file: string): Allowance | undefined {
  const folder = folderOf(file);
  return Object.hasOwn(coreFolders, folder) ? coreFolders[folder] : undefined;
}

/** Which folders of core each folder imports, types included. */
export function folderGraph(imports: readonly Import[]): Map<string, Set<string>> {
  const graph = new Map<string, Set<string>>();
  for (const one of imports) {
    const target = targetOf(one);
    if (!one.file.startsWith(`${coreRoot}/`) || target === undefined) continue;
    const [from, to] = [folderOf(one.file), folderOf(target)];
    const targets = graph.get(from) ?? new Set();
    if (from !== to) targets.add(to);
    graph.set(from, targets);
  }
  return graph;
}

/** The folders that reach themselves by way of others. */
export function findCycles(graph: ReadonlyMap<string, ReadonlySet<string>>): string[] {
  return [...graph.keys()].filter((start) => {
    const reached = new Set(graph.get(start));
    // A set yields what is added while it is walked.
    for (const folder of reached) for (const next of graph.get(folder) ?? []) reached.add(next);
    return reached.has(start);
  });
}
