import type { FieldSpec } from './import-kind.ts';

const words = (text: string): string[] => text.split(',').map((word) => word.trim());

/** The fields of a program file. */
export const programFields: FieldSpec[] = [
  { name: 'externalId', label: 'External id', type: 'text', synonyms: words('id, external id, program id, programme id, campaign id, campaignid, campaign code, code, kampagnen id, kampagnennummer, id campagne, id campaña, id campanha, campagne id, id campagna') },
  { name: 'name', label: 'Name', type: 'text', required: true, synonyms: words('name, program, programme, program name, campaign, campaign name, title, subject, kampagne, kampagnenname, programm, bezeichnung, titel, campagne, nom, nom de la campagne, campaña, nombre, nombre de la campaña, campanha, nome, nome da campanha, campagnenaam, naam, campagna, nome campagna') },
  { name: 'channel', label: 'Channel', type: 'text', synonyms: words('channel, type, campaign type, program type, medium, category, kanal, typ, art, kampagnentyp, canal, type de campagne, tipo, tipo de campaña, tipo de campanha, kanaal, soort, canale, tipo campagna') },
  { name: 'status', label: 'Status', type: 'text', choices: 'programStatus', synonyms: words('status, campaign status, program status, state, zustand, statut, estado, situação, stato') },
  { name: 'startsOn', label: 'Starts', type: 'date', strict: false, synonyms: words('start, start date, starts, starts on, begin, begin date, from, launch, launch date, date from, beginn, startdatum, anfang, von, date de début, début, fecha de inicio, inicio, data de início, início, startdatum, begindatum, data inizio, inizio') },
  { name: 'endsOn', label: 'Ends', type: 'date', strict: false, synonyms: words('end, end date, ends, ends on, to, until, finish, date to, ende, enddatum, bis, date de fin, fin, fecha de fin, fecha fin, data de fim, data de término, einddatum, data fine, fine') },
  { name: 'createdOn', label: 'Created', type: 'date', strict: false, synonyms: words('created, created at, created on, created time, creation date, create date, date created, erstellt, erstellt am, date de création, fecha de creación, data de criação, aangemaakt, data creazione') },
  { name: 'budget', label: 'Budget', type: 'money', synonyms: words('budget, budgeted cost, planned cost, planned budget, budget amount, estimated cost, plankosten, geplante kosten, budget prévu, coût prévu, presupuesto, coste previsto, orçamento, custo previsto, gepland budget, budget previsto, costo previsto') },
  { name: 'expected', label: 'Expected revenue', type: 'money', synonyms: words('expected revenue, expected, expected income, revenue goal, target revenue, revenue target, forecast revenue, erwarteter umsatz, umsatzziel, revenu attendu, chiffre d affaires attendu, ingresos esperados, receita esperada, verwachte omzet, ricavi attesi') },
  { name: 'actualCost', label: 'Actual cost', type: 'money', synonyms: words('actual cost, cost, costs, spend, spent, amount spent, actual spend, total cost, actual costs, expenses, kosten, istkosten, tatsächliche kosten, ausgaben, coût, coût réel, coûts, dépenses, coste, costo, coste real, gasto, gastos, custo, custo real, gastos, werkelijke kosten, uitgaven, costo effettivo, costi, spesa') },
  { name: 'costOn', label: 'Date of the cost', type: 'date', synonyms: words('cost date, date of cost, spend date, cost on, kostendatum, buchungsdatum') },
  { name: 'goalInquiries', label: 'Goal: inquiries', type: 'number', strict: false, synonyms: words('goal inquiries, expected responses, expected response, inquiries goal, target inquiries, ziel anfragen') },
  { name: 'goalLeads', label: 'Goal: leads', type: 'number', strict: false, synonyms: words('goal leads, leads goal, target leads, expected leads, ziel leads') },
  { name: 'goalSales', label: 'Goal: sales', type: 'number', strict: false, synonyms: words('goal sales, sales goal, target sales, expected sales, ziel verkäufe') },
  { name: 'ownerName', label: 'Owner', type: 'text', synonyms: words('owner, campaign owner, program owner, responsible, manager, verantwortlich, besitzer, responsable, propietario, responsável, eigenaar, responsabile') },
  { name: 'note', label: 'Note', type: 'text', synonyms: words('note, notes, description, comment, beschreibung, bemerkung, notiz, remarque, descripción, descrição, omschrijving, descrizione, note') },
];
