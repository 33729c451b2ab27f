import { describe, expect, test } from 'vitest';
import { problemsOf, sameness } from './registration.rules.ts';
import type { Said } from './registration.rules.ts';

const said = (given: Partial<Said>): Said => ({
  name: 'Rosa Vidal',
  organization: 'Vidal SL',
  email: 'rosa@vidal.example',
  phone: '',
  city: '',
  country: '',
  wants: 'Two pumps',
  ...given,
});
const fields = (given: Partial<Said>, home: string | null = 'ES'): string[] => problemsOf(said(given), home).map(({ field }) => field);

describe('what is missing or unreadable', () => {
  test.each<[string, Partial<Said>, string[]]>([
    ['nothing', {}, []],
    ['a company alone is somebody', { name: '' }, []],
    ['a phone alone reaches them', { email: '', phone: '954 55 01 20' }, []],
    ['neither person nor company', { name: '', organization: '' }, ['name']],
    ['no way to reach them', { email: '' }, ['email']],
    ['no mail address', { email: 'rosa at vidal' }, ['email']],
    ['no number', { phone: '12' }, ['phone']],
    ['no country', { country: 'Atlantis' }, ['country']],
    ['nothing wanted', { wants: '' }, ['wants']],
    ['all at once', { name: '', organization: '', email: '', wants: '' }, ['name', 'email', 'wants']],
  ])('%s', (_name, given, expected) => expect(fields(given)).toEqual(expected));

  test('a number is read in the country that was said, else at home', () => {
    expect(fields({ phone: '052 224 11 22', country: 'CH' }, null)).toEqual([]);
    expect(fields({ phone: '052 224 11 22' }, null)).toEqual(['phone']);
    expect(fields({ phone: '052 224 11 22' }, 'CH')).toEqual([]);
  });
});

test('the same is the same however it is written, and nothing else is', () => {
  const one = sameness(said({}));
  expect(sameness(said({ name: 'rosa  VIDAL', email: 'Rosa@Vidal.example' }))).toBe(one);
  for (const other of [{ wants: 'Three pumps' }, { email: 'ana@vidal.example' }, { organization: 'Vidal SA' }])
    expect(sameness(said(other))).not.toBe(one);
});
