import { inquiryFields, type FieldSpec } from '../../capture/index.ts';
import type { Proof } from './claim.rules.ts';

const words = (text: string): string[] => text.split(',').map((word) => word.trim());

/** What such files call the buyer, beside what any file calls a person or a company. */
const buyers: Record<string, string> = {
  organization: 'end customer, end user, end user company, end customer name, end user name, ship to, ship to name, ship to customer, sold to, sold to name, customer, customer name, customer company, bill to, purchaser, owner company, endkunde, endkunde firma, kunde, kundenname, client final, client, nom du client, cliente final, cliente, nombre del cliente, nome do cliente, eindklant, eindgebruiker, klant, klantnaam, nome cliente',
  fullName: 'owner, owner name, buyer, buyer name, registered by, registrant, customer contact, end user contact, end customer contact, käufer, besitzer, acheteur, comprador, koper, acquirente',
  email: 'end user email, end customer email, customer email, owner email, buyer email, ship to email, registrant email',
  phone: 'end user phone, end customer phone, customer phone, owner phone, buyer phone, ship to phone',
  street: 'ship to address, ship to street, end customer address, end user address, customer address, lieferadresse, installation address, installed at',
  postalCode: 'ship to zip, ship to postal code, ship to postcode, end customer zip, end user zip, customer zip',
  city: 'ship to city, end customer city, end user city, customer city, installation city',
  state: 'ship to state, end customer state, end user state, customer state',
  country: 'ship to country, end customer country, end user country, customer country, installation country',
};
const personal = new Set(['fullName', 'givenName', 'familyName', 'title', 'email', 'phone', 'mobile', 'organization', 'website', 'street', 'postalCode', 'city', 'state', 'country']);

const text = (name: string, label: string, said: string): FieldSpec => ({ name, label, type: 'text', synonyms: words(said) });
const day = (name: string, label: string, said: string): FieldSpec => ({ name, label, type: 'date', strict: true, synonyms: words(said) });
const money = (name: string, label: string, said: string): FieldSpec => ({ name, label, type: 'money', synonyms: words(said) });

const sold: Record<Proof, string> = {
  'sell-through': 'sale date, sales date, sold on, date sold, sold, sell through date, sellthrough date, pos date, resale date, ship date, shipped, shipped on, shipment date, delivery date, invoice date, transaction date, date, verkaufsdatum, verkauft am, lieferdatum, rechnungsdatum, datum, date de vente, date de livraison, vendu le, fecha de venta, fecha de entrega, fecha, data da venda, data de venda, verkoopdatum, leverdatum, data vendita, data di vendita, data consegna',
  warranty: 'purchase date, date of purchase, purchased on, date purchased, bought on, sale date, sold on, installation date, installed on, date installed, commissioning date, start of warranty, warranty start, warranty start date, kaufdatum, gekauft am, einbaudatum, inbetriebnahme, date d achat, date d installation, fecha de compra, fecha de instalación, data da compra, data de instalação, aankoopdatum, installatiedatum, data di acquisto, data acquisto, data installazione',
  rebate: 'purchase date, date of purchase, invoice date, sale date, sold on, date sold, transaction date, kaufdatum, rechnungsdatum, verkaufsdatum, date d achat, date de facture, fecha de compra, fecha de factura, data da compra, data da fatura, aankoopdatum, factuurdatum, data di acquisto, data fattura',
};
const numbers: Record<Proof, string> = {
  'sell-through': 'invoice number, invoice no, transaction number, transaction id, order number, order no, pos number, delivery note, document number, rechnungsnummer, lieferschein, numéro de facture, número de factura, número da fatura, factuurnummer, numero fattura',
  warranty: 'registration number, registration no, registration id, warranty number, warranty no, warranty id, card number, certificate number, garantienummer, registriernummer, numéro de garantie, número de garantía, número de garantia, registratienummer, numero di garanzia',
  rebate: 'rebate number, rebate no, rebate id, rebate claim, rebate claim number, claim number, claim no, claim id, bonus number, antragsnummer, bonusnummer, numéro de demande, número de solicitud, número do pedido, aanvraagnummer, numero richiesta',
};

