import { changePacket, type Branch } from '../walk/branch.ts';
import { redirect } from '../walk/spread-over.ts';
import { unknownAt } from '../walk/walk.ts';
import { assume } from './pass-match.ts';
import { withStep, type RulePlace } from './rule-place.ts';
import { endWith, goOn, type StatementResult } from './statement-result.ts';

/** Statements that take notes, or change what no rule asks for. */
const aside =
  /^(?:log|counter|quota name|limit name|ct (?:helper|timeout|expectation|label)|flow |meta (?:nftrace|priority|pkttype) set|tcp option maxseg|reset |add @|update @|delete @|xt target "?(?:LOG|NFLOG|CHECKSUM|TCPMSS))/;

/** Statements after which it is not known where the packet is. */
const elsewhere = /^(?:queue|tproxy|dup|fwd|synproxy|socket|xt target)\b/;

/** Words of what changes a packet or decides about it. */
const decision =
  /\b(?:vmap|map|set|dnat|snat|masquerade|redirect|jump|goto|accept|drop|reject|return)\b/;

/**
 * What a statement does that has no kind of its own. One that is not known is taken for a match, which may hold or
 * not; at the end of a rule, or with words that decide, for more than that.
 */
export function passOther(branch: Branch, text: string, place: RulePlace): StatementResult {
  if (aside.test(text)) return goOn(branch);
  if (text === 'notrack') return goOn(changePacket(branch, { isTracked: false }));
  const [, ports] = /^redirect(?: to :?([\d-]+))?/.exec(text) ?? [];
  if (text.startsWith('redirect'))
    return endWith(...redirect(withStep(branch, place), ports, place.context.walk));
  if (elsewhere.test(text) || decision.test(text))
    return endWith(unknownAt(withStep(branch, place), text));
  const assumed = assume(branch, place, text);
  const last = place.rule.statements.at(-1);
  if (last?.kind !== 'other' || last.text !== text) return assumed;
  return { on: [], ended: [...assumed.ended, ...assumed.on.map((one) => unknownAt(one, text))] };
}
