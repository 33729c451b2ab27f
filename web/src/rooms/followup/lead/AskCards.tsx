import { Button, TextInput } from '@mantine/core';
import { useRef, useState } from 'react';
import { useApi, useSend } from '../../../api/hooks.ts';
import type { Answer } from '../../../api/contract.ts';
import { Card, ErrorNote, Skeleton, toast } from '../../../ui/index.tsx';
import { useLocalKeys } from '../../../ui/local-keys.ts';
import type { LeadData } from './Head.tsx';
import css from './lead.module.css';

type Question = Answer<'GET /v1/leads/:id/score'>['questions'][number];

/** The qualifying questions nobody has answered yet; an answer is noted where the question stands, and the score follows. */
export function AskCard({ data, onDone }: { data: LeadData; onDone: () => void }) {
  const [open, setOpen] = useState<string>();
  const score = useApi('GET /v1/leads/:id/score', { params: { id: data.lead.id } }, { live: ['lead'], keep: false });
  const save = useSend('PATCH /v1/leads/:id/qualification', {
    done: (answer) => {
      toast({ message: `Noted. Now ${answer.grade}, ${answer.score} points.`, tone: 'good' });
      setOpen(undefined);
      onDone();
    },
  });
  if (!score.data) {
    return (
      <Card title="Ask" quiet id="ask">
        {score.error ? <ErrorNote error={score.error} /> : <Skeleton height={54} />}
      </Card>
    );
  }
  const { questions, answers } = score.data;
  const waiting = questions.filter((question) => !answers[question.key]);
  const known = questions.filter((question) => answers[question.key]);
  const note = (key: string, text: string) => save.mutate({ params: { id: data.lead.id }, body: { answers: { [key]: text } } });
  return (
    <Card title="Ask" quiet id="ask">
      {waiting.length === 0 && <p>Every qualifying question is answered.</p>}
      <ul className={css.ask}>
        {waiting.map((question) => (
          <li key={question.key}>
            {open === question.key ? (
              <AnswerLine
                question={question}
                isSaving={save.isPending}
                save={(text) => note(question.key, text)}
                close={() => setOpen(undefined)}
              />
            ) : (
              <button
                type="button"
                className={css.question}
                onClick={() => setOpen(question.key)}
                title={question.hint || 'Note the answer'}
              >
                {question.label}
              </button>
            )}
          </li>
        ))}
      </ul>
      <ErrorNote error={save.error} />
      {known.length > 0 && (
        <dl className={css.known}>
          {known.map((question) => (
            <div key={question.key}>
              <dt>{question.label}</dt>
              <dd>{answers[question.key]}</dd>
            </div>
          ))}
        </dl>
      )}
    </Card>
  );
}

function AnswerLine({
  question,
  save,
  close,
  isSaving,
}: {
  question: Question;
  save: (text: string) => void;
  close: () => void;
  isSaving: boolean;
}) {
  const [text, setText] = useState('');
  const box = useRef<HTMLFormElement>(null);
  useLocalKeys(box, (event) => {
    if (event.key === 'Escape') close();
  });
  return (
    <form
      ref={box}
      className={css.answerLine}
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim()) save(text.trim());
      }}
    >
      {question.choices.length > 0 ? (
        <div className={css.options} role="group" aria-label={question.label}>
          <span className="strong">{question.label}</span>
          {question.choices.map((choice) => (
            <button key={choice} type="button" className={css.option} disabled={isSaving} onClick={() => save(choice)}>
              {choice}
            </button>
          ))}
        </div>
      ) : (
        <>
          <TextInput
            label={question.label}
            description={question.hint || undefined}
            autoFocus
            size="xs"
            value={text}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Button type="submit" size="xs" loading={isSaving} disabled={!text.trim()}>
            Note
          </Button>
        </>
      )}
    </form>
  );
}

export function MissingCard({ data }: { data: LeadData }) {
  const { person, organization } = data;
  const missing = [
    !person.phone && !person.mobile && 'Direct phone',
    !person.email && 'Mail address',
    !person.title && 'Role',
    !organization && 'Company',
    !person.city && !organization?.city && 'City',
    organization && !organization.industry && !organization.vertical && 'Industry',
    organization?.employees === null && 'Company size',
  ].filter(Boolean);
  return (
    <Card title="Still missing" quiet id="missing">
      {missing.length === 0 ? <p>Nothing: everything Baton asks for is known.</p> : <p>{missing.join(' · ')}</p>}
    </Card>
  );
}
