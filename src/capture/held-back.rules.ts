import { MAIL_HELD } from './mail/mail-nature.rules.ts';

/** Readable, but held back for a person to look at: a plain replay leaves these alone, a release lets them through. */
export const NO_PROOF = 'It was sent without the proof of work, as a browser without JavaScript or a simple robot would.';
export const TRAPPED = 'The field that people never see was filled in, as robots do.';
export const HELD_BACK: ReadonlySet<string> = new Set([NO_PROOF, TRAPPED, ...MAIL_HELD]);
