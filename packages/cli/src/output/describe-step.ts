import { printShare, type TracedStep } from '@kube-rules/core';

type RuleStep = Extract<TracedStep, { readonly kind: 'rule' }>;
type VirtualServerStep = Extract<TracedStep, { readonly kind: 'virtualServer' }>;

/** What happens to the packet at a step, with the Service's name where one has a part in it. */
export function describeStep(step: TracedStep): string {
  switch (step.kind) {
    case 'rule':
      return describeRule(step);
    case 'policy':
      return `policy ${step.policy} of ${step.table} ${step.chain}`;
    case 'route': {
      const by = step.interface === undefined ? '' : ` by ${step.interface}`;
      if (step.to === 'nowhere') return `routed nowhere: ${step.reason ?? ''}`;
      return step.to === 'node' ? 'routed to the node itself' : `routed on${by}`;
    }
    case 'virtualServer':
      return describeServer(step);
  }
}

function describeRule(step: RuleStep): string {
  const reason = reasonOf(step);
  const whose = ownerOf(step, reason);
  const effects = effectsOf(step);
  // What is said of an endpoint's own rule would be said twice.
  const isPlain =
    whose !== '' && effects.length > 0 && (reason === 'endpoint' || reason === step.text);
  const said = isPlain ? [] : [`${reason}${chanceOf(step)}`];
  const what = [...said, ...effects].join('; ');
  return whose === '' ? what : `${whose}: ${what}`;
}

function ownerOf({ servicePort = '', endpoint }: RuleStep, reason: string): string {
  if (reason.startsWith(servicePort)) return '';
  const isNamed = endpoint === undefined || reason === 'endpoint' || reason === 'load balancing';
  return isNamed || reason.includes(endpoint)
    ? servicePort
    : `${servicePort}, endpoint ${endpoint}`;
}

function chanceOf({ probability = 1, tool, endpoint, origin }: RuleStep): string {
  const to = endpoint === undefined || origin?.reason !== 'load balancing' ? '' : ` to ${endpoint}`;
  if (probability >= 1) return to;
  // Rules of iptables each share out what the ones before have left.
  const of = tool === 'iptables' ? ' of what comes to this rule' : '';
  return `${to}, ${printShare(probability)}${of}`;
}

/** As compiled rules know it, else as the rule's comment has it, else the rule itself. */
function reasonOf({ elements = [], chain, servicePort, origin, comment, text }: RuleStep): string {
  const owned = elements.find((element) => element.origin?.servicePort !== undefined);
  const refusing = elements.find(({ container }) => container.startsWith('no-endpoint'));
  if (refusing) return 'no endpoint that may take it';
  const reason = owned?.origin?.reason ?? origin?.reason ?? comment;
  // A name says less than the rule does.
  return reason === undefined || reason === chain || reason === servicePort ? text : reason;
}

function effectsOf(step: RuleStep): string[] {
  const { destination, source, mark, unknown } = step;
  return [
    ...(returns(step) ? ['leaves the chain'] : []),
    ...(destination === undefined ? [] : [`destination becomes ${destination}`]),
    ...(source === undefined
      ? []
      : [`source becomes ${source ?? 'an address of the node that is not known'}`]),
    ...(mark === undefined ? [] : [mark === 0 ? 'mark cleared' : `mark 0x${mark.toString(16)}`]),
    ...(unknown === undefined ? [] : [`not known: ${unknown}`]),
  ];
}

/** Where the rule itself is shown, it says so. */
function returns(step: RuleStep): boolean {
  return step.text.endsWith(' -j RETURN') && reasonOf(step) !== step.text;
}

function describeServer(step: VirtualServerStep): string {
  const whose = step.servicePort === undefined ? '' : `${step.servicePort}: `;
  if (step.realServer === undefined) return `${whose}no endpoint to choose`;
  const chance = step.probability >= 1 ? '' : `, ${printShare(step.probability)}`;
  return `${whose}IPVS (${step.scheduler}) chooses ${step.realServer}${chance}`;
}

/** Where a step's rule stands: `nat KUBE-SERVICES rule 25, ipv4.iptables:291`. */
export function nameRule(step: RuleStep): string {
  const { table, chain, number, servicePort, file, line } = step;
  const isHash = /-[A-Z2-7]{16}$/.test(chain) && servicePort !== undefined;
  const whose = isHash ? ` (${servicePort})` : '';
  const at = file === undefined || line === undefined ? '' : `, ${file}:${line}`;
  return `${table} ${chain}${whose} rule ${number}${at}`;
}
