import { Button, Modal, Radio, Select, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useApi, useSend } from '../../api/hooks.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { ErrorNote, Note, Row, SkeletonRows, Stack, toast } from '../../ui/index.tsx';
import css from './identity.module.css';
import { erasureReasons, type WhyErased } from './privacy-words.ts';

/** Says what goes, and asks for the name: nothing undoes it. */
export function EraseDialog({ personId, name, close }: { personId: string; name: string; close: () => void }) {
  const format = useFormat();
  const told = useApi('GET /v1/people/:id/erasure', { params: { id: personId } }, { keep: false });
  const [typed, setTyped] = useState('');
  const [why, setWhy] = useState<WhyErased>('asked');
  const [remembers, setRemembers] = useState<string>();
  const erase = useSend('POST /v1/people/:id/erasure', {
    stale: ['/v1/'],
    done: () => {
      close();
      toast({ message: 'Being erased. Nothing of this person will be kept.', tone: 'good' });
    },
  });
  const fold = (text: string) => text.trim().replaceAll(/\s+/g, ' ').toLowerCase();
  const chapters = told.data?.chapters ?? [];
  const openLeads = told.data?.openLeads ?? 0;
  const files = chapters.find(({ key }) => key === 'files')?.count ?? 0;
  const ready = told.data !== undefined && remembers !== undefined && fold(typed) === fold(name);
  return (
    <Modal opened onClose={close} title={`Erase ${name}?`} size="lg" data-overlay-open>
      <Stack gap={16}>
        <Note tone="warn">Nobody can undo this, and no import either. What is counted (inquiries, leads, sales, costs) stays as it is; who it was goes.</Note>
        {told.error ? (
          <ErrorNote error={told.error} retry={() => void told.refetch()} />
        ) : !told.data ? (
          <SkeletonRows rows={4} />
        ) : (
          <div>
            <b className="strong">What is emptied</b>
            <ul className={css.erased} tabIndex={0} aria-label="What is emptied">
              {chapters.map((one) => (
                <li key={one.key}>
                  <span>{one.title}</span>
                  <span>{format.number(one.count)}</span>
                </li>
              ))}
            </ul>
            {openLeads > 0 && (
              <p>
                {openLeads} open {plural(openLeads, 'lead')} {openLeads === 1 ? 'ends' : 'end'} as lost; whoever holds {openLeads === 1 ? 'it' : 'them'} loses {openLeads === 1 ? 'it' : 'them'}.
              </p>
            )}
            {files > 0 && (
              <p className="dim">
                The {plural(files, 'file')} of {files === 1 ? 'that list goes as a whole' : 'those lists go as a whole'}; what the other rows brought in stays, and can still be undone.
              </p>
            )}
          </div>
        )}
        <Radio.Group label="And from now on?" value={remembers ?? null} onChange={setRemembers}>
          <Stack gap={8}>
            <Radio
              value="yes"
              label="Remember only that they must not be contacted"
              description="Mail, numbers and external id stay as hashes nobody can turn back. A list that brings them again brings somebody who is not contacted."
            />
            <Radio value="no" label="Forget completely" description="Nothing is left. A list that brings them again brings a new person." />
          </Stack>
        </Radio.Group>
        <Select label="Why" allowDeselect={false} data={erasureReasons} value={why} onChange={(value) => value && setWhy(value)} />
        <TextInput label={`Write “${name}” to say that it is this person`} value={typed} autoComplete="off" onChange={(event) => setTyped(event.currentTarget.value)} />
        <ErrorNote error={erase.error} />
        <Row end>
          <Button variant="default" onClick={close}>
            Keep
          </Button>
          <Button
            style={ready ? { background: 'var(--danger-strong)', color: 'var(--on-action)' } : undefined}
            disabled={!ready}
            loading={erase.isPending}
            onClick={() => erase.mutate({ params: { id: personId }, body: { name: typed, why, remembers: remembers === 'yes' } })}
          >
            Erase for ever
          </Button>
        </Row>
      </Stack>
    </Modal>
  );
}
