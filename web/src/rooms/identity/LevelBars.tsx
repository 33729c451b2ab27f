import { useFormat } from '../../ui/format.ts';
import { ShareBar } from '../../ui/chart/ShareBar.tsx';
import { A, DataTable } from '../../ui/index.tsx';
import { ChartFrame } from '../../ui/chart/ChartFrame.tsx';
import { groupNames, levelNames } from './Level.tsx';
import css from './quality.module.css';
import type { Board } from './QualityBoard.tsx';

const tones = { verified: 'sale', plausible: 'cold', doubtful: 'warm', bad: 'hot' } as const;

/** One band per kind of value: how many have which level; what is not known at all is the empty rest. */
export function LevelBars({ levels, people, list }: { levels: Board['levels']; people: number; list: (where: object) => string }) {
  const format = useFormat();
  const table = (
    <DataTable
      phone="scroll"
      caption="Levels by kind of value"
      rows={levels}
      rowKey={(row) => row.group}
      columns={[
        { key: 'group', label: '', render: (row) => groupNames[row.group] },
        ...(['verified', 'plausible', 'doubtful', 'bad'] as const).map((level) => {
          const of = (row: Board['levels'][number]) => row.levels.find((one) => one.level === level);
          return {
            key: level,
            label: levelNames[level],
            align: 'end' as const,
            render: (row: Board['levels'][number]) => format.number(of(row)?.people),
            to: (row: Board['levels'][number]) => (of(row)?.people ? list(of(row)!.where) : undefined),
          };
        }),
      ]}
    />
  );
  return (
    <ChartFrame label="Levels by kind of value" table={table}>
      <ul className={css.levels}>
        {levels.map(({ group, levels: own }) => {
          const count = (level: string) => own.find((one) => one.level === level)?.people ?? 0;
          const weak = count('bad') + count('doubtful');
          return (
            <li key={group}>
              <b>{groupNames[group]}</b>
              <ShareBar
                className={css.bar}
                whole={people}
                sliver={0.15}
                name={groupNames[group]}
                of={own.map((one) => ({ key: one.level, n: one.people, tone: tones[one.level], said: `${levelNames[one.level]}: ${format.number(one.people)}`, to: list(one.where) }))}
              />
              <span className={`num ${css.need}`}>
                {(['bad', 'doubtful'] as const).map((level) => {
                  const one = own.find((found) => found.level === level);
                  return one && one.people > 0 ? (
                    <A key={level} to={list(one.where)}>
                      {format.number(one.people)} {level}
                    </A>
                  ) : null;
                })}
                {weak === 0 && <span className="dim">fine</span>}
              </span>
            </li>
          );
        })}
      </ul>
    </ChartFrame>
  );
}
