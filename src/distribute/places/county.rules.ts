import { fold } from '../../platform/values/fold.rules.ts';

/** Names of counties as they are compared: without accents, case, and the word for county. */
export const countyKey = (name: string): string =>
  fold(name).replace(/^(county( of)?|co|landkreis|kreis|lk|condado de|comte de|provincia (de|di)) /, '').replace(/ (county|parish|borough|census area|municipality|kreis|landkreis|megye|fylke|lan)$/, '');
