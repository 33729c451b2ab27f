import { Button, PasswordInput, Select, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { useFilters, useGo } from '../../shell/address.ts';
import { ErrorNote, Skeleton } from '../../ui/Page.tsx';
import { Progress } from '../../ui/Progress.tsx';
import css from './access.module.css';
import { guessPlace } from './guess-place.ts';
import { Stage } from './Stage.tsx';

const currencies = Intl.supportedValuesOf('currency');
const zones = Intl.supportedValuesOf('timeZone');
export default function SetUp() {
  const [{ token = '' }] = useFilters();
  const go = useGo();
  const client = useQueryClient();
  const state = useApi('GET /v1/setup', { query: { token: token || undefined } }, { keep: false });
  const [known] = useState(() => guessPlace(navigator.languages, Intl.DateTimeFormat().resolvedOptions().timeZone));
  const [form, setForm] = useState({
    company: '',
    name: '',
    email: '',
    password: '',
    currency: known.currency,
    timeZone: known.timeZone,
    start: 'demo' as 'demo' | 'empty',
  });
  const set = (patch: Partial<typeof form>) => setForm((was) => ({ ...was, ...patch }));
  const enter = () => {
    client.clear();
    go('/', { replace: true });
  };
  const begin = useSend('POST /v1/setup', { done: (answer) => void (answer.jobId ? undefined : enter()) });
  const jobId = begin.data?.jobId as string | undefined;
  if (jobId) return <Filling jobId={jobId} enter={enter} />;
  if (state.isLoading) {
    return (
      <Stage title="Set up Baton" question="One moment.">
        <Skeleton height={120} />
      </Stage>
    );
  }
  if (state.error) {
    return (
      <Stage title="Set up Baton" question="The server did not answer.">
        <ErrorNote error={state.error} retry={() => void state.refetch()} />
      </Stage>
    );
  }
  if (!state.data?.ready) {
    return (
      <Stage
        title={state.data?.needed === false ? 'Baton is already set up' : 'This link is not the right one'}
        question={
          state.data?.needed === false
            ? 'Sign in with the account you were given.'
            : 'Open the one-time link that Baton printed in the terminal when it started. If it is gone, start Baton again: it prints a new one.'
        }
      >
        {state.data?.needed === false && (
          <Button component="a" href="/sign-in">
            Sign in
          </Button>
        )}
      </Stage>
    );
  }
  return (
    <Stage
      wide
      title="Set up Baton"
      question="Two minutes: your company, you, and what to look at first."
      foot="Everything stays on this machine. You can change all of this later under Settings."
    >
      <form
        className={css.form}
        onSubmit={(event: FormEvent) => {
          event.preventDefault();
          begin.mutate({ body: { ...form, token, locale: known.locale, country: known.country } });
        }}
      >
        <TextInput
          label="Company"
          required
          autoFocus
          autoComplete="organization"
          value={form.company}
          onChange={(event) => set({ company: event.currentTarget.value })}
        />
        <div className={css.pair}>
          <Select
            label="Currency"
            data={currencies}
            searchable
            value={form.currency}
            onChange={(value) => set({ currency: value ?? form.currency })}
            allowDeselect={false}
          />
          <Select
            label="Time zone"
            data={zones}
            searchable
            value={form.timeZone}
            onChange={(value) => set({ timeZone: value ?? form.timeZone })}
            allowDeselect={false}
          />
        </div>
        <div className={css.pair}>
          <TextInput
            label="Your name"
            required
            autoComplete="name"
            value={form.name}
            onChange={(event) => set({ name: event.currentTarget.value })}
          />
          <TextInput
            label="Your mail address"
            required
            type="email"
            autoComplete="email"
            value={form.email}
            onChange={(event) => set({ email: event.currentTarget.value })}
          />
        </div>
        <PasswordInput
          label="Password"
          description="At least 10 characters."
          required
          minLength={10}
          autoComplete="new-password"
          value={form.password}
          onChange={(event) => set({ password: event.currentTarget.value })}
        />
        <fieldset className={css.starts}>
          <legend>Begin with</legend>
          <label className={css.start}>
            <input type="radio" name="start" value="demo" checked={form.start === 'demo'} onChange={() => set({ start: 'demo' })} />
            <b>The demo company</b>
            <span>Eighteen months of a manufacturer’s leads, reps, distributors and sales. Takes about two minutes to fill.</span>
          </label>
          <label className={css.start}>
            <input type="radio" name="start" value="empty" checked={form.start === 'empty'} onChange={() => set({ start: 'empty' })} />
            <b>An empty house</b>
            <span>Bring in your own file of leads, or put a form on your web site.</span>
          </label>
        </fieldset>
        <ErrorNote error={begin.error} />
        <Button type="submit" loading={begin.isPending}>
          {form.start === 'demo' ? 'Set up and explore the demo' : 'Set up'}
        </Button>
      </form>
    </Stage>
  );
}

function Filling({ jobId, enter }: { jobId: string; enter: () => void }) {
  const job = useApi('GET /v1/jobs/:id', { params: { id: jobId } }, { refetchInterval: 1000, keep: false });
  const state = job.data?.state as string | undefined;
  const isOver = state === 'done' || state === 'failed' || state === 'cancelled';
  return (
    <Stage
      title={state === 'done' ? 'The demo company is ready' : 'Filling the demo company'}
      question={
        state === 'done'
          ? 'Look around: nothing here can break anything real.'
          : 'You can already look around; the figures grow while it fills.'
      }
    >
      <div className={css.form}>
        {state === 'failed' ? (
          <ErrorNote error={new Error(job.data?.problem ?? 'Filling stopped. You can start it again with ./baton demo.')} />
        ) : (
          <Progress done={job.data?.done ?? 0} total={job.data?.total} note={job.data?.note} />
        )}
        <Button onClick={enter} variant={isOver ? 'filled' : 'default'}>
          {isOver ? 'Open Baton' : 'Look around already'}
        </Button>
      </div>
    </Stage>
  );
}
