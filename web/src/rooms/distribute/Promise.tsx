import { Button, NumberInput, Select } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { plural } from '../../ui/format.ts';
import { Card, ErrorNote, FormGrid, GradeBadge, Page, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { AgreementTabs } from '../qualify/AgreementTabs.tsx';
import css from '../../ui/criteria/criteria.module.css';

type Promised = Answer<'GET /v1/settings/response-promise'>;
const grades = ['hot', 'warm', 'cold'] as const;

/** Business time: 48 hours are six working days, so hours are never called days here. */
const hours = (minutes: number): string =>
  minutes < 60 || minutes % 30 ? `${minutes} ${plural(minutes, 'minute')}` : `${minutes / 60} business ${plural(minutes / 60, 'hour')}`;

/** How fast sales answers, by grade, in business hours; what happens when it does not. */
export default function ResponsePromise() {
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/settings/response-promise', undefined, { live: ['setting'] });
  const [form, setForm] = useState<Promised>();
  useEffect(() => {
    if (answer.data) setForm((was) => was ?? answer.data);
  }, [answer.data]);
  const save = useSend('PUT /v1/settings/response-promise', {
    stale: ['/v1/settings/response-promise'],
    done: (saved) => {
      setForm(saved);
      toast({ message: 'The promise is saved. Clocks that run already keep theirs.', tone: 'good' });
    },
  });
  if (!form)
    return (
      <Page>
        <AgreementTabs />
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={5} />}
      </Page>
    );
  const isChanged = JSON.stringify(form) !== JSON.stringify(answer.data);
  return (
    <Page>
      <AgreementTabs />
      <Split>
        <Card title="The clock" side="business hours of whoever holds the lead">
          <Stack>
            <div className={css.promise}>
              <span className={css.together} />
              <span className={`dim ${css.together}`}>accepted or declined within</span>
              <span className={`dim ${css.together}`}>first contact, once accepted, within</span>
              {grades.map((grade) => (
                <div key={grade} style={{ display: 'contents' }}>
                  <span>
                    <GradeBadge grade={grade} />
                  </span>
                  <Minutes
                    label={`${grade}: accept within`}
                    disabled={!canEdit}
                    value={form[grade]}
                    onChange={(value) => setForm({ ...form, [grade]: value })}
                  />
                  <Minutes
                    label={`${grade}: first contact within`}
                    disabled={!canEdit}
                    value={form.followup[grade]}
                    onChange={(value) => setForm({ ...form, followup: { ...form.followup, [grade]: value } })}
                  />
                </div>
              ))}
            </div>
            <div className={css.promise}>
              <span className={css.together} />
              <span className={`dim ${css.together}`}>waits at the desk for a holder at most</span>
              <span className={css.together} />
              <span>any grade</span>
              <Minutes
                label="desk: waits at the desk at most"
                disabled={!canEdit}
                value={form.unassignedMost}
                onChange={(unassignedMost) => setForm({ ...form, unassignedMost })}
              />
            </div>
            <FormGrid>
              <NumberInput
                label="Remind when this much of the time is gone (%)"
                min={1}
                max={99}
                disabled={!canEdit}
                value={form.remindAtPercent}
                onChange={(value) => setForm({ ...form, remindAtPercent: Number(value) || 1 })}
              />
              <NumberInput
                label="Redirect at most (times)"
                description="Then the lead goes to the desk, for a person to decide."
                min={0}
                max={20}
                disabled={!canEdit}
                value={form.redirectsMax}
                onChange={(value) => setForm({ ...form, redirectsMax: Number(value) || 0 })}
              />
            </FormGrid>
            <ErrorNote error={save.error} />
            {canEdit && (
              <Row end>
                <Button disabled={!isChanged} loading={save.isPending} onClick={() => save.mutate({ body: form })}>
                  Put in force
                </Button>
              </Row>
            )}
          </Stack>
        </Card>
        <Card title="In words" quiet>
          <Stack gap={10}>
            {grades.map((grade) => (
              <p key={grade}>
                A <b className="strong">{grade}</b> lead is accepted within {hours(form[grade])} and contacted within{' '}
                {hours(form.followup[grade])} after that.
              </p>
            ))}
            <p>
              After {form.remindAtPercent}% of the time the holder is reminded. When it is over, the lead goes to the next best,{' '}
              {form.redirectsMax === 0
                ? 'never: it stays and is counted as past the promise'
                : `up to ${form.redirectsMax} times, then to the desk`}
              .
            </p>
            <p>A lead that waits at the desk longer than {hours(form.unassignedMost)} of the company is an alarm on the front page.</p>
            <p className="dim">Nights, weekends, holidays and absences do not count.</p>
          </Stack>
        </Card>
      </Split>
    </Page>
  );
}

function Minutes({
  label,
  value,
  onChange,
  disabled,
}: {
  label: string;
  value: number;
  onChange: (value: number) => void;
  disabled: boolean;
}) {
  const [unit, setUnit] = useState(value >= 120 && value % 60 === 0 ? 60 : 1);
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'minmax(60px, 110px) 110px', gap: 6 }}>
      <span className={css.alone} aria-hidden>
        {label.split(': ')[1]}
      </span>
      <NumberInput
        aria-label={label}
        hideControls
        min={unit === 60 ? 0.01 : 1}
        disabled={disabled}
        value={Math.round((value / unit) * 100) / 100}
        onChange={(typed) => Number(typed) > 0 && onChange(Math.max(1, Math.round(Number(typed) * unit)))}
      />
      <Select
        aria-label={`${label}: unit`}
        disabled={disabled}
        allowDeselect={false}
        data={[
          { value: '1', label: 'minutes' },
          { value: '60', label: 'hours' },
        ]}
        value={String(unit)}
        onChange={(next) => setUnit(Number(next ?? 1))}
      />
    </div>
  );
}
