import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rankKinds, sampleRows, sightTable } from './analyse-table.rules.ts';
import { contentOf } from './column-content.rules.ts';
import { findEncoding } from './file-encoding.rules.ts';
import { inquiryFields, inquiryKnownBy } from './inquiry-words.rules.ts';
import { programFields } from './program-words.rules.ts';
import { programStatusOf } from './program-status.rules.ts';
import { planRows, readRow } from './read-row.rules.ts';

const kinds = [
  { kind: 'inquiries', label: 'Inquiries', fields: inquiryFields, knownBy: inquiryKnownBy },
  { kind: 'programs', label: 'Programs', fields: programFields },
];
const look = (text: string, hasHeader?: boolean) => sightTable(sampleRows(text, undefined, true).rows, kinds, hasHeader);
const proposed = (text: string, kind = 'inquiries') => {
  const sight = look(text);
  const { mapping } = rankKinds(kinds, sight.columns, 'file.csv').find((one) => one.kind === kind)!;
  return Object.fromEntries(sight.columns.flatMap(({ index, header }) => (mapping[index] ? [[header || String(index), mapping[index]]] : [])));
};

describe('the header row', () => {
  it.each([
    ['name,email\nAda,a@b.co\n', true],
    ['u,v\n1,2\n1,3\n2,4\n2,5\n', true],
    ['1,Lumexo,412.5,CA\n2,Torvald,231.07,TX\n3,PumpXy,98.4,MA\n', false],
    ['Zelma Ltd.;Switzerland\nBrunner S.A.;Switzerland\nNorth Freight;Canada\nTallow Inc.;Canada\n', false],
    ['a@b.co,+49 30 123456\nc@d.co,+49 30 654321\n', false],
    ['2021-01-01,5\n2021-01-02,6\n', false],
    ['Kunde,Ort,Umsatz\nMeier,Berlin,500\nSchulz,Bonn,700\n', true],
  ])('%j: %s', (text, hasHeader) => expect(look(text).hasHeader).toBe(hasHeader));
  it('leaves nameless empty columns at the edges alone', () => {
    const sight = look(',city,name,\n0,Rom,A S.p.A.,\n1,Pisa,B S.r.l.,\n');
    expect(sight.hasHeader).toBe(true);
    expect(sight.sentences.join(' ')).toMatch(/Column 4 has neither name nor content.*Column 1 has no name and counts the rows/);
  });
});

