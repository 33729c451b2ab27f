import { expect, test } from 'vitest';
import { defaultAcknowledgement, fillIn } from './acknowledgement.rules.ts';

test('fills in what is known and leaves no hole for what is not', () => {
  const values = { name: 'Ines', company: 'Hartwell', product: null, receipt: '7F3K-219' };
  expect(fillIn(defaultAcknowledgement.text, values)).toMatch(/^Hello Ines,\n\nthank you .* number 7F3K-219, and/);
  expect(fillIn(defaultAcknowledgement.text, { ...values, name: null })).toMatch(/^Hello,\n/);
  expect(fillIn('About {product} from {company}.', values)).toBe('About  from Hartwell.');
  expect(fillIn('$& {name}', { ...values, name: '$1' })).toBe('$& $1');
});
