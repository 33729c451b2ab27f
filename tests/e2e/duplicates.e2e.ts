import { expect, test } from 'vitest';
import { houseForEachTest } from '../support/shown-house.ts';

const house = houseForEachTest(async ({ house }) => {
  // One telephone, one family, two first names: nobody but a person can say.
  for (const [family, phone, ...given] of [
    ['Zurbriggen', '+41 33 222 11 00', 'Beatrice', 'Florian'],
    ['Amstutz', '+41 33 777 55 66', 'Konrad', 'Helene'],
  ] as const) {
    for (const name of given)
      await house.request('marketing', 'POST', '/v1/inquiries', {
        givenName: name,
        familyName: family,
        phone,
        country: 'CH',
        city: 'Thun',
      });
    await house.drain();
  }
});

const open = async (): Promise<number> => (await house().house.request('marketing', 'GET', '/v1/duplicates')).json.open as number;

test('pairs are decided with one key each, and taken back with another', async () => {
  const shown = house();
  const before = await open();
  expect(before).toBeGreaterThan(0);
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/duplicates');
  await page.getByText(/^(More than 99|Less than 1|\d+) in 100 that they are one person$/).waitFor();
  // Neither has a mail address: there is nothing to compare.
  expect(await page.getByText('Mail', { exact: true }).count()).toBe(0);
  await page.keyboard.press('j');
  await page.getByText(/joined into/).waitFor();
  await expect.poll(open).toBe(before - 1);
  await page.keyboard.press('u');
  await expect.poll(open).toBe(before);
  await page.getByText(/joined into/).waitFor({ state: 'detached' });
  await page.getByText('what speaks for and against').waitFor();
  await page.keyboard.press('n');
  await page.getByText(/are two people/).waitFor();
  await expect.poll(open).toBe(before - 1);
  await page.getByRole('link', { name: 'Not the same' }).click();
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await expect.poll(open).toBe(before);
  expect(problems).toEqual([]);
  await context.close();
});

test('a joined person says so, and can be separated again from the page', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/duplicates');
  await page.getByText('what speaks for and against').waitFor();
  const person = (await page.locator('a[href^="/people/"]').first().getAttribute('href'))!;
  const before = await open();
  await page.keyboard.press('j');
  await page.getByText(/joined into/).waitFor();
  // The screen moves on before the server answered; leaving now would take the decision along.
  await expect.poll(open).toBe(before - 1);
  await page.goto(person);
  await page.getByText('Joined records').waitFor();
  expect(await page.getByText(/\d bits/).count()).toBe(0);
  await page.getByRole('button', { name: 'Separate again' }).click();
  await page.getByText('Separated. Both are exactly what they were.').waitFor();
  await page.getByText('separated again', { exact: true }).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('the whole base is looked through when asked, and the page says what came of it', async () => {
  const shown = house();
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/duplicates');
  await page.getByRole('button', { name: 'Check now' }).click();
  const last = async () => (await house().house.request('marketing', 'GET', '/v1/duplicates/check')).json.last as { joined: number } | null;
  await expect.poll(last, { timeout: 30_000 }).not.toBeNull();
  await page.getByText(/Last check of everybody/).waitFor();
  await page.getByText(`${(await last())!.joined} joined`).waitFor();
  expect(problems).toEqual([]);
  await context.close();
});

test('organizations are decided on the same screen, once the check has found who may be one', async () => {
  const shown = house();
  // What agreement is worth is learned from the base: a few others who have nothing to do with the two.
  const others = ['Amsel Pumpen', 'Brandt Textil', 'Cerny Optik', 'Dorn Stahl', 'Egli Papier', 'Fuchs Glas', 'Gruber Holz', 'Hasler Kabel'].map((name, n) => ({
    organization: `${name} GmbH`,
    email: `info${n}@${name.split(' ')[0]!.toLowerCase()}.example`,
    street: `${['Gerbergasse', 'Marktplatz', 'Seeweg', 'Ringstrasse'][n % 4]} ${n * 7 + 3}`,
    postalCode: `${3000 + n * 311}`,
    city: ['Thun', 'Bern', 'Basel', 'Genf', 'Chur', 'Zug', 'Olten', 'Aarau'][n],
    country: 'CH',
  }));
  const at = { street: 'Lagerstrasse 9', postalCode: '8004', city: 'Zürich', country: 'CH' };
  const two = [
    { givenName: 'Cay', familyName: 'Ohm', organization: 'Quarto Molkerei AG', email: 'cay@quarto.example', ...at },
    { givenName: 'Dea', familyName: 'Watt', organization: 'Quarto Molkerei Holding AG', email: 'dea@quarto-holding.example', ...at },
  ];
  for (const one of [...two, ...others]) {
    await shown.house.request('marketing', 'POST', '/v1/inquiries', one);
    await shown.house.drain();
  }
  const asked = async () => (await shown.house.request('marketing', 'GET', '/v1/duplicates/organizations')).json.open as number;
  const { page, context, problems } = await shown.open('mara');
  await page.goto('/duplicates');
  await page.getByRole('radiogroup', { name: 'Of what' }).getByText('Organizations').click();
  await page.getByRole('button', { name: 'Check now' }).click();
  await expect.poll(asked, { timeout: 30_000 }).toBe(1);
  await page.getByText('Quarto Molkerei Holding AG').first().waitFor();
  await page.getByText(/a site, a holding/).waitFor();
  await page.keyboard.press('n');
  await page.getByText(/are two organizations/).waitFor();
  await expect.poll(asked).toBe(0);
  await page.keyboard.press('u');
  await expect.poll(asked).toBe(1);
  await page.getByText('what speaks for and against').waitFor();
  await page.keyboard.press('j');
  await page.getByText(/joined into/).waitFor();
  await expect.poll(asked).toBe(0);
  await page.getByRole('link', { name: 'Joined' }).click();
  await page.getByText('Quarto Molkerei Holding AG into Quarto Molkerei AG').first().waitFor();
  await page.getByText(/^(as good as certain|very likely the same|likely the same|could be the same|probably not the same)$/).waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await expect.poll(asked).toBe(1);
  await page.getByText('Nothing joined yet').waitFor();
  expect(problems).toEqual([]);
  await context.close();
});
