import { Button, Textarea, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useSend } from '../../api/hooks.ts';
import { useKeys } from '../../shell/keys.ts';
import { useFormat } from '../../ui/format.ts';
import { Icon } from '../../ui/Icon.tsx';
import { A, Badge, Card, Chip, ErrorNote, FactList, GradeBadge, Kbd, Note, Row, Split, Stack, When, toast } from '../../ui/index.tsx';
import { outcomes, outcomeWord, type Called, type Outcome, type Script } from './calling-words.ts';
import css from './calling.module.css';

/** The one to call: who they are and what they asked, the script beside, and what came of it with one key. */
export function CallTurn({
  listId,
  lead,
  script,
  done,
  giveBack,
}: {
  listId: string;
  lead: Called;
  script: Script;
  done: () => void;
  giveBack: () => void;
}) {
  const format = useFormat();
  const ring = useRef<HTMLAnchorElement>(null);
  const [path, setPath] = useState<{ stepId: string; answer?: string }[]>([]);
  const [note, setNote] = useState('');
  const [asking, setAsking] = useState(false);
  const [backAt, setBackAt] = useState('');
  const record = useSend('POST /v1/calling/lists/:id/calls', {
    stale: ['/v1/calling', '/v1/leads', '/v1/queue'],
    done: (now, { body }) => {
      toast({
        message: now.handedTo
          ? `Qualified: ${now.handedTo} has it.`
          : now.dueAt
            ? `${outcomeWord(body!.outcome)}: tried again ${format.dateTime(now.dueAt)}.`
            : `${outcomeWord(body!.outcome)}.`,
        tone: 'good',
      });
      done();
    },
  });
  const here = scriptAt(script, path);
  const say = (answer?: string) => setPath([...path, { stepId: here.id, ...(answer === undefined ? {} : { answer }) }]);
  const tell = (outcome: Outcome) => {
    if (record.isPending) return;
    if (outcome === 'call_back' && !backAt) return setAsking(true);
    record.mutate({
      params: { id: listId },
      body: {
        leadId: lead.leadId,
        outcome,
        answers: path,
        note: note.trim() || null,
        ...(outcome === 'call_back' ? { callBackAt: new Date(backAt).toISOString() } : {}),
      },
    });
  };
  const number = lead.phone ?? lead.mobile;
  // A key pressed twice, or while the next one was on its way, was meant for the one before: it must not judge or ring this one.
  const seen = true;
  useKeys([
    { key: 'c', label: 'Call', group: 'Calling', seen, run: () => ring.current?.click() },
    ...outcomes.map(({ value, label, keyName }) => ({ key: keyName, label, group: 'What came of it', seen, run: () => tell(value) })),
    ...(here.kind === 'ask'
      ? here.choices.map((choice, i) => ({ key: String(i + 1), label: choice.label, group: 'Answers', seen, run: () => say(choice.label) }))
      : []),
    ...(here.kind === 'say' ? [{ key: 'Enter', label: 'Go on in the script', group: 'Calling', seen, run: () => say() }] : []),
    ...(path.length > 0
      ? [{ key: 'Backspace', label: 'Back in the script', group: 'Calling', seen, run: () => setPath(path.slice(0, -1)) }]
      : []),
  ]);
  const suggested = here.kind === 'end' ? here.ending : undefined;
  return (
    <Stack>
      <Split even>
        <Card>
          <div className={css.who}>
            <h2>
              <A to={`/leads/${lead.leadId}`}>{lead.personName || 'Name not known'}</A> <GradeBadge grade={lead.grade} score={lead.score} />{' '}
              {lead.callBack && <Badge tone="action">Agreed to be called back</Badge>}
            </h2>
            <span className="dim">
              {[lead.title, lead.organizationName, [lead.city, lead.country].filter(Boolean).join(', ')].filter(Boolean).join(' · ')}
            </span>
            {number && (
              <a ref={ring} className={css.ring} href={`tel:${number}`}>
                <Icon name="phone" /> {number} <Kbd>c</Kbd>
              </a>
            )}
            {lead.mobile && lead.mobile !== number && <a href={`tel:${lead.mobile}`}>or {lead.mobile}</a>}
            <span className="dim">
              {lead.localHour} o’clock where they are
              {lead.attempts > 0 && `, called ${lead.attempts} ${lead.attempts === 1 ? 'time' : 'times'} before`}. Yours until{' '}
              {format.time(lead.leasedUntil)}.
            </span>
            {lead.message && <p className={css.said}>{lead.message}</p>}
            <FactList facts={factsOf(lead)} />
            {lead.calls.length > 0 && (
              <div className={css.past}>
                {lead.calls.map((call) => (
                  <span key={call.at}>
                    <b>{outcomeWord(call.outcome)}</b> <When at={call.at} /> {call.by && `by ${call.by}`}
                    {call.note && `: ${call.note}`}
                  </span>
                ))}
              </div>
            )}
          </div>
        </Card>
        <Card title={script.name} side={path.length > 0 && <Chip onClick={() => setPath(path.slice(0, -1))}>Back</Chip>}>
          <Stack>
            <Past script={script} path={path} />
            <Here step={here} say={say} />
          </Stack>
        </Card>
      </Split>
      <Card title="What came of it?" side={<Chip onClick={giveBack}>Give it back uncalled</Chip>}>
        <Stack>
          <Textarea
            label="Note"
            autosize
            minRows={1}
            maxRows={6}
            maxLength={5000}
            value={note}
            onChange={(event) => setNote(event.currentTarget.value)}
          />
          {asking && (
            <Row>
              <TextInput
                label={`When, by your clock? It is ${lead.localHour} o’clock there now.`}
                type="datetime-local"
                data-autofocus
                autoFocus
                value={backAt}
                onChange={(event) => setBackAt(event.currentTarget.value)}
              />
              <Button style={{ alignSelf: 'end' }} disabled={!backAt} loading={record.isPending} onClick={() => tell('call_back')}>
                Call back then
              </Button>
            </Row>
          )}
          <div className={css.outcomes}>
            {outcomes.map(({ value, label, keyName, reached }) => (
              <button
                key={value}
                type="button"
                disabled={record.isPending}
                data-suggested={suggested === value || undefined}
                data-tone={
                  value === 'qualified' ? 'good' : value === 'do_not_call' || value === 'refused' ? 'stop' : reached ? undefined : 'missed'
                }
                aria-keyshortcuts={keyName}
                onClick={() => tell(value)}
              >
                {label} <Kbd>{keyName}</Kbd>
              </button>
            ))}
          </div>
          <ErrorNote error={record.error} />
        </Stack>
      </Card>
    </Stack>
  );
}

