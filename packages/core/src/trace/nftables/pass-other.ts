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

/** What a statement does that has no kind of its own. One that is not known may be a match: either may be. */
export function passOther(branch: Branch, text: string, place: RulePlace): StatementResult {
  if (aside.test(text)) return goOn(branch);
  if (text === 'notrack') return goOn(changePacket(branch, { isTracked: false }));
  if (elsewhere.test(text)) return endWith(unknownAt(withStep(branch, place), text));
  const [, ports] = /^redirect(?: to :?([\d-]+))?/.exec(text) ?? [];
  if (text.startsWith('redirect'))
    return endWith(...redirect(withStep(branch, place), ports, place.context.walk));
  return assume(branch, place, text);
}
