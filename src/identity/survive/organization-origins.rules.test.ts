import { expect, it } from 'vitest';
import { organizationShape } from '../merge.rules.ts';
import { organizationGroups } from './groups.rules.ts';
import { organizationOrigins, type Said, type Whence } from './organization-origins.rules.ts';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const inquiry = (n: number, cells: Said['cells']): Said => ({ from: { at: day(n), inquiryId: `i${n}`, receipt: `00${n}`, importId: null, list: null }, appended: null, isWritten: false, cells });
const list = (n: number): Whence => ({ at: day(n), inquiryId: null, receipt: null, importId: `l${n}`, list: `list ${n}` });
const wrote = (n: number, cells: Said['cells']): Said => ({ from: list(n), appended: null, isWritten: true, cells });
const appended = (n: number, cells: Said['cells']): Said => ({
  from: null,
  appended: { runId: 'r', provider: 'Register', at: day(n), confidence: 0.9, priceMinor: 25, currency: 'CHF', asOf: null },
  isWritten: true,
  cells,
});
const own = { id: 'a', name: 'Acme AG', first_seen_at: '2026-01-01', city: 'Bern', postal_code: '3011', country: 'CH', employees: 120 };
const told = (said: readonly Said[], of: Partial<Parameters<typeof organizationOrigins>[0]> = {}) =>
  Object.fromEntries(organizationOrigins({ own, others: [], broughtBy: new Map(), named: null, ...of }, said).map((one) => [one.group, one]));

it('has every group a merge tells apart, and the name', () => {
  expect([...organizationGroups].toSorted()).toEqual(['name', ...organizationShape.groups.map(({ name }) => name)].toSorted());
});

it('names who wrote a value before who only said it, and of those who said it the first', () => {
  const said = [inquiry(2, { name: 'ACME', city: 'Bern', employees: 120 }), inquiry(3, { name: 'Acme AG', employees: 100 }), wrote(4, { employees: 120 })];
  const { name, employees } = told(said);
  expect(name).toMatchObject({ value: 'Acme AG', said: { inquiryId: 'i2' }, others: [] });
  expect(employees).toMatchObject({ value: '120', said: { importId: 'l4' }, others: [{ value: '100', inquiryId: 'i3' }] });
  expect(told([...said, appended(5, { employees: 120 })])['employees']).toMatchObject({ said: null, appended: { provider: 'Register', priceMinor: 25 } });
});

it('takes half of an address for agreement, and another town for another address', () => {
  const { address } = told([inquiry(2, { country: 'CH' }), inquiry(3, { city: 'BERN', postal_code: '3011', country: 'CH' }), inquiry(4, { city: 'Thun', country: 'CH' })]);
  expect(address).toMatchObject({ value: '3011 Bern, Switzerland', said: { inquiryId: 'i3' }, others: [{ value: 'Thun, Switzerland', inquiryId: 'i4' }] });
});

it('falls back on the list that brought the row, and leaves out what nothing is known of', () => {
  expect(told([])).toEqual({});
  expect(told([], { broughtBy: new Map([['a', list(1)]]) })).toMatchObject({ name: { said: { importId: 'l1' } }, address: { said: { importId: 'l1' } } });
  expect(told([inquiry(3, { country: 'CH' })], { broughtBy: new Map([['a', list(1)]]) })).toMatchObject({ address: { said: { importId: 'l1' } } });
  const by = { at: '2026-01-09T00:00:00+00:00', by: 'u' };
  expect(told([], { own: { ...own, verified: { employees: by } }, named: by })).toEqual({
    name: { group: 'name', value: 'Acme AG', verified: by, said: null, appended: null, joined: null, others: [] },
    employees: { group: 'employees', value: '120', verified: by, said: null, appended: null, joined: null, others: [] },
  });
});

it('says from which joined record a value is', () => {
  const others = [{ id: 'b', name: 'Acme Werke', first_seen_at: '2026-01-02', parent: 'Holding Nord', employees: 90 }];
  const { parent, employees } = told([inquiry(2, { employees: 120 })], { others, broughtBy: new Map([['b', list(7)]]) });
  expect(parent).toMatchObject({ value: 'Holding Nord', joined: 'Acme Werke', said: { list: 'list 7' } });
  expect(employees).toMatchObject({ value: '120', joined: null });
});
