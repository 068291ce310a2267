import * as fc from 'fast-check';
import type {
  Entry,
  EntryGroup,
  NodeRules,
  RuleChain,
  Section,
} from '../../src/diff/node-rules.ts';
import { compareText } from '../../src/util/compare-text.ts';

const word = fc.constantFrom('a', 'b', 'c', 'd', 'e', '__proto__', '');
const byName = (a: { readonly name: string }, b: { readonly name: string }): number =>
  compareText(a.name, b.name);

const chain: fc.Arbitrary<RuleChain> = fc.record({
  name: word,
  declaration: word,
  rules: fc.array(fc.record({ text: word }), { maxLength: 6 }),
});

const entry: fc.Arbitrary<Entry> = fc.record({ key: word, text: word });

const group: fc.Arbitrary<EntryGroup> = fc.record({
  name: word,
  declaration: word,
  entries: fc
    .uniqueArray(entry, { selector: ({ key }) => key, maxLength: 5 })
    .map((entries) => entries.toSorted((a, b) => compareText(a.key, b.key))),
});

function unique<T extends { readonly name: string }>(one: fc.Arbitrary<T>): fc.Arbitrary<T[]> {
  return fc
    .uniqueArray(one, { selector: ({ name }) => name, maxLength: 4 })
    .map((all) => all.toSorted(byName));
}

const section: fc.Arbitrary<Section> = fc
  .record({
    kind: fc.constant('ipset' as const),
    name: word,
    chains: unique(chain),
    groups: unique(group),
  })
  .filter(({ chains, groups }) => chains.length + groups.length > 0);

/** Rules of any names and texts, in the order that `NodeRules` has. */
export const arbitraryRules: fc.Arbitrary<NodeRules> = unique(section);
