import { wordsOf } from './header-words.rules.ts';
import type { ProgramRow } from './program.queries.ts';

const WORDS: Record<Exclude<ProgramRow['status'], 'withdrawn'>, RegExp> = {
  finished: /complet|finish|done|closed|ended|past|cancel|abort|abgeschlossen|beendet|erledigt|storniert|termin|clos|finaliz|cerrad|conclu|encerrad|afgerond|geannuleerd|concluso|archiv/,
  paused: /paus|inactiv|inaktiv|suspend|hold|stopp|gestoppt|angehalten|dormant/,
  planned: /plan|draft|entwurf|prepar|new|neu|scheduled|geplant|prevu|borrador|rascunho|concept|bozza|future|upcoming/,
  active: /./,
};
/** The state of a program out of whatever another system calls it. */
export function programStatusOf(text: string): ProgramRow['status'] {
  const words = wordsOf(text);
  for (const [status, pattern] of Object.entries(WORDS)) if (pattern.test(words)) return status as ProgramRow['status'];
  return 'active';
}
