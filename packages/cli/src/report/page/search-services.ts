import type { ServiceSummary } from './questions.ts';

/** The Services that have all of the words, those with all of them in the name first. */
export function searchServices(
  services: readonly ServiceSummary[],
  query: string,
): readonly ServiceSummary[] {
  const wanted = query.toLowerCase().split(/\s+/).filter(Boolean);
  if (wanted.length === 0) return services;
  const inName = ({ name }: ServiceSummary): boolean =>
    wanted.every((word) => name.toLowerCase().includes(word));
  const anywhere = ({ name, words }: ServiceSummary): boolean =>
    wanted.every((word) => name.toLowerCase().includes(word) || words.includes(word));
  const named = services.filter(inName);
  const others = services.filter((service) => !inName(service) && anywhere(service));
  return [...named, ...others];
}
