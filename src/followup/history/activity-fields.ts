import { countKnownExternalIds } from '../../capture/index.ts';
import type { FieldSpec } from '../../capture/index.ts';

const split = (words: string): string[] => words.split(', ');

/** The columns of a list of calls, mails and meetings, as other systems write them in seven languages. */
export const activityFields: FieldSpec[] = [
  { name: 'externalId', label: 'Its id there', type: 'text', synonyms: split('activity id, call id, task id, taskid, event id, callid, activityid, record id, id, aktivitäts id, anruf id, id de l activité, id de actividad, id da atividade, activiteit id, id attività') },
  {
    name: 'kind',
    label: 'What it was',
    type: 'text',
    choices: 'activities',
    synonyms: split('activity type, type of activity, kind of activity, activity, kind, type, task type, aktivität, aktivitätsart, art der aktivität, art, activité, type d activité, actividad, tipo de actividad, atividade, tipo de atividade, tipo, activiteit, soort activiteit, attività, tipo di attività'),
  },
  {
    name: 'at',
    label: 'When',
    type: 'datetime',
    required: true,
    synonyms: split('call start time, start time, started at, start, call time, call date, activity date, date, time, completed at, done at, when, held on, due date, created time, created at, beginn, anrufbeginn, datum, zeitpunkt, erledigt am, date d activité, heure de début, date, fecha, fecha de inicio, hora de inicio, data, data de início, início, datum, starttijd, begintijd, data attività, ora di inizio'),
  },
  { name: 'leadRef', label: 'Lead id or receipt', type: 'text', synonyms: split('lead id, leadid, lead, lead external id, receipt, inquiry id, who id, related lead, lead nummer, leadnummer, beleg, id du lead, id del lead, recibo, id do lead, ricevuta'), known: countKnownExternalIds },
  { name: 'contactRef', label: 'Contact id', type: 'text', synonyms: split('contact id, contactid, person id, contact external id, related contact, kontakt id, id du contact, id de contacto, id do contato, contact nummer, id contatto') },
  { name: 'email', label: 'Mail of the contact', type: 'email', strict: false, synonyms: split('email, e mail, mail, contact email, email address, e mail adresse, courriel, correo, correo electrónico, e mailadres, indirizzo email') },
  { name: 'owner', label: 'By whom', type: 'text', choices: 'holders', synonyms: split('call owner, activity owner, task owner, owner, rep, sales rep, agent, by, assigned to, made by, logged by, besitzer, betreuer, von, verkäufer, propriétaire, commercial, par, propietario, vendedor, agente, responsável, eigenaar, verkoper, proprietario, venditore') },
  { name: 'ownerRef', label: 'Id of by whom', type: 'text', synonyms: split('call owner id, activity owner id, task owner id, owner id, rep id, agent id, user id') },
  { name: 'subject', label: 'Subject', type: 'text', synonyms: split('subject, topic, title, betreff, thema, objet, sujet, asunto, assunto, onderwerp, oggetto') },
  { name: 'purpose', label: 'Purpose', type: 'text', synonyms: split('call purpose, purpose, reason, zweck, grund, motif, motivo, doel, scopo') },
  { name: 'direction', label: 'In or out', type: 'text', synonyms: split('call type, direction, call direction, inbound outbound, in out, richtung, sens, sentido, dirección, direção, richting, direzione') },
  { name: 'outcome', label: 'What came of it', type: 'text', synonyms: split('call result, result, outcome, disposition, call disposition, status, ergebnis, résultat, resultado, resultaat, esito, risultato') },
  { name: 'minutes', label: 'Minutes', type: 'number', strict: false, synonyms: split('minutes, duration minutes, duration in minutes, call duration in minutes, duration min, dauer in minuten, dauer minuten, minuten, durée en minutes, duración en minutos, duração em minutos, duur in minuten, durata in minuti') },
  { name: 'seconds', label: 'Seconds', type: 'number', strict: false, synonyms: split('seconds, duration seconds, duration in seconds, call duration in seconds, duration sec, call duration, duration, dauer in sekunden, dauer, sekunden, durée en secondes, durée, duración en segundos, duración, duração em segundos, duração, duur in seconden, duur, durata in secondi, durata') },
  { name: 'note', label: 'Note', type: 'text', synonyms: split('note, notes, description, comment, comments, remarks, call notes, body, details, notiz, bemerkung, beschreibung, remarque, commentaire, nota, notas, comentario, descripción, descrição, observação, notitie, opmerking, annotazione, descrizione') },
];
