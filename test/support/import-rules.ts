/** What a folder may import, by folder and by package. */
export interface Allowance {
  readonly folders?: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

/** The kernel's languages: none knows another, or anything of Kubernetes. */
const languages = ['iptables', 'ipset', 'ipvs', 'nftables'].map((name) => `ruleset/${name}`);

/** The modes of kube-proxy: none knows another. */
const proxiers = ['iptables', 'ipvs', 'nftables', 'userspace'].map((name) => `proxier/${name}`);

const basics = ['util', 'netaddr', 'diagnostics'];
const rulesets = ['ruleset', ...languages];

const language: Allowance = { folders: [...basics, 'ruleset'] };
const proxier: Allowance = {
  folders: [...basics, 'config', 'service', ...rulesets, 'proxier/names', 'proxier/shared'],
  types: ['snapshot'],
};

/** Every folder of packages/core/src; `''` is the entry and the files beside it, which may import anything of core. */
export const coreFolders: Readonly<Record<string, Allowance>> = {
  util: {},
  netaddr: { folders: ['util'] },
  diagnostics: { folders: ['util'] },
  document: { folders: ['util', 'diagnostics'], packages: ['yaml'] },
  schema: { folders: basics, packages: ['zod'] },
  config: { folders: [...basics, 'document', 'schema'], packages: ['zod'] },
  snapshot: { folders: [...basics, 'document', 'schema', 'config'], packages: ['zod'] },
  service: { folders: [...basics, 'snapshot'], types: ['config'] },
  mode: { folders: [...basics, 'service'], types: ['config'] },
  ruleset: { folders: basics },
  ...Object.fromEntries(languages.map((name) => [name, language])),
  'proxier/names': {
    folders: [...basics, ...rulesets],
    types: ['service'],
    packages: ['@noble/hashes'],
  },
  'proxier/shared': { folders: [...basics, ...rulesets, 'proxier/names'], types: ['service'] },
  ...Object.fromEntries(proxiers.map((name) => [name, proxier])),
};

/** What the sources of each package may import besides their own files. */
export const packageImports: Readonly<Record<string, readonly string[]>> = {
  core: ['@noble/hashes', 'yaml', 'zod'],
  cli: ['@kube-rules/core', '@kube-rules/apply-linux', 'commander', 'diff', 'node:'],
  fixtures: ['fast-check', 'node:'],
};
