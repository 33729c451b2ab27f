import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDoors } from '../../src/house.ts';
import type { OpenDoor } from '../../src/platform/room.ts';
import { openTown } from './town.ts';
import type { Town } from './town.ts';

// The web agency cannot post to an API, and colleagues forward what they get: both write to the address of the program.

let town: Town;
let doors: OpenDoor[];
let address: string;
beforeEach(async () => {
  town = await openTown();
  doors = await openDoors(town.house.cx, { serve: true, work: true });
  address = (await town.ok('marketing', 'POST', '/v1/lead-addresses', { programId: town.programId })).address;
});
afterEach(async () => {
  await Promise.all(doors.map((door) => door.stop()));
  await town.close();
});

const form = `Neue Anfrage von der Website

Vorname: Regula
Nachname: Wyss
E-Mail: regula.wyss@wasserbern.example
Firma: Wasser Bern AG
Telefon: +41 31 300 12 34
Straße: Wasserwerkgasse 4
PLZ: 3011
Ort: Bern
Land: Schweiz
Produkt: HX 40
Budget: approved
Zeitrahmen: this quarter
Nachricht: Bitte offerieren Sie zwei Pumpen,
Lieferung im April.`;

async function send(mail: { from: string; subject: string; text: string }): Promise<void> {
  const transport = createTransport({ host: '127.0.0.1', port: doors[0]!.port!, ignoreTLS: true });
  await transport.sendMail({ to: address, ...mail });
  transport.close();
  await town.settle();
  await town.settle();
}

describe('a lead by mail', () => {
  it('becomes a lead with a holder, the enquirer is answered, and it counts for its program', async () => {
    expect(doors).toHaveLength(1);
    await send({ from: 'Website <wordpress@site.example>', subject: 'Kontaktformular', text: form });
    const [mail] = (await town.ok('marketing', 'GET', '/v1/lead-mails')).items;
    expect(mail).toMatchObject({ state: 'read', nature: 'form', inquiries: 1, programId: town.programId });
    const [receipt] = (await town.ok('marketing', 'GET', `/v1/lead-mails/${mail.id}`)).inquiryItems;
    const lead = await town.leadOf(receipt);
    expect(lead.person.name).toContain('Wyss');
    expect(lead.holder.kind).toBe('partner');
    expect(town.lettersTo('regula.wyss@wasserbern.example')[0]?.text).toContain(receipt.receipt);
    const source = await town.ok('management', 'GET', '/v1/reports/source?groupBy=program');
    expect(source.rows[0].values).toMatchObject({ inquiries: 1, leads: 1 });
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });

  it('forwarded by a colleague, it is the lead of whoever wrote it first; her answering machine is nobody’s', async () => {
    await send({
      from: 'Nora Keller <nora.keller@testpumps.example>',
      subject: 'WG: Zwei Pumpen',
      text: `Bitte übernehmen.\n\nVon: Regula Wyss <regula.wyss@wasserbern.example>\nGesendet: Montag, 2. März 2026 08:01\nAn: info@testpumps.example\nBetreff: Zwei Pumpen\n\nGuten Tag\nBitte offerieren Sie uns zwei HX 40 bis Ende Monat. Das Budget ist bewilligt.\n\nRegula Wyss\nWasser Bern AG\nTel. +41 31 300 12 34`,
    });
    await send({ from: 'Regula Wyss <regula.wyss@wasserbern.example>', subject: 'Abwesenheitsnotiz', text: 'Ich bin am Montag zurück.' });
    const { items } = await town.ok('marketing', 'GET', '/v1/inquiries');
    expect(items.map((one: { status: string }) => one.status)).toEqual(['quarantined', 'parsed']);
    expect(items[1].fields).toMatchObject({ fullName: 'Regula Wyss', email: 'regula.wyss@wasserbern.example', phone: '+41 31 300 12 34', custom: { forwardedBy: 'Nora Keller <nora.keller@testpumps.example>', forwarderNote: 'Bitte übernehmen.' } });
    const people = await town.ok('marketing', 'GET', '/v1/people?limit=10');
    expect(people.items).toHaveLength(1);
    expect((await town.ok('administrator', 'GET', '/v1/verify')).breaks).toEqual([]);
  });
});
