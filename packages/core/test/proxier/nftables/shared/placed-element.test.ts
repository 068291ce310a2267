import { expect, test } from 'vitest';
import {
  collectElements,
  type PlacedElement,
} from '../../../../src/proxier/nftables/shared/placed-element.ts';
import { objectName, printElement, type Verdict } from '../../../../src/ruleset/nftables/index.ts';

function placed(container: string, key: string, verdict?: Verdict): PlacedElement {
  const origin = { reason: `${container} ${key}` };
  const element = { key: key.split(' '), ...(verdict && { verdict }), origin };
  return { container: objectName(container), element };
}

const drop: Verdict = { kind: 'drop' };
const away: Verdict = { kind: 'goto', chain: objectName('away') };

function collected(...elements: readonly PlacedElement[]): Record<string, string[]> {
  return Object.fromEntries(
    [...collectElements(elements)].map(([name, held]) => [name, held.map(printElement)]),
  );
}

test('elements stand by set or map, in the order in which they were added', () => {
  expect(collected(placed('s', '2'), placed('m', '1 tcp', drop), placed('s', '1'))).toEqual({
    s: ['2', '1'],
    m: ['1 . tcp : drop'],
  });
  expect(collectElements([])).toEqual(new Map());
});

test('one that is added again as it is keeps its place and its origin', () => {
  const [first, second] = [placed('s', '1'), placed('s', '2')];
  const again = { ...first, element: { ...first.element, origin: { reason: 'again' } } };
  expect(collectElements([first, second, again]).get(first.container)).toEqual([
    first.element,
    second.element,
  ]);
});

test('one that changes stands at the place of its last change', () => {
  expect(collected(placed('m', '1', drop), placed('m', '2', drop), placed('m', '1', away))).toEqual(
    {
      m: ['2 : drop', '1 : goto away'],
    },
  );
  // The same key in another map is another element.
  expect(collected(placed('m', '1', drop), placed('n', '1', away))).toEqual({
    m: ['1 : drop'],
    n: ['1 : goto away'],
  });
});