describe('the proposed mapping', () => {
  it.each([
    ['Vorname;Nachname;E-Mail-Adresse;Telefonnummer;Firma;PLZ;Ort;Land;Anfragedatum\nJo;Os;j@x.de;030 123456;X GmbH;10115;Berlin;Germany;01.02.2021\n',
      { Vorname: 'givenName', Nachname: 'familyName', 'E-Mail-Adresse': 'email', Telefonnummer: 'phone', Firma: 'organization', PLZ: 'postalCode', Ort: 'city', Land: 'country', Anfragedatum: 'occurredAt' }],
    ['Prénom,Nom de famille,Courriel,Société,Code postal,Ville,Pays\nA,B,a@b.fr,C SARL,75001,Paris,France\n',
      { Prénom: 'givenName', 'Nom de famille': 'familyName', Courriel: 'email', Société: 'organization', 'Code postal': 'postalCode', Ville: 'city', Pays: 'country' }],
    ['Nombre,Apellidos,Correo electrónico,Teléfono móvil,Nombre de la empresa,Fecha de creación\nA,B,a@b.es,+34 600 111 222,C S.L.,01/02/2021\n',
      { Nombre: 'fullName', Apellidos: 'familyName', 'Correo electrónico': 'email', 'Teléfono móvil': 'mobile', 'Nombre de la empresa': 'organization', 'Fecha de creación': 'occurredAt' }],
    ['contactKey,firstSeen,LeadSource,campaign_code\nab12x,2021-01-01,web,C1\ncd34y,2021-01-02,fair,C1\nef56z,2021-01-03,web,C2\n',
      { contactKey: 'externalId', firstSeen: 'occurredAt', LeadSource: 'source', campaign_code: 'programExternalId' }],
    ['stage_2,lead_owner_id,lead_owner,account_owner,email_opt_out,birth_date\nx,7,Jo,Al,no,1990-01-01\ny,8,Bo,Cy,yes,1991-01-01\n', { lead_owner: 'ownerName', email_opt_out: 'doNotMail' }],
    ['Last Name,Do Not Call,HasOptedOutOfFax,Keine Post,Opt-out\nBerg,yes,no,no,no\nBo,no,no,yes,no\n', { 'Last Name': 'familyName', 'Do Not Call': 'doNotCall', HasOptedOutOfFax: 'doNotFax', 'Keine Post': 'doNotPost', 'Opt-out': 'doNotContact' }],
  ])('%j', (text, mapping) => expect(proposed(text)).toEqual(mapping));
  it.each([
    ['Voornaam;Achternaam;E-mailadres;Telefoonnummer;Bedrijfsnaam;Postcode;Plaats;Land;Functie\nJan;Vis;j@x.nl;020 123 45 67;X B.V.;1012 AB;Amsterdam;Nederland;Inkoop\n',
      { Voornaam: 'givenName', Achternaam: 'familyName', 'E-mailadres': 'email', Telefoonnummer: 'phone', Bedrijfsnaam: 'organization', Postcode: 'postalCode', Plaats: 'city', Land: 'country', Functie: 'title' }],
    ['Nome;Cognome;Indirizzo e-mail;Cellulare;Ragione sociale;CAP;Città;Provincia;Paese\nAda;Bo;a@x.it;+39 333 123 4567;X SpA;20121;Milano;MI;Italia\n',
      { Nome: 'fullName', Cognome: 'familyName', 'Indirizzo e-mail': 'email', Cellulare: 'mobile', 'Ragione sociale': 'organization', CAP: 'postalCode', Città: 'city', Provincia: 'state', Paese: 'country' }],
    ['Primeiro nome;Sobrenome;Endereço de e-mail;Telefone celular;Nome da empresa;CEP;Cidade;Data de criação\nAna;Sá;a@x.pt;+351 912 345 678;X Lda;1000-001;Lisboa;01/02/2021\n',
      { 'Primeiro nome': 'givenName', Sobrenome: 'familyName', 'Endereço de e-mail': 'email', 'Telefone celular': 'mobile', 'Nome da empresa': 'organization', CEP: 'postalCode', Cidade: 'city', 'Data de criação': 'occurredAt' }],
  ])('%j', (text, mapping) => expect(proposed(text)).toEqual(mapping));
  it('knows columns by what stands in them, where no word helps', () => {
    const rows = ['Thomas;Fischer;10115;Berlin', 'Maria;Keller;80331;München', 'Peter;Kern;20095;Hamburg', 'Anna;Lang;50667;Köln', 'Laura;Busch;10115;Berlin', 'Julia;Falk;01067;Dresden'];
    const text = (header: string) => [header, ...rows.map((row, at) => `${row};p${at}@x.example;+49 30 12345${at}0;https://x${at}.example`)].join('\n');
    const fields = ['givenName', 'familyName', 'postalCode', 'city', 'email', 'phone', 'website'];
    const headers = ['Spalte 1', 'Spalte 2', 'Spalte 3', 'Spalte 4', 'Spalte 5', 'Spalte 6', 'Spalte 7'];
    expect(proposed(text(headers.join(';')))).toEqual(Object.fromEntries(headers.map((header, at) => [header, fields[at]])));
    expect(Object.values(proposed(text('').trim()))).toEqual(fields);
    expect(proposed('x;y\nSW1A 1AA;a\nEC1A 1BB;b\nM1 1AE;c\n')).toEqual({ x: 'postalCode' });
    expect(contentOf(['2019', '2020', '2021', '2019']).plainPostcodes).toBe(false);
    expect(contentOf(['10001', '10002', '10003', '10004']).plainPostcodes).toBe(false);
  });
  it('reads programs and what they cost', () => {
    expect(proposed('Kampagnen-ID;Kampagne;Typ;Beginn;Ende;Budget;Kosten\n1;Messe;Event;01.02.2021;03.02.2021;1.000 €;900 €\n', 'programs')).toEqual({
      'Kampagnen-ID': 'externalId', Kampagne: 'name', Typ: 'channel', Beginn: 'startsOn', Ende: 'endsOn', Budget: 'budget', Kosten: 'actualCost',
    });
  });
  it('maps each field once and never falls over', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.oneof(fc.string(), fc.constantFrom('email', 'Name', 'id', 'a@b.co', '2021-01-01', '$5')), { minLength: 1, maxLength: 6 }), { minLength: 1, maxLength: 8 }), (rows) => {
        const sight = sightTable(rows, kinds);
        for (const { mapping } of rankKinds(kinds, sight.columns, 'x')) expect(new Set(Object.values(mapping)).size).toBe(Object.keys(mapping).length);
      }),
    );
  });
});

