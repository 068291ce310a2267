/** What a folder may import, by folder and by package. */
export interface Allowance {
  readonly folders?: readonly string[];
  /** Folders of which only types may be imported. */
  readonly types?: readonly string[];
  readonly packages?: readonly string[];
}

/** The kernel's languages: none knows another, or anything of Kubernetes. */
const languages = [
  'iptables',
  'ipset',
  'ipvs',
  'nftables',
  'addresses',
  'conntrack',
  'listeners',
].map((name) => `ruleset/${name}`);

/** The modes of kube-proxy: none knows another. */
const proxiers = ['iptables', 'ipvs', 'nftables', 'userspace'].map((name) => `proxier/${name}`);

const basics = ['util', 'netaddr', 'diagnostics'];
const rulesets = ['ruleset', ...languages];

const language: Allowance = { folders: [...basics, 'ruleset'] };
const proxier: Allowance = {
  folders: [...basics, 'config', 'service', ...rulesets, 'proxier/names', 'proxier/shared'],
  types: ['snapshot'],
};

/** Two layouts of one mode, and what both need. */
const shared = 'proxier/nftables/shared';
const nftablesLayouts: Readonly<Record<string, Allowance>> = {
  [shared]: proxier,
  'proxier/nftables/kube-proxy': withFolders(proxier, shared),
  'proxier/nftables/fast': withFolders(proxier, shared),
  'proxier/nftables': withFolders(
    proxier,
    shared,
    'proxier/nftables/kube-proxy',
    'proxier/nftables/fast',
  ),
};

function withFolders(allowance: Allowance, ...folders: readonly string[]): Allowance {
  return { ...allowance, folders: [...(allowance.folders ?? []), ...folders] };
}

const lint: Allowance = { folders: [...basics, 'config', 'snapshot', 'service'] };
/** Packets through rules: a second opinion, which knows neither Kubernetes nor what makes the rules. */
const walk: Allowance = { folders: [...basics, ...rulesets] };
const onWalk = withFolders(walk, 'trace/walk');
const trace: Readonly<Record<string, Allowance>> = {
  'trace/walk': walk,
  'trace/ipset': onWalk,
  'trace/ipvs': onWalk,
  'trace/nftables': onWalk,
  'trace/iptables/matches': withFolders(onWalk, 'trace/ipset'),
  'trace/iptables': withFolders(onWalk, 'trace/ipset', 'trace/iptables/matches'),
  trace: withFolders(onWalk, 'trace/ipset', 'trace/ipvs', 'trace/nftables', 'trace/iptables'),
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
  'ruleset/nftables': { folders: [...basics, 'ruleset', 'ruleset/nftables/parse'] },
  'ruleset/nftables/parse': { folders: basics },
  'proxier/names': {
    folders: [...basics, ...rulesets],
    types: ['service'],
    packages: ['@noble/hashes'],
  },
  'proxier/shared': { folders: [...basics, ...rulesets, 'proxier/names'], types: ['service'] },
  ...Object.fromEntries(proxiers.map((name) => [name, proxier])),
  ...nftablesLayouts,
  diff: { folders: [...basics, ...rulesets] },
  dump: { folders: [...basics, ...rulesets, 'diff'] },
  plan: { folders: [...basics, ...rulesets, 'diff'] },
  ...trace,
  audit: { folders: [...basics, 'diff', 'proxier/names'], types: ['service'] },
  graph: { folders: ['util', 'netaddr', 'ruleset'] },
  explain: { folders: [...basics, 'snapshot', 'service'], types: ['config'] },
  lint,
  'lint/rules': withFolders(lint, 'lint'),
};

/** What the sources of each package may import besides their own files. */
export const packageImports: Readonly<Record<string, readonly string[]>> = {
  core: ['@noble/hashes', 'yaml', 'zod'],
  'apply-linux': ['@kube-rules/core', 'execa', 'prom-client', 'node:'],
  cli: ['@kube-rules/core', '@kube-rules/apply-linux', 'commander', 'diff', 'node:'],
  fixtures: ['fast-check', 'node:'],
};
