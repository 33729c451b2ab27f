import type { Answer } from '../../api/contract.ts';
import { plural, type Format } from '../../ui/format.ts';

export type Proposal = Answer<'GET /v1/territories/proposals/:id'>;
export type Figure = keyof Proposal['units'][number]['figures'];
export type Acceptance = Proposal['acceptances'][number];

export const figures: { key: Figure; label: string }[] = [
  { key: 'calls', label: 'Calls needed' },
  { key: 'worthMinor', label: 'Invoiced' },
  { key: 'customers', label: 'Customers' },
  { key: 'prospects', label: 'Prospects' },
  { key: 'openLeads', label: 'Open leads' },
  { key: 'potential', label: 'Potential' },
];

/** Figures worth showing: potential only where a field was named for it. */
export const figuresOf = ({ asked }: Pick<Proposal, 'asked'>) => figures.filter(({ key }) => key !== 'potential' || asked.potential !== null);

export const figureSaid = (format: Format, currency: string, key: Figure, value: number): string =>
  key === 'worthMinor' ? format.money(value, currency) : format.number(Math.round(value));

/** How far from an even share, in words. */
export const deviationSaid = (format: Format, deviation: number): string =>
  Math.abs(deviation) < 0.005 ? 'even' : `${format.percent(Math.abs(deviation), 0)} ${deviation > 0 ? 'above' : 'below'}`;

export const kmSaid = (format: Format, km: number): string => `${format.number(Math.round(km))} km`;

export const unitsSaid = (format: Format, count: number): string => `${format.number(count)} ${plural(count, 'unit')}`;

export const jobWords = { waiting: 'waits', running: 'is being divided', done: '', failed: 'failed', cancelled: 'was stopped' } as const;
export const acceptedWords = {
  due: 'accepted, waits for its day',
  in_force: 'in force',
  refused: 'could not take effect',
  cancelled: 'called off',
  undone: 'taken back',
} as const;

/** Who asked for it, and what was to stay. */
export function askedInWords(format: Format, { asked, madeAt, madeBy, units }: Proposal): string {
  const stay = units.filter(({ stays }) => stays).length;
  const said = [
    `Asked for on ${format.date(madeAt)}${madeBy ? ` by ${madeBy}` : ''}`,
    asked.keep ? 'as little moved as can be' : 'wherever it is today',
    asked.stayBest && 'A customers stay where they are',
    asked.stayWorked && 'those somebody works with stay',
    stay > 0 && `${unitsSaid(format, stay)} left where ${stay === 1 ? 'it is' : 'they are'}`,
    `seed ${asked.seed}`,
  ];
  return `${said.filter(Boolean).join('; ')}.`;
}
