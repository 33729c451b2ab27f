import { Button } from '@mantine/core';
import { useState } from 'react';
import { useApi } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { href, useFilters, useParam } from '../../shell/address.ts';
import { Back, ErrorNote, Page, PageTitle, SkeletonRows, Tabs } from '../../ui/index.tsx';
import { useFormat } from '../../ui/format.ts';
import { ProgramForm } from './ProgramForm.tsx';
import { ProgramHostedForm } from './ProgramHostedForm.tsx';
import { ProgramListQuality } from './ProgramListQuality.tsx';
import { ProgramResults } from './ProgramResults.tsx';
import { ProgramStatus } from './program-status.tsx';

export default function ProgramPage() {
  const id = useParam('id');
  const session = useSession();
  const format = useFormat();
  const [{ part = 'results' }] = useFilters();
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
        tabs={[
          { to: `/programs/${id}`, label: 'Results and costs' },
          ...(canEdit ? [{ to: href(`/programs/${id}`, { part: 'form' }), label: 'Form' }] : []),
          { to: href(`/programs/${id}`, { part: 'lists' }), label: 'List quality' },
        ].map((tab) => ({ ...tab, current: undefined }))}
      />
      {part === 'form' && canEdit ? (
        <ProgramHostedForm programId={id} programName={program.name} />
      ) : part === 'lists' ? (
        <ProgramListQuality programId={id} />
      ) : (
        <ProgramResults program={program} costs={costs} canEdit={may(session, ['marketing', 'finance'])} />
      )}
      {changing && <ProgramForm program={program} close={() => setChanging(false)} />}
    </Page>
  );
}
