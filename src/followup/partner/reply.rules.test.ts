import { describe, expect, test } from 'vitest';
import { ownWords } from '../../capture/mail/mail-forward.rules.ts';
import { readReply } from './reply.rules.ts';

const read = (text: string, currency = 'EUR') => readReply(ownWords(text).text, currency);
const said = (text: string) => read(text).said;

const offer = 'Hello Northline,\n\nTest Pumps has a hot lead for you.\n\nInes Prado, Aguas del Sur';
const quoted = offer.split('\n').map((line) => `> ${line}`).join('\n');

describe('what its writer wrote, without the mail answered', () => {
  test.each([
    ['Gmail', `Called her, she is in Lisbon.\n\nOn Mon, Mar 2, 2026 at 9:04 AM Test Pumps <leads+abc@in.example> wrote:\n\n${quoted}`],
    ['Gmail, its line broken', `Called her, she is in Lisbon.\n\nOn Mon, Mar 2, 2026 at 9:04 AM Test Pumps\n<leads+abc@in.example> wrote:\n${quoted}`],
    ['Apple Mail', `Called her, she is in Lisbon.\n\n> On 2. Mar 2026, at 09:04, Test Pumps <leads@in.example> wrote:\n> \n${quoted}`],
    ['Outlook', `Called her, she is in Lisbon.\n\n________________________________\nFrom: Test Pumps <leads@in.example>\nSent: Monday, March 2, 2026 9:04 AM\nTo: leads@northline.example\nSubject: Hot lead: Ines Prado\n\n${offer}`],
    ['Outlook in German', `Called her, she is in Lisbon.\n\nVon: Test Pumps <leads@in.example>\nGesendet: Montag, 2. März 2026 09:04\nAn: leads@northline.example\nBetreff: Hot lead: Ines Prado\n\n${offer}`],
    ['Outlook of old', `Called her, she is in Lisbon.\n\n-----Ursprüngliche Nachricht-----\nVon: Test Pumps\n${offer}`],
    ['Thunderbird in German', `Called her, she is in Lisbon.\n\nAm 02.03.26 um 09:04 schrieb Test Pumps:\n${quoted}`],
    ['Gmail in French', `Called her, she is in Lisbon.\n\nLe lun. 2 mars 2026 à 09:04, Test Pumps <leads@in.example> a écrit :\n\n${quoted}`],
    ['Gmail in Spanish', `Called her, she is in Lisbon.\n\nEl lun, 2 mar 2026 a las 9:04, Test Pumps (<leads@in.example>) escribió:\n\n${quoted}`],
    ['Gmail in Italian', `Called her, she is in Lisbon.\n\nIl giorno lun 2 mar 2026 alle ore 09:04 Test Pumps <leads@in.example> ha scritto:\n\n${quoted}`],
    ['Gmail in Dutch', `Called her, she is in Lisbon.\n\nOp ma 2 mrt 2026 om 09:04 schreef Test Pumps <leads@in.example>:\n\n${quoted}`],
    ['Gmail in Portuguese', `Called her, she is in Lisbon.\n\nEm seg., 2 de mar. de 2026 às 09:04, Test Pumps <leads@in.example> escreveu:\n\n${quoted}`],
    ['a phone', `Called her, she is in Lisbon.\n\nSent from my iPhone\n\nOn 2 Mar 2026, at 09:04, Test Pumps <leads@in.example> wrote:\n\n${quoted}`],
    ['below the quotation', `On Mon, Mar 2, 2026 at 9:04 AM Test Pumps <leads@in.example> wrote:\n${quoted}\n\nCalled her, she is in Lisbon.`],
    ['a signature', `Called her, she is in Lisbon.\n\n-- \nJoão Alves\nNorthline Supply`],
    ['a farewell', `Called her, she is in Lisbon.\n\nKind regards,\nJoão Alves\nNorthline Supply\nTel. +351 21 555 0100`],
    ['a German farewell', `Called her, she is in Lisbon.\n\nMit freundlichen Grüßen\nJoão Alves`],
    ['a Spanish farewell', `Called her, she is in Lisbon.\nUn saludo,\nJoão`],
    ['a French farewell', `Called her, she is in Lisbon.\n\nBien cordialement,\nJoão`],
    ['Portuguese', `Called her, she is in Lisbon.\n\nCom os melhores cumprimentos,\nJoão`],
  ])('%s', (_, text) => expect(read(text).text).toBe('Called her, she is in Lisbon.'));
});

