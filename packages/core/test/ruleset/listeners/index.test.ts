import { expect, test } from 'vitest';
import * as listeners from '../../../src/ruleset/listeners/index.ts';

test('offers its parser and its printer, nothing else', () => {
  expect(Object.keys(listeners).toSorted()).toEqual(['parseListeners', 'printListeners']);
});
