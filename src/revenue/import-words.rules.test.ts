import { expect, it } from 'vitest';
import { rankKinds, sampleRows, sightTable } from '../capture/analyse-table.rules.ts';
import { inSevenLanguages } from './import-words.rules.ts';
import { invoiceFields } from './read-invoice.rules.ts';

const kind = { kind: 'invoices', label: 'Invoices', fields: inSevenLanguages(invoiceFields) };
it.each([
  'Rechnungsnummer;Rechnungsdatum;Kunde;Nettobetrag;MwSt;Gesamtbetrag',
  'Numéro de facture;Date de facture;Client;Montant HT;TVA;Montant TTC',
  'Número de factura;Fecha de emisión;Cliente;Base imponible;IVA;Importe total',
  'Número da fatura;Data da fatura;Nome do cliente;Valor líquido;Imposto;Valor total',
  'Factuurnummer;Factuurdatum;Klantnaam;Bedrag excl. BTW;BTW;Totaal incl. BTW',
  'Numero fattura;Data fattura;Ragione sociale;Imponibile;IVA;Totale fattura',
  'Invoice number;Invoice date;Customer;Net amount;VAT;Grand total',
])('reads an export that says %s', (header) => {
  const { rows } = sampleRows(`${header}\nR-1;14.03.2026;Weber AG;100,00;19,00;119,00\nR-2;15.03.2026;Rossi SpA;200,00;38,00;238,00\n`, undefined, true);
  const sight = sightTable(rows, [kind]);
  const { mapping } = rankKinds([kind], sight.columns, 'x.csv')[0]!;
  expect(mapping).toEqual({ 0: 'number', 1: 'issuedAt', 2: 'accountName', 3: 'net', 4: 'tax', 5: 'grandTotal' });
});
