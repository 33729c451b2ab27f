import { Button, NumberInput, Popover } from '@mantine/core';
import { useState } from 'react';
import type { Answer, Body } from '../../../api/contract.ts';
import { useApi, useSend } from '../../../api/hooks.ts';
import { KeptForLater, takeBackKept } from '../../../api/kept.ts';
import { useSendOrKeep } from '../../../api/send-or-keep.ts';
import { useKeys } from '../../../shell/keys.ts';
import { ErrorNote, Kbd, toast } from '../../../ui/index.tsx';
import { useFormat } from '../../../ui/format.ts';
import { useIsPhone } from '../../../ui/screen-size.ts';
import { verdictLooks } from '../../../ui/verdict.ts';
import css from './lead.module.css';
import { ReasonChoice } from './ReasonChoice.tsx';

type Lead = Answer<'GET /v1/leads/:id'>['lead'];
type Disposition = Answer<'GET /v1/leads/:id/followup'>['disposition'];
type Verdict = Body<'POST /v1/leads/:id/verdict'>['verdict'];

const verdicts: { verdict: Verdict; key: string; label: string; short?: string; asks?: boolean; leaves?: boolean }[] = [
  { verdict: 'hot', key: 'h', label: 'Hot' },
  { verdict: 'warm', key: 'w', label: 'Warm', leaves: true },
  { verdict: 'bad', key: 'b', label: 'Bad…', asks: true, leaves: true },
  { verdict: 'sale', key: 's', label: 'Sale…', asks: true, leaves: true },
  { verdict: 'dont_know', key: 'd', label: "Don't know", short: '?' },
];

const said: Record<Verdict, string> = {
  hot: 'is hot',
  warm: 'is warm: nurture keeps them warm and brings them back',
  bad: 'is bad',
  sale: 'is sold',
  dont_know: 'is marked “don’t know”',
};

/** One key each. What leaves the queue leaves at once; u brings it back exactly as it was. */
export function VerdictBar({
  lead,
  disposition,
  currency,
  onDone,
  onGone,
  mayUndo,
}: {
  lead: Lead;
  disposition?: Disposition;
  currency: string;
  onDone: () => void;
  onGone?: (leadId: string) => void;
  mayUndo?: boolean;
}) {
  const [asking, setAsking] = useState<Verdict>();
  const [value, setValue] = useState<number | string>('');
  const isPhone = useIsPhone();
  const format = useFormat();
  const choices = useApi('GET /v1/followup/choices', undefined, { staleTime: 600_000 });
  const undo = useSend('POST /v1/leads/:id/verdict/undo', {
    done: () => {
      toast({ message: `${lead.person.name} is as before.` });
      onDone();
    },
  });
  const judge = useSendOrKeep('POST /v1/leads/:id/verdict', { words: ({ body }) => `${lead.person.name || 'The lead'} ${body ? said[body.verdict] : ''}`, done: onDone });
  /** What still waits for the line was never said. */
  const unsay = async (answer: unknown) => {
    if (!(answer instanceof KeptForLater)) await undo.mutateAsync({ params: { id: lead.id }, body: {} });
    else if (await takeBackKept(answer.key)) {
      toast({ message: `${lead.person.name} is as before.` });
      onDone();
    } else await undo.mutateAsync({ params: { id: lead.id }, body: {} });
  };
  const give = (verdict: Verdict, more: { reason?: string; valueMinor?: number } = {}) => {
    setAsking(undefined);
    const leaves = verdicts.find((one) => one.verdict === verdict)?.leaves;
    const input = { params: { id: lead.id }, body: { verdict, ...more, currency: more.valueMinor === undefined ? undefined : currency } };
    const given = judge.mutateAsync(input);
    const failed = (error: unknown) => {
      takeBack();
      toast({ message: (error as Error).message, tone: 'bad' });
      onDone();
    };
    const takeBack = toast({
      message: `${lead.person.name || 'The lead'} ${said[verdict]}${more.reason ? `: ${more.reason}` : ''}${more.valueMinor ? `, ${format.money(more.valueMinor, currency)}` : ''}.`,
      // The verdict may still be on its way: what has not arrived cannot be taken back yet.
      undo: () => void given.then(unsay).catch(failed),
    });
    given.catch(failed);
    if (leaves) onGone?.(lead.id);
  };
  const ask = (verdict: Verdict) => (verdicts.find((one) => one.verdict === verdict)?.asks ? setAsking(verdict) : give(verdict));
  const isClosed = Boolean(lead.closedAt);
  useKeys(isClosed ? [] : verdicts.map((one) => ({ key: one.key, label: one.label, group: 'Verdict', run: () => ask(one.verdict) })));
  const current = disposition?.current ? disposition.verdict : lead.verdict;
  const digits = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
  return (
    <>
      <div className={css.verdicts} role="group" aria-label="Verdict">
        {verdicts.map((one) => (
          <Popover
            key={one.verdict}
            opened={asking === one.verdict}
            onChange={(open) => !open && setAsking(undefined)}
            position={isPhone ? 'top' : 'bottom-start'}
            trapFocus
            returnFocus
          >
            <Popover.Target>
              <button
                type="button"
                className={css.verdict}
                style={{ color: `var(--${verdictLooks[one.verdict].tone})` }}
                aria-pressed={current === one.verdict}
                aria-keyshortcuts={one.key}
                disabled={isClosed}
                onClick={() => ask(one.verdict)}
              >
                {isPhone && one.short ? (
                  <>
                    <span aria-hidden>{one.short}</span>
                    <span className="sr-only">{one.label}</span>
                  </>
                ) : (
                  one.label
                )}
                <Kbd>{one.key}</Kbd>
              </button>
            </Popover.Target>
            <Popover.Dropdown data-overlay-open={asking === one.verdict || undefined}>
              {one.verdict === 'bad' && (
                <ReasonChoice
                  title="Why is it bad?"
                  reasons={choices.data?.badReasons ?? []}
                  isLoading={choices.isLoading}
                  confirm="Bad"
                  onPick={(reason) => give('bad', { reason })}
                />
              )}
              {one.verdict === 'sale' && (
                <form
                  style={{ display: 'grid', gap: 10, width: 230 }}
                  onSubmit={(event) => {
                    event.preventDefault();
                    if (Number(value) > 0) give('sale', { valueMinor: Math.round(Number(value) * 10 ** digits) });
                  }}
                >
                  <NumberInput
                    label={`Sold for (${currency})`}
                    data-autofocus
                    min={0}
                    thousandSeparator=","
                    decimalScale={digits}
                    hideControls
                    value={value}
                    onChange={setValue}
                  />
                  <Button type="submit" disabled={!(Number(value) > 0)}>
                    Record the sale
                  </Button>
                </form>
              )}
            </Popover.Dropdown>
          </Popover>
        ))}
      </div>
      {isClosed && mayUndo && (
        <div className={css.chips}>
          <Button size="xs" variant="default" onClick={() => undo.mutate({ params: { id: lead.id }, body: {} })} loading={undo.isPending}>
            Take the verdict back
          </Button>
        </div>
      )}
      <ErrorNote error={undo.error} />
    </>
  );
}
