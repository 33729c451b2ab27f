import { expect, test } from 'vitest';
import { fill, mailTo } from './template.ts';

const filling = { name: 'Marta Keller', company: 'Keller AG', product: '', me: 'Ana Ruiz', 'our company': 'Hartwell' };

test('what is known takes its place, what is not leaves it empty, anything else in braces stays', () => {
  expect(fill('Dear {name} of { Company },\n{product}{size} {our company} {$&} {me}', filling)).toBe('Dear Marta Keller of Keller AG,\n{size} Hartwell {$&} Ana Ruiz');
  expect(fill('{constructor} {name}', { ...filling, name: '{me} $1' })).toBe('{constructor} {me} $1');
});

test('the mail program gets subject and text as they are', () => {
  const url = new URL(mailTo('a+b@plant.example', { subject: '50% & more?', text: 'Line one\nLine two #2' }));
  expect(url.pathname).toBe('a%2Bb@plant.example');
  expect([url.searchParams.get('subject'), url.searchParams.get('body')]).toEqual(['50% & more?', 'Line one\r\nLine two #2']);
});
