import type { FieldSpec } from '../capture/index.ts';

/**
 * What exports call these fields in German, French, Spanish, Portuguese, Dutch and Italian; English words stand with the fields themselves.
 */
const abroad: Record<string, string> = {
  name: 'bezeichnung, verkaufschance, name der verkaufschance, opportunité, nom de l opportunité, affaire, oportunidad, nombre de la oportunidad, oportunidade, nome da oportunidade, negócio, opportuniteit, verkoopkans, naam, opportunità, nome opportunità, nom, nombre, nome',
  owner: 'besitzer, verkäufer, betreuer, zuständig, propriétaire, commercial, propietario, vendedor, comercial, proprietário, responsável, eigenaar, verkoper, proprietario, venditore, commerciale',
  stage: 'phase, verkaufsphase, stufe, étape, etapa, fase, etapa de ventas, etapa de vendas, verkoopfase, fase di vendita',
  status: 'rechnungsstatus, zahlungsstatus, statut, état, estado, situação, stato, stato fattura, betaalstatus, gewonnen verloren, resultado, ergebnis, résultat, risultato, resultaat',
  outcome: 'ergebnis, résultat, resultado, resultaat, esito, risultato',
  isWon: 'gewonnen, gagné, gagnée, ganado, ganada, ganho, ganha, gewonnen ja nein, vinto, vinta',
  amount: 'betrag, wert, umsatz, montant, valeur, importe, monto, valor, montante, bedrag, waarde, importo, valore',
  value: 'betrag, wert, auftragswert, montant, valeur, importe, monto, valor, montante, bedrag, waarde, orderwaarde, importo, valore',
  probability: 'wahrscheinlichkeit, probabilité, probabilidad, probabilidade, waarschijnlijkheid, kans, probabilità',
  openedAt: 'erstellt, erstellt am, erstelldatum, créé le, date de création, fecha de creación, creado, data de criação, criado em, aangemaakt, aangemaakt op, aanmaakdatum, data creazione, creato il',
  closeAt: 'abschlussdatum, geplanter abschluss, date de clôture, date de signature, fecha de cierre, data de fechamento, data de fecho, sluitingsdatum, afsluitdatum, data chiusura, data di chiusura',
  wonAt: 'abschlussdatum, gewonnen am, verkauft am, date de clôture, date de vente, fecha de cierre, fecha de venta, data de fechamento, data da venda, sluitingsdatum, verkocht op, data chiusura, data vendita',
  lostReason: 'verlustgrund, grund, raison de la perte, motif de perte, motivo de pérdida, motivo da perda, reden van verlies, motivo perdita',
  segment: 'segment, branche, segmento, segmento de mercado, settore',
  repName: 'verkäufer, commercial, vendedor, verkoper, venditore',
  accountName: 'firma, unternehmen, kunde, kundenname, rechnungsempfänger, société, entreprise, client, nom du client, raison sociale, empresa, cliente, nombre del cliente, nome do cliente, razão social, bedrijf, klant, klantnaam, azienda, nome cliente, ragione sociale',
  accountRef: 'kundennummer, kunden nr, debitorennummer, numéro client, n client, código de cliente, número de cliente, código do cliente, klantnummer, debiteurnummer, codice cliente, numero cliente',
  email: 'e mail adresse, courriel, adresse email, correo, correo electrónico, e mailadres, indirizzo email, posta elettronica',
  programRef: 'kampagne, aktion, campagne, campaña, campanha, campagna',
  source: 'quelle, herkunft, leadquelle, origine, provenance, fuente, origen, origem, bron, herkomst, fonte, provenienza',
  number: 'rechnungsnummer, rechnungs nr, rechnungsnr, belegnummer, beleg nr, numéro de facture, n de facture, n facture, número de factura, nº factura, número da fatura, número da nota, nº da fatura, factuurnummer, factuur nr, numero fattura, n fattura, numero documento',
  kind: 'belegart, dokumentart, type de document, type de pièce, tipo de documento, documenttype, soort document, tipo documento',
  issuedAt: 'rechnungsdatum, belegdatum, ausgestellt am, datum, date de facture, date de facturation, date d émission, fecha de factura, fecha de emisión, fecha factura, data da fatura, data de emissão, factuurdatum, data fattura, data emissione, data documento',
  subject: 'betreff, beschreibung, objet, libellé, asunto, concepto, descripción, assunto, descrição, onderwerp, omschrijving, oggetto, descrizione',
  reference: 'ihr zeichen, referenz, bestellnummer, auftragsnummer, référence, numéro de commande, referencia, número de pedido, referência, referentie, ordernummer, bestelnummer, riferimento, numero ordine',
  net: 'netto, nettobetrag, rechnungsbetrag netto, total ht, montant ht, hors taxe, importe neto, base imponible, neto, valor líquido, valor sem impostos, nettobedrag, bedrag excl btw, totaal excl btw, imponibile, importo netto, totale imponibile',
  subTotal: 'zwischensumme, sous total, subtotal, subtotaal, subtotale',
  discount: 'rabatt, nachlass, remise, descuento, desconto, korting, sconto',
  tax: 'mwst, mehrwertsteuer, ust, umsatzsteuer, steuer, tva, montant tva, iva, impuesto, impuestos, imposto, impostos, btw, btw bedrag, imposta, importo iva',
  adjustments: 'rundung, versand, arrondi, ajuste, redondeo, arredondamento, afronding, arrotondamento',
  grandTotal: 'brutto, bruttobetrag, gesamtbetrag, rechnungsbetrag, summe, total ttc, montant ttc, total, importe total, total factura, valor total, total da fatura, brutobedrag, bedrag incl btw, totaal, totaal incl btw, totale, totale fattura, totale documento, importo totale',
};

export const inSevenLanguages = (fields: readonly FieldSpec[]): FieldSpec[] =>
  fields.map((field) => ({ ...field, synonyms: [...new Set([...field.synonyms, ...(abroad[field.name] ?? '').split(', ').filter(Boolean)])] }));
