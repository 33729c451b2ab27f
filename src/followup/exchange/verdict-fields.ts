import type { FieldSpec } from '../../capture/index.ts';
import { countKnownLeads } from './verdict-file.queries.ts';

const split = (words: string): string[] => words.split(', ');

/** The columns of a file of verdicts, as people write them in seven languages. */
export const verdictFields: FieldSpec[] = [
  {
    name: 'leadRef',
    label: 'Lead id or receipt',
    type: 'text',
    required: true,
    synonyms: split('lead id, leadid, lead, receipt, lead number, lead no, inquiry number, reference, lead nummer, leadnummer, beleg, belegnummer, anfragenummer, numéro de lead, numéro de demande, reçu, número de lead, número de consulta, recibo, número do lead, número do pedido de informação, leadnummer, aanvraagnummer, bon, numero lead, numero richiesta, ricevuta'),
    known: countKnownLeads,
  },
  {
    name: 'verdict',
    label: 'Verdict',
    type: 'text',
    choices: 'verdicts',
    synonyms: split('verdict, your verdict, new verdict, result, outcome, disposition, status, lead status, urteil, bewertung, ergebnis, stand, résultat, avis, statut, veredicto, resultado, estado, veredito, situação, oordeel, resultaat, verdetto, esito, risultato, stato'),
  },
  {
    name: 'value',
    label: 'Sale value',
    type: 'money',
    synonyms: split('sale value, value, amount, order value, net value, revenue, verkaufswert, auftragswert, betrag, umsatz, valeur de vente, montant, valor de venta, importe, valor da venda, valor, verkoopwaarde, bedrag, orderwaarde, valore di vendita, importo'),
  },
  { name: 'currency', label: 'Currency', type: 'text', synonyms: split('currency, währung, waehrung, devise, monnaie, moneda, divisa, moeda, valuta') },
  {
    name: 'on',
    label: 'On',
    type: 'date',
    synonyms: split('sold on, date, on, sale date, verdict date, closed on, verkauft am, datum, am, date de vente, vendu le, fecha, fecha de venta, data, data da venda, verkocht op, verkoopdatum, data di vendita, venduto il'),
  },
  {
    name: 'reason',
    label: 'Why, or a note',
    type: 'text',
    synonyms: split('why, why bad, reason, note, comment, remark, grund, warum, bemerkung, notiz, kommentar, raison, motif, remarque, commentaire, motivo, razón, nota, comentario, observação, comentário, reden, opmerking, notitie, ragione, commento, osservazione'),
  },
  {
    name: 'until',
    label: 'Back on',
    type: 'date',
    synonyms: split('back on, until, come back on, wiedervorlage, zurück am, wieder am, à reprendre le, rappeler le, volver el, retomar el, voltar em, retomar em, terug op, opnieuw op, riprendere il, richiamare il'),
  },
  {
    name: 'next',
    label: 'Next step',
    type: 'text',
    synonyms: split('next step, next action, nächster schritt, naechster schritt, prochaine étape, próximo paso, próximo passo, volgende stap, prossimo passo'),
  },
];
