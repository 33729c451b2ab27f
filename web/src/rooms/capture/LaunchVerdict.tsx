import type { Answer } from '../../api/contract.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { A, Note, Stat, Stats } from '../../ui/index.tsx';

type Check = Answer<'GET /v1/programs/:id/launch-check'>;

/** Where the number of leads comes from. */
export const basisOf = ({ basis, like, byChannel }: Check): string =>
  ({
    asked: 'its goal, or what programs like it brought',
    goal: 'its goal',
    inquiries: 'its goal of inquiries, by the share that became leads elsewhere',
    history: like.length === 1 ? `what ${like[0]?.name} brought` : `the median of ${like.length} ${byChannel ? 'of its channel' : 'of other channels'}`,
    nothing: 'not known',
  })[basis];

/** Whether there is room for what is expected, and until when not. */
export function LaunchVerdict({ check }: { check: Check }) {
  const format = useFormat();
  const said = (leads: number) => format.number(Math.round(leads));
  const { most, mostOn, clearOn, fits } = check;
  const first = check.weeks[0];
  const last = check.weeks.at(-1);
  const nobody = check.nowhere.reduce((sum, one) => sum + one.leads, 0);
  return (
    <>
      <Stats>
        <Stat label="Leads expected" value={said(check.leads)} note={check.basis === 'asked' ? 'as asked' : basisOf(check)} />
        <Stat
          label="Room in the first week"
          value={first && first.room !== null ? said(first.room) : 'no limit'}
          note={first ? `for ${said(first.expected)} that come in it` : undefined}
        />
        <Stat
          label="Most waiting"
          value={said(most)}
          tone={most > 0 ? 'bad' : 'good'}
          note={mostOn ? `in the week of ${format.date(mostOn)}` : 'everybody finds room at once'}
        />
        <Stat
          label="Nobody waits from"
          value={most === 0 ? 'the start' : clearOn ? format.date(clearOn) : '–'}
          tone={most > 0 && !clearOn ? 'bad' : undefined}
          note={most > 0 && !clearOn && last ? `${said(last.backlog)} still wait after ${check.weeks.length} weeks` : undefined}
        />
        <Stat label="Would fit at once" value={fits === null ? 'any number' : said(fits)} note="leads in all, in the same weeks" />
      </Stats>
      {nobody >= 0.5 && (
        <Note tone="bad">
          {said(nobody)} {plural(Math.round(nobody), 'lead')} would have nobody:{' '}
          {check.nowhere.map((one) => `${one.kind === 'nobody' ? 'left to a person at the desk' : `in ${one.name}, which nobody works`} ${said(one.leads)}`).join(', ')}. See{' '}
          <A to="/territories">territories</A> and <A to="/routing">routing rules</A>.
        </Note>
      )}
      {most === 0 ? (
        check.rows.length > 0 && <Note tone="good">Whoever would be given them has room for all of them in the week they come.</Note>
      ) : (
        <Note tone="warn">
          {clearOn ? (
            <>
              Up to {said(most)} {plural(Math.round(most), 'lead')} would wait for somebody, until the week of {format.date(clearOn)}.
            </>
          ) : (
            <>More comes than those who would be given it can take: leads would wait to the end.</>
          )}{' '}
          Spread the program over more weeks, let leads overflow to others, or give people more room before it starts.
        </Note>
      )}
    </>
  );
}
