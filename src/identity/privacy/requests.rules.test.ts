import { expect, test } from 'vitest';
import { dueAfter } from './requests.rules.ts';

test('a request is due a month later, on the last day where the month is shorter', () => {
  expect(['2026-03-15', '2026-01-31', '2028-01-30', '2026-12-31'].map(dueAfter)).toEqual(['2026-04-15', '2026-02-28', '2028-02-29', '2027-01-31']);
});