describe('a verdict it begins with', () => {
  test.each([
    ['hot', ['hot', 'Hot!', 'HOT - wants a visit', 'Heiß', 'heiss.', 'Chaud', 'caliente', 'Heet', 'Quente', '🔥 hot']],
    ['warm', ['warm', 'Lauwarm', 'Tiède', 'tibio', 'Tiepido', 'lauw', 'morno']],
    ['bad', ['bad', 'Schlecht', 'Mauvais', 'malo', 'Cattivo', 'slecht', 'Mau', 'ruim', 'Hi Ann,\n\nbad, wrong number']],
    ['sale', ['sale', 'sold', 'Verkauft', 'Vendu', 'Vendido', 'venta', 'venduto', 'Verkocht', 'Thanks!\nSold.']],
    ['dont_know', ["don't know", 'Don’t know yet', 'dont know', 'Weiß nicht', 'weiss noch nicht', 'Je ne sais pas', 'No sé', 'No lo sé.', 'Non so', 'Weet niet', 'Não sei']],
  ] as const)('%s', (verdict, texts) => {
    for (const text of texts) expect([text, said(text)?.verdict]).toEqual([text, verdict]);
  });
  test.each(['She is hot on this', 'Hotel booked', 'Badly reachable', 'No se puede llamar hoy', 'I called him, bad line', 'Warmwasser braucht sie', 'Salesforce is what they use', '', '42', 'Thanks!'])('not: %s', (text) => expect(said(text)).toBeNull());
  test('nor words of the mail that is answered', () => {
    expect(said(`Called her.\n\nOn Mon, Mar 2, 2026 at 9:04 AM Test Pumps <leads@in.example> wrote:\n> hot`)).toBeNull();
    expect(said(`On Mon, Mar 2, 2026 at 9:04 AM Test Pumps <leads@in.example> wrote:\n> Sold`)).toBeNull();
  });
  test('why a lead is bad stands behind the word or below it', () => {
    expect(said('Bad: no budget this year')).toMatchObject({ verdict: 'bad', reason: 'no budget this year' });
    expect(said('Schlecht – kein Budget')).toMatchObject({ reason: 'kein Budget' });
    expect(said('bad\n\nShe left the company.\nNobody else knows.')).toMatchObject({ reason: 'She left the company.' });
    expect(said('bad')).toMatchObject({ reason: null, words: 'bad' });
  });
  test.each([
    ['Sold 12500', 1_250_000, null],
    ['Sold, 12.500 EUR', 1_250_000, 'EUR'],
    ['Sold for 12,500', 1_250_000, null],
    ['Verkauft für 12’500.50 CHF', 1_250_050, 'CHF'],
    ['Sold two pumps for 8,400.00.', 840_000, null],
    ['Vendu: € 9 900', 990_000, 'EUR'],
    ['sale\n£3,200', 320_000, 'GBP'],
    ['Sold $40k', 4_000_000, null],
    ['sold 12k EUR', 1_200_000, 'EUR'],
    ['Vendido por 7.250,00 €', 725_000, 'EUR'],
    ['Sold 2 pumps', null, null],
    ['Sold yesterday', null, null],
    ['sold', null, null],
  ])('what it sold for: %s', (text, valueMinor, currency) => expect(said(text)).toMatchObject({ verdict: 'sale', valueMinor, currency, reason: null }));

  test.each([
    ['Sold for 450.000', 'CLP', 450_000, null],
    ['Sold 90k', 'JPY', 90_000, null],
    ['Sold for 12.500 EUR', 'JPY', 1_250_000, 'EUR'],
    ['Sold for 12,500', 'EUR', 1_250_000, null],
  ])('in a company that counts in another currency: %s, %s', (text, home, valueMinor, currency) => expect(read(text, home).said).toMatchObject({ verdict: 'sale', valueMinor, currency }));
});
