import { Button, TagsInput, TextInput } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import type { Answer } from '../../api/contract.ts';
import { may, useSession } from '../../api/session.ts';
import { Card, Chip, ErrorNote, FactList, FormGrid, Page, Row, SkeletonRows, Stack, Wide, toast } from '../../ui/index.tsx';
import { AgreementTabs } from './AgreementTabs.tsx';

type Question = Answer<'GET /v1/questions'>['questions'][number];

/** The qualifying questions: asked on the phone and on forms, answered in one click. */
export default function Questions() {
  const canEdit = may(useSession(), ['marketing']);
  const answer = useApi('GET /v1/questions', undefined, { live: ['definition'] });
  const [questions, setQuestions] = useState<Question[]>();
  const version = answer.data?.version;
  useEffect(() => {
    if (answer.data) setQuestions(answer.data.questions);
    // eslint-disable-next-line react-hooks/exhaustive-deps
  }, [version]);
  const save = useSend('PUT /v1/questions', {
    stale: ['/v1/questions'],
    done: () => toast({ message: 'The questions are saved.', tone: 'good' }),
  });
  if (!answer.data || !questions)
    return (
      <Page>
        <AgreementTabs />
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={6} />}
      </Page>
    );
  const isChanged = JSON.stringify(questions) !== JSON.stringify(answer.data.questions);
  const put = (at: number, patch: Partial<Question>) =>
    setQuestions(questions.map((one, index) => (index === at ? { ...one, ...patch } : one)));
  const freeKey = () => {
    for (let at = questions.length + 1; ; at++) if (!questions.some((one) => one.key === `question${at}`)) return `question${at}`;
  };
  return (
    <Page>
      <AgreementTabs />
      <div style={{ maxWidth: 860 }}>
        <Stack>
          {questions.map((question, at) => (
            <Card
              key={question.key}
              title={question.label || 'New question'}
              side={
                canEdit && questions.length > 1 ? (
                  <Chip
                    aria-label={`Remove ${question.label}`}
                    onClick={() => setQuestions(questions.filter((_one, index) => index !== at))}
                  >
                    Remove
                  </Chip>
                ) : undefined
              }
            >
              {canEdit ? (
                <FormGrid>
                  <TextInput label="Question" value={question.label} onChange={(event) => put(at, { label: event.currentTarget.value })} />
                  <TextInput
                    label="Hint for who asks"
                    value={question.hint}
                    onChange={(event) => put(at, { hint: event.currentTarget.value })}
                  />
                  <Wide>
                    <TagsInput
                      label="Answers to choose from"
                      description="None: any text."
                      value={question.choices}
                      onChange={(choices) => put(at, { choices })}
                      acceptValueOnBlur
                    />
                  </Wide>
                </FormGrid>
              ) : (
                <FactList
                  facts={[
                    ['Hint', question.hint],
                    ['Answers', question.choices.join(' · ') || 'any text'],
                  ]}
                />
              )}
            </Card>
          ))}
          <ErrorNote error={save.error} />
          {canEdit && (
            <Row between>
              <Chip onClick={() => setQuestions([...questions, { key: freeKey(), label: '', hint: '', choices: [] }])}>+ Question</Chip>
              <Button
                disabled={!isChanged || questions.some((one) => !one.label.trim())}
                loading={save.isPending}
                onClick={() => save.mutate({ body: { questions } })}
              >
                Save the questions
              </Button>
            </Row>
          )}
        </Stack>
      </div>
    </Page>
  );
}
