import type { ReactNode } from 'react';
import { useApi } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { Badge } from '../../ui/index.tsx';
import { andWhere } from '../../ui/where.ts';

type Judged = Answer<'GET /v1/people/:id/quality'>['levels'][number];
export type LevelName = NonNullable<Judged['level']>;
export type GroupName = Judged['group'];

export const levelTones = { verified: 'sale', plausible: 'quiet', doubtful: 'warm', bad: 'hot' } as const;
export const levelNames: Record<LevelName, string> = { verified: 'Verified', plausible: 'Plausible', doubtful: 'Doubtful', bad: 'Bad' };
export const groupNames: Record<GroupName, string> = { mail: 'Mail', phone: 'Phone', mobile: 'Mobile', address: 'Address', name: 'Name', life: 'In touch' };

/** A value of a person with how far it can be trusted, and under it why. What nothing speaks against stands alone: fine is quiet. */
export function useLevels(personId: string): (group: GroupName, value: ReactNode) => ReactNode {
  const answer = useApi('GET /v1/people/:id/quality', { params: { id: personId } }, { live: ['person', 'inquiry'], keep: false });
  return (group, value) => {
    const judged = answer.data?.levels.find((one) => one.group === group);
    if (!value || !judged?.level || (judged.level === 'plausible' && judged.reasons.length === 0)) return value;
    return (
      <>
        {value} {judged.level !== 'plausible' && <Badge tone={levelTones[judged.level]}>{levelNames[judged.level]}</Badge>}
        {judged.reasons.map((reason) => (
          <span key={reason.code} className="dim" style={{ display: 'block', fontSize: 12 }}>
            {reason.sentence}
          </span>
        ))}
      </>
    );
  };
}

/** Levels that need a look, as choices of a filter: `mail.bad`. */
export const levelChoices = (['mail', 'phone', 'mobile', 'address', 'name', 'life'] as const).flatMap((group) =>
  (['bad', 'doubtful'] as const).map((level) => ({ value: `${group}.${level}`, label: group === 'life' ? (level === 'bad' ? 'Silent for very long' : 'Silent for long') : `${groupNames[group]} ${level}` })),
);

/** What the address asks for, as conditions for the API: those it holds already, and the levels picked. */
export function whereOf(filters: { where?: string; level?: string }): string | undefined {
  const picked = (filters.level ?? '').split(',').filter((one) => levelChoices.some(({ value }) => value === one));
  return andWhere(filters.where, picked.length === 0 ? [] : [{ any: picked.map((one) => ({ field: `level.${one.split('.')[0]}`, op: 'equals', value: one.split('.')[1]! })) }]);
}
