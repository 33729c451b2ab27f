import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useParam } from '../../shell/address.ts';
import { Back, ErrorNote, Page, PageTitle, SkeletonRows, Tabs } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgramForm } from './ProgramForm.tsx';
import { ProgramHostedForm } from './ProgramHostedForm.tsx';
import { ProgramLaunch } from './ProgramLaunch.tsx';
import { ProgramListQuality } from './ProgramListQuality.tsx';
import { ProgramResults } from './ProgramResults.tsx';
import { ProgramStatus } from './program-status.tsx';

export default function ProgramPage() {
  const id = useParam('id');
  const session = useSession();
  const format = useFormat();
  const [{ part: asked }] = useFilters();
  const [changing, setChanging] = useState(false);
  const answer = useApi('GET /v1/programs/:id', { params: { id } }, { live: ['program', 'inquiry'] });
  const canEdit = may(session, ['marketing']);
  if (!answer.data)
    return (
      <Page>
        <Back to="/programs">Programs</Back>
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={8} />}
      </Page>
    );
  const { program, costs } = answer.data;
  const mayCheck = may(session, ['marketing', 'sales_manager', 'management']);
  // Before it starts nothing came of it yet: what matters is whether there is room for what will.
  const isAhead = program.inquiries === 0 && program.startsOn !== null && program.startsOn > format.today();
  const first = isAhead && mayCheck ? 'launch' : 'results';
  const part = asked ?? first;
  const parts = [
    { part: 'results', label: 'Results and costs', shown: true },
    { part: 'launch', label: 'Launch check', shown: mayCheck },
    { part: 'form', label: 'Form', shown: canEdit },
    { part: 'lists', label: 'List quality', shown: true },
  ].filter(({ shown }) => shown);
  const dates = [program.startsOn, program.endsOn].filter(Boolean).map((day) => format.date(day));
  return (
    <Page>
      <Back to="/programs">Programs</Back>
      <PageTitle
        title={
          <>
            {program.name} <ProgramStatus status={program.status} />
          </>
        }
        question={[program.channel, dates.join(' – '), program.ownerName && `run by ${program.ownerName}`].filter(Boolean).join(' · ')}
        side={
          canEdit && (
            <Button variant="default" onClick={() => setChanging(true)}>
              Change
            </Button>
          )
        }
      />
      <Tabs
        label="Parts of the program"
        tabs={parts.map((one) => ({ label: one.label, to: one.part === first ? `/programs/${id}` : href(`/programs/${id}`, { part: one.part }) }))}
      />
      {part === 'form' && canEdit ? (
        <ProgramHostedForm programId={id} programName={program.name} />
      ) : part === 'launch' && mayCheck ? (
        <ProgramLaunch programId={id} />
      ) : part === 'lists' ? (
        <ProgramListQuality programId={id} />
      ) : (
        <ProgramResults program={program} costs={costs} canEdit={may(session, ['marketing', 'finance'])} />
      )}
      {changing && <ProgramForm program={program} close={() => setChanging(false)} />}
    </Page>
  );
}