const stepOf = (script: Script, id: string | null | undefined) => script.steps.find((one) => one.id === id);

/** The step the answers have led to. The server goes the same way when it keeps them. */
function scriptAt(script: Script, path: readonly { stepId: string; answer?: string }[]) {
  const last = path.at(-1);
  const step = last && stepOf(script, last.stepId);
  if (!step || step.kind === 'end') return script.steps[0]!;
  const next = step.kind === 'say' ? step.next : (step.choices.find(({ label }) => label === last.answer)?.next ?? step.free?.next);
  return stepOf(script, next) ?? script.steps[0]!;
}

function factsOf(lead: Called): [string, string][] {
  const facts: [string, string | null][] = [
    ['Product', lead.product],
    ['From', [lead.programName, lead.sourceName].filter(Boolean).join(' · ') || null],
    ['With', lead.holderName],
    ...lead.known.map(({ question, answer }): [string, string] => [question, answer]),
  ];
  return facts.filter((one): one is [string, string] => one[1] !== null);
}

function Past({ script, path }: { script: Script; path: readonly { stepId: string; answer?: string }[] }) {
  const asked = path.filter(({ answer }) => answer !== undefined);
  if (asked.length === 0) return null;
  return (
    <div className={css.past}>
      {asked.map(({ stepId, answer }) => (
        <span key={stepId}>
          {stepOf(script, stepId)?.text} <b>{answer}</b>
        </span>
      ))}
    </div>
  );
}

function Here({ step, say }: { step: Script['steps'][number]; say: (answer?: string) => void }) {
  const [words, setWords] = useState('');
  return (
    <Stack>
      <p className={css.now} aria-live="polite">
        {step.text}
      </p>
      {step.kind === 'say' && (
        <Row end>
          <Button variant="default" onClick={() => say()} rightSection={<Kbd>⏎</Kbd>}>
            Go on
          </Button>
        </Row>
      )}
      {step.kind === 'ask' && (
        <div className={css.answers}>
          {step.choices.map((choice, i) => (
            <button key={choice.label} type="button" onClick={() => say(choice.label)}>
              {choice.label} <Kbd>{i + 1}</Kbd>
            </button>
          ))}
        </div>
      )}
      {step.kind === 'ask' && step.free && (
        <form
          onSubmit={(event) => {
            event.preventDefault();
            if (!words.trim()) return;
            say(words.trim());
            setWords('');
          }}
        >
          <Row>
            <TextInput
              aria-label="In their words"
              placeholder="Or in their words"
              maxLength={2000}
              style={{ flex: 1 }}
              value={words}
              onChange={(event) => setWords(event.currentTarget.value)}
            />
            <Chip type="submit">Note it</Chip>
          </Row>
        </form>
      )}
      {step.kind === 'end' && (
        <Note tone={step.ending === 'qualified' ? 'good' : 'warn'}>
          The script ends here: {outcomeWord(step.ending)}. Say below what came of it.
        </Note>
      )}
    </Stack>
  );
}
