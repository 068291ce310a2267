import type { NormalExpression, NormalStatement } from '../../ruleset/nftables/index.ts';
import { accepted, changePacket, takeChance, type Branch } from '../walk/branch.ts';
import { masquerade } from '../walk/translate.ts';
import { changeAt, unknownAt } from '../walk/walk.ts';
import { evaluate } from './evaluate.ts';
import { mapChoices } from './map-choices.ts';
import { passMatch } from './pass-match.ts';
import { passMapNAT, passNAT } from './pass-nat.ts';
import { passOther } from './pass-other.ts';
import { passVerdict } from './pass-verdict.ts';
import { withElement, withStep, type RulePlace } from './rule-place.ts';
import {
  endWith,
  goOn,
  joinResults,
  notMatched,
  type StatementResult,
} from './statement-result.ts';
import type { PossibleValue } from './value.ts';

type Kind = NormalStatement['kind'];
type StatementOf<K extends Kind> = NormalStatement & { readonly kind: K };

const passers: {
  readonly [K in Kind]: (
    branch: Branch,
    statement: StatementOf<K>,
    place: RulePlace,
  ) => StatementResult;
} = {
  match: passMatch,
  verdict: (branch, { verdict }, place) =>
    endWith(...passVerdict(withStep(branch, place), verdict, place)),
  reject: (branch, statement, place) =>
    endWith({
      end: { kind: 'reject', with: answerOf(statement.with, branch.packet.family) },
      branch: withStep(branch, place),
    }),
  mangle: passMangle,
  masquerade: (branch, _statement, place) =>
    endWith({
      end: accepted,
      branch: masquerade(withStep(branch, place), place.context.walk.network),
    }),
  vmap: passVmap,
  nat: passNAT,
  mapNAT: passMapNAT,
  update: (branch, _statement, place) => goOn(withStep(branch, place)),
  // The first packet of a connection is within a limit, as its bucket is full.
  limit: (branch, { text }) => (/\bover\b/.test(text) ? notMatched(branch) : goOn(branch)),
  other: (branch, { text }, place) => passOther(branch, text, place),
};

/** Takes a packet through one statement of a rule. */
export function passStatement<K extends Kind>(
  branch: Branch,
  statement: StatementOf<K> & { kind: K },
  place: RulePlace,
): StatementResult {
  return passers[statement.kind](branch, statement, place);
}

/** ICMP answers in the words of iptables, so that both languages have one. */
function answerOf(words: string | undefined, family: 'IPv4' | 'IPv6'): string {
  const kind = family === 'IPv4' ? 'icmp' : 'icmp6';
  if (words === undefined) return `${kind}-port-unreachable`;
  return words
    .replace(/^tcp reset$/, 'tcp-reset')
    .replace(/^(?:icmp|icmpv6|icmpx) (?:type )?/, `${kind}-`);
}

function passMangle(
  branch: Branch,
  { target, value }: StatementOf<'mangle'>,
  place: RulePlace,
): StatementResult {
  const stepped = withStep(branch, place);
  if (target.kind === 'payload' && /addr$|port$/.test(target.field))
    return endWith(unknownAt(stepped, place.rule.text));
  const isMark = (target.kind === 'meta' || target.kind === 'ct') && target.key === 'mark';
  if (!isMark) return goOn(stepped);
  const mark = numberOf(value, branch, place);
  if (mark === undefined) return endWith(unknownAt(stepped, place.rule.text));
  if (target.kind === 'ct') return goOn(changePacket(stepped, { connectionMark: mark }));
  return goOn(changeAt(stepped, { ...stepped.packet, mark }, { mark }));
}

function numberOf(
  value: NormalExpression | string,
  { packet }: Branch,
  { context }: RulePlace,
): number | undefined {
  const read = typeof value === 'string' ? value : textOf(evaluate(value, packet, context.walk));
  const number = Number(read);
  return Number.isInteger(number) ? number : undefined;
}

/** The text of a value that is certain. */
function textOf([first, second]: readonly PossibleValue[]): string | undefined {
  return first && !second && typeof first.value === 'object' ? first.value.text : undefined;
}

function passVmap(
  branch: Branch,
  { key, map }: StatementOf<'vmap'>,
  place: RulePlace,
): StatementResult {
  const choices = mapChoices(key, map, { branch, place });
  return joinResults(
    choices.map(({ found, probability, element }) => {
      const chosen = takeChance(branch, probability);
      if (found === 'nothing') return notMatched(chosen);
      const stepped = withStep(chosen, place);
      if (found === 'unknown' || found.kind !== 'verdict')
        return endWith(unknownAt(stepped, place.rule.text));
      const marked = withElement(stepped, element, probability);
      return endWith(...passVerdict(marked, found.verdict, place));
    }),
  );
}
