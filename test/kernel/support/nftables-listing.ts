import { execa } from 'execa';
import { readRecordedNftList } from './fixtures.ts';
import { hereDocument, runInFreshNamespace } from './namespace.ts';

/** Prints all tables of all families. */
export const listRulesetScript = 'nft list ruleset\n';

// Another version words some rules otherwise.
const RECORDED_WITH = 'nftables v1.0.6 ';

/**
 * What `nft list ruleset` printed after the rules of kube-proxy were loaded. Where nft has another version than that of
 * the record, it is what this one prints after it has read the record.
 */
export async function recordedListing(name: string): Promise<string> {
  const recorded = `${readRecordedNftList(name, 'ipv4')}${readRecordedNftList(name, 'ipv6')}`;
  const { stdout: version } = await execa('nft', ['--version']);
  return version.startsWith(RECORDED_WITH)
    ? recorded
    : await runInFreshNamespace(`nft -f - ${hereDocument(recorded)}${listRulesetScript}`);
}
