import { expect, it } from 'vitest';
import { leadAt, readActivity, readKind } from './read-activity.rules.ts';

it.each([
  ['Anruf', 'call'], ['Outbound call', 'call'], ['Llamada', 'call'], ['E-Mail', 'mail'], ['Courriel', 'mail'], ['Besuch vor Ort', 'visit'], ['Réunion', 'meeting'], ['Termin', 'meeting'],
  ['Offerte', 'quote'], ['Cotización', 'quote'], ['Prospekt geschickt', 'literature'], ['Aufgabe', 'note'], ['Notitie', 'note'], ['', undefined], ['Xyz', undefined],
])('“%s” is %s', (text, kind) => expect(readKind(text)).toBe(kind));

it('is a call where nothing else is said, with how and how long before what was said', () => {
  const at = new Date('2026-03-02T10:00:00Z');
  expect(readActivity(7, { at, seconds: 420, direction: 'Outbound', subject: 'Pump 4', purpose: 'Demo', note: 'Pump 4', leadRef: 'L1', owner: 'Rita Moss', ownerRef: 'U7' })).toEqual({
    row: 7, reference: null, kind: 'call', at, leadRef: 'L1', contactRef: null, email: null, by: ['U7', 'Rita Moss'], outcome: null, note: 'Outbound, 7 minutes · Pump 4 · Demo',
  });
  expect(readActivity(1, { at, kind: 'Meeting', minutes: 0.4 }).note).toBe('under a minute');
  expect(readActivity(1, { at, kind: 'Meeting' })).toMatchObject({ kind: 'meeting', note: null });
});

it('belongs to the lead that was open then, else to the first', () => {
  const leads = [{ leadId: 'a', askedAt: new Date('2026-01-01') }, { leadId: 'b', askedAt: new Date('2026-06-01') }];
  expect(leadAt(leads, new Date('2026-03-01'))).toBe('a');
  expect(leadAt(leads, new Date('2026-06-01'))).toBe('b');
  expect(leadAt(leads, new Date('2025-03-01'))).toBe('a');
  expect(leadAt([], new Date())).toBeUndefined();
});
