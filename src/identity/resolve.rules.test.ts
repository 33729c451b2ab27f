import { expect, it } from 'vitest';
import { frequentFrom, keysOf, mostUnder, PersonIndex, profileOf, resolve, type Candidate } from './resolve.rules.ts';
import { blocksOf, sight, type SightedFields } from './sight.rules.ts';

/** Sightings one after the other, as the flow takes them; an organization is whatever it is called. Whose each was taken for, or whom it was asked about. */
function takeFor(list: readonly SightedFields[], people = 50_000): { id: string; met: string[] }[] {
  const index = new PersonIndex();
  let made = 0;
  return list.map((fields) => {
    const of = sight(fields, 'CH');
    const organizationId = of.organization?.key || null;
    const keys = keysOf(of, blocksOf(of, organizationId, 'w'));
    const profile = profileOf(of, organizationId);
    const { person, doubts } = resolve({ of, profile, keys }, index, people, (drawn): Candidate => ({ id: String(++made), isNew: true, profile: drawn }));
    for (const key of [keys.externalId, keys.mail, ...keys.phones, ...keys.blocks]) if (key !== null) index.file(key, person);
    return { id: person.id, met: [person.id, ...doubts.map((doubt) => doubt.person.id)] };
  });
}
const elsewhere = (n: number): SightedFields => ({ fullName: 'Peter Müller', organization: `Firma ${'abcdefghijklmnopqrstuvwxyz'[n]!.repeat(6)}`, street: `Weg ${n + 100}`, postalCode: `80${n + 10}`, city: `Ort ${'abcdefghijklmnopqrstuvwxyz'[n]!.repeat(5)}` });

it('finds who bears a name that more bear than are compared by the name in its place, and by the house', () => {
  const him: SightedFields = { fullName: 'Peter Müller', organization: 'Zwirnerei Lauterbach', street: 'Spindelgasse 17', postalCode: '9490', city: 'Vaduz', country: 'LI' };
  const crowd = Array.from({ length: mostUnder('n') + 5 }, (_, n) => elsewhere(n));
  const alike: SightedFields[] = [
    // the company spelt so that it is another, the same place
    { ...him, organization: 'ZL Garne' },
    // no company: known there by the house
    { fullName: 'Peter Müller', street: 'Spindelgasse 17', postalCode: '9490', city: 'Vaduz', country: 'LI' },
  ];
  for (const again of alike) {
    const taken = takeFor([...crowd, him, again]);
    expect(taken.at(-1)!.met).toContain(taken.at(-2)!.id);
    // and the other way round: who was known without a company
    const back = takeFor([...crowd, again, him]);
    expect(back.at(-1)!.met).toContain(back.at(-2)!.id);
  }
});

it('looks by a name at all who bear it while they are few, at nobody once they are many, and by other keys at up to forty', () => {
  const index = new PersonIndex();
  const profile = profileOf(sight({ fullName: 'Peter Müller' }, 'CH'), null);
  for (let n = 1; n <= 45; n++) {
    const one: Candidate = { id: String(n), isNew: false, profile };
    index.file('n1', one);
    index.file('n1', one); // seen twice, one person still
    index.file('c1', one);
    expect(index.at('n1')).toHaveLength(n < frequentFrom ? n : 0);
    expect(index.at('c1')).toHaveLength(Math.min(n, mostUnder('c')));
  }
  index.markFrequent('n2');
  index.file('n2', { id: '1', isNew: false, profile });
  expect(index.at('n2')).toEqual([]);
});

it('compares nobody for a name alone that very many bear', () => {
  const taken = takeFor([...Array.from({ length: 20 }, (_, n) => elsewhere(n)), { fullName: 'Peter Müller', country: 'CH' }]);
  expect(new Set(taken.flatMap(({ met }) => met)).size).toBe(21);
});