/** Columns of a file of this kind. */
export function claimFields(proof: Proof): FieldSpec[] {
  const registered = {
    warranty: 'registration date, registered on, registered, date registered, warranty registration date, registrierdatum, registriert am, date d enregistrement, fecha de registro, data de registro, registratiedatum, data di registrazione',
    rebate: 'claim date, claimed on, rebate date, submitted on, date submitted, antragsdatum, date de la demande, fecha de solicitud, data do pedido, aanvraagdatum, data richiesta',
  };
  return [
    day('soldOn', proof === 'warranty' ? 'Bought on' : 'Sold on', sold[proof]),
    ...(proof === 'sell-through' ? [] : [day('registeredOn', proof === 'warranty' ? 'Registered on' : 'Claimed on', registered[proof])]),
    text('number', proof === 'sell-through' ? 'Document number' : proof === 'warranty' ? 'Registration number' : 'Claim number', numbers[proof]),
    text('serial', 'Serial number', 'serial number, serial no, serial nr, serial, serials, s n, sn, unit serial, seriennummer, serien nr, numéro de série, n de série, número de serie, nº de serie, número de série, serienummer, numero di serie, matricola'),
    text('product', 'Product', 'product, product name, product description, item, item description, model, model number, model no, part number, part no, sku, article, article number, material, description, produkt, artikel, artikelnummer, modell, bezeichnung, produit, modèle, désignation, producto, modelo, artículo, produto, artigo, omschrijving, prodotto, modello, articolo, descrizione'),
    { name: 'quantity', label: 'Quantity', type: 'number', strict: false, synonyms: words('quantity, qty, units, units sold, qty sold, quantity sold, pieces, pcs, menge, anzahl, stück, quantité, qté, cantidad, unidades, quantidade, aantal, stuks, quantità, pezzi') },
    money('value', 'Value of the sale', 'value, sale value, sales value, amount, net amount, net value, sales amount, extended price, extended amount, total, total amount, total price, revenue, purchase price, price paid, invoice amount, invoice value, wert, betrag, umsatz, verkaufswert, kaufpreis, nettobetrag, montant, valeur, prix d achat, importe, valor, precio de compra, valor da venda, preço de compra, bedrag, waarde, aankoopprijs, importo, valore, prezzo di acquisto'),
    money('unitPrice', 'Price of one', 'unit price, price, price each, resale price, net price, list price, einzelpreis, stückpreis, preis, prix unitaire, precio unitario, preço unitário, stukprijs, eenheidsprijs, prezzo unitario'),
    ...(proof === 'rebate' ? [money('rebateAmount', 'Rebate', 'rebate, rebate amount, rebate value, rebate paid, rebate requested, claim amount, bonus, rückvergütung, prämie, remise, prime, reembolso, bonificación, bonificação, korting, terugbetaling, rimborso, premio')] : []),
    text('distributor', 'Distributor', 'distributor, distributor name, dealer, dealer name, reseller, reseller name, partner, partner name, sold by, selling partner, seller, retailer, channel partner, installer, händler, fachhändler, vertriebspartner, distributeur, revendeur, vendu par, distribuidor, revendedor, vendido por, verkocht door, wederverkoper, distributore, rivenditore, venduto da'),
    ...inquiryFields.filter(({ name }) => personal.has(name)).map((field) => ({ ...field, synonyms: [...new Set([...words(buyers[field.name] ?? '').filter(Boolean), ...field.synonyms])] })),
  ];
}

/** One column of each group has to be there before a file is taken for such a one unasked: buyers alone are in any list. */
export const knownByFields: Record<Proof, string[][]> = {
  'sell-through': [['distributor'], ['soldOn'], ['quantity', 'serial', 'value', 'unitPrice']],
  warranty: [['serial'], ['soldOn', 'registeredOn']],
  rebate: [['rebateAmount', 'number'], ['rebateAmount', 'serial', 'product'], ['soldOn', 'registeredOn']],
};