describe('the encoding', () => {
  it.each([
    ['ascii', Buffer.from('a,b\n'), true, 'utf-8'],
    ['a mark', Buffer.from('\uFEFFü'), true, 'utf-8'],
    ['utf-16', Buffer.from('\uFEFFaü', 'utf16le'), false, 'utf-16le'],
    ['utf-16 without mark', Buffer.from('name,mail\nAda,x\n', 'utf16le'), true, 'utf-16le'],
    ['latin', Buffer.from('Jürgen Größe, Café, señor', 'latin1'), false, 'windows-1252'],
    ['damaged utf-8', Buffer.concat([Buffer.from('Größe äöü éèê ñ ß '.repeat(10)), Buffer.from([0xff]), Buffer.from(' more')]), false, 'utf-8'],
    ['cyrillic', Buffer.from([0xcf, 0xf0, 0xe8, 0xe2, 0xe5, 0xf2, 0x20, 0xec, 0xe8, 0xf0, 0x2c, 0x20, 0xea, 0xe0, 0xea, 0x20, 0xe4, 0xe5, 0xeb, 0xe0, 0x3f, 0x20, 0xd5, 0xee, 0xf0, 0xee, 0xf8, 0xee, 0x21]), false, 'windows-1251'],
    ['polish', Buffer.from([0x5a, 0x61, 0xbf, 0xf3, 0xb3, 0xe6, 0x20, 0x67, 0xea, 0x9c, 0x6c, 0xb9, 0x20, 0x6a, 0x61, 0x9f, 0xf1]), false, 'windows-1250'],
  ])('%s', (_, bytes, valid, label) => expect(findEncoding(bytes, valid).label).toBe(label));
});

describe('columns and rows', () => {
  it.each([
    [['+49 30 1234', '(030) 99 88 77', '0041 44 555 66 77'], 'phone'],
    [['1', '2', '3'], 'integer'],
    [['$5', '$1,209.48K'], 'money'],
    [['2021-01-01 10:00', '2021-01-02 11:30'], 'datetime'],
    [['CA', 'TX', 'NY', 'MA'], 'state'],
    [['Acme Inc.', 'Foo GmbH', 'Bar & Co'], 'organization'],
    [['yes', 'no', ''], 'boolean'],
    [['', ''], 'empty'],
  ])('%j is %s', (cells, content) => expect(contentOf(cells).content).toBe(content));

  const plan = (header: string, sample: string[][], mapping: Record<string, string>, fields = inquiryFields) =>
    planRows(fields, { mapping, headers: header.split(','), samples: sample, timeZone: 'UTC', currency: 'EUR', dateOrder: 'dmy' });
  it('keeps back what it cannot read where that would lie, else notes it and keeps the text', () => {
    const rows = plan('d,n,x', [['01/02/2021', 'no', '']], { 0: 'occurredAt', 1: 'doNotContact' });
    expect(readRow(rows, ['31/02/2021', 'perhaps', 'kept'])).toMatchObject({
      values: {},
      extra: { d: '31/02/2021', n: 'perhaps', x: 'kept' },
      problems: [{ severity: 'row', field: 'occurredAt' }, { severity: 'cell', field: 'doNotContact' }],
    });
    expect(readRow(rows, ['n/a', '', '', '', 'stray']).problems).toMatchObject([{ kind: 'too-many-cells' }]);
  });
  it('names what is required and missing, and reads amounts in the currency written', () => {
    const rows = plan('name,cost', [['A', '$5']], { 0: 'name', 1: 'actualCost' }, programFields);
    expect(readRow(rows, ['', '$5K'])).toMatchObject({ values: { actualCost: { minor: 500_000, currency: 'USD' } }, problems: [{ kind: 'name-missing' }] });
    expect(rows.columns[1]!.sentence).toContain('The company counts in EUR');
  });
  it.each([['Complete', 'finished'], ['Inactive', 'paused'], ['Planning', 'planned'], ['Active', 'active'], ['Abgeschlossen', 'finished'], ['läuft', 'active']])('%s is %s', (text, status) => expect(programStatusOf(text)).toBe(status));
});
