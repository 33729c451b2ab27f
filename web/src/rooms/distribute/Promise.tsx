import { Button, NumberInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { BusinessMinutes, businessTime as hours } from '../../ui/BusinessMinutes.tsx';
import { A, Card, ErrorNote, FormGrid, GradeBadge, Note, Page, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { AgreementTabs } from '../qualify/AgreementTabs.tsx';
import css from '../../ui/criteria/criteria.module.css';

type Promised = Answer<'GET /v1/settings/response-promise'>;
const grades = ['hot', 'warm', 'cold'] as const;

/** How fast sales answers, by grade, in business hours; what happens when it does not. */
export default function ResponsePromise() {
  const canEdit = may(useSession(), ['marketing', 'sales_manager']);
  const answer = useApi('GET /v1/settings/response-promise', undefined, { live: ['setting', 'agreement'] });
  const agreed = answer.data?.agreedVersion ?? null;
  /** What both sides signed is not changed here. */
  const isFixed = !canEdit || agreed !== null;
  const [form, setForm] = useState<Promised>();
  useEffect(() => {
    // What both have signed is shown as it is; what is being typed here stays.
    if (answer.data) setForm((was) => (was && was.agreedVersion === answer.data.agreedVersion ? was : answer.data));
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
            {agreed !== null && (
              <Note>
                This stands in <A to="/agreement">version {agreed} of the agreement</A>, which both sides signed. {canEdit ? 'To change it, draft a new version there.' : ''}
              </Note>
            )}
            <div className={css.promise}>
              <span className={css.together} />
              <span className={`dim ${css.together}`}>accepted or declined within</span>
              <span className={`dim ${css.together}`}>first contact, once accepted, within</span>
              {grades.map((grade) => (
                <div key={grade} style={{ display: 'contents' }}>
                  <span>
                    <GradeBadge grade={grade} />
                  </span>
                  <BusinessMinutes
                    label={`${grade}: accept within`}
                    disabled={isFixed}
                    value={form[grade]}
                    onChange={(value) => setForm({ ...form, [grade]: value })}
                  />
                  <BusinessMinutes
                    label={`${grade}: first contact within`}
                    disabled={isFixed}
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
              <BusinessMinutes
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
                disabled={isFixed}
                value={form.remindAtPercent}
                onChange={(value) => setForm({ ...form, remindAtPercent: Number(value) || 1 })}
              />
              <NumberInput
                label="Redirect at most (times)"
                description="Then the lead goes to the desk, for a person to decide."
                min={0}
                max={20}
                disabled={isFixed}
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
