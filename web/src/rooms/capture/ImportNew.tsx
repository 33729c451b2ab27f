import { Button, Select } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useRef, useState } from 'react';
import { ApiProblem } from '../../api/client.ts';
import { forget } from '../../api/hooks.ts';
import { useFilters, useGo } from '../../shell/address.ts';
import { Back, Card, ErrorNote, Icon, Note, Page, PageTitle, Progress, Row, Stack } from '../../ui/index.tsx';
import { bytes } from '../../ui/format.ts';
import type { ImportView } from './import-status.tsx';
import { Steps } from './ImportSteps.tsx';
import css from './import.module.css';
import { useKinds } from './kinds.ts';
import { upload } from './upload.ts';

export default function ImportNew() {
  const [{ kind = '', programId, mends }, setFilters] = useFilters();
  const go = useGo();
  const client = useQueryClient();
  const kinds = useKinds();
  const [over, setOver] = useState(false);
  const [sending, setSending] = useState<{ name: string; sent: number; total: number }>();
  const [error, setError] = useState<ApiProblem | null>(null);
  const stop = useRef<AbortController>(undefined);
  const take = async (file: File | null | undefined) => {
    if (!file) return;
    setError(null);
    stop.current = new AbortController();
    setSending({ name: file.name, sent: 0, total: file.size });
    const form = new FormData();
    if (kind) form.set('kind', kind);
    if (mends) form.set('mends', mends);
    form.set('file', file);
    try {
      const made = await upload<ImportView>(
        '/v1/imports',
        form,
        (sent, total) => setSending({ name: file.name, sent, total }),
        stop.current.signal,
      );
      forget(client, ['/v1/imports']);
      go(`/imports/${made.id}${programId ? `?programId=${programId}` : ''}`, { replace: true });
    } catch (problem) {
      setSending(undefined);
      if (problem instanceof ApiProblem) setError(problem);
    }
  };
  return (
    <Page>
      <Back to="/imports">Imports</Back>
      <PageTitle title="Import a file" question="What will happen if I bring this in?" />
      <Steps at={0} />
      <div style={{ maxWidth: 720 }}>
        <Stack>
          <ErrorNote error={error} />
          {mends && (
            <Note>
              Drop the downloaded problem rows here, corrected: they are read like the file they come from. Rows still wrong are listed
              again.
            </Note>
          )}
          {sending ? (
            <Card title={sending.name} side={bytes(sending.total)}>
              <Stack gap={12}>
                <Progress
                  done={Math.round(sending.sent / 1000)}
                  total={Math.max(1, Math.round(sending.total / 1000))}
                  note={sending.sent < sending.total ? 'Sending, kB' : 'Reading what is in it'}
                />
                <Row end>
                  <Button variant="default" onClick={() => stop.current?.abort()}>
                    Stop
                  </Button>
                </Row>
              </Stack>
            </Card>
          ) : (
            <div
              onDragOver={(event) => {
                event.preventDefault();
                setOver(true);
              }}
              onDragLeave={() => setOver(false)}
              onDrop={(event) => {
                event.preventDefault();
                setOver(false);
                void take(event.dataTransfer.files[0]);
              }}
            >
              <label className={css.drop} data-over={over || undefined}>
                <input
                  type="file"
                  className="sr-only"
                  accept=".csv,.tsv,.tab,.txt,.xlsx,.vcf,.json,.jsonl,.ndjson,.gz,.zip,text/csv,text/vcard"
                  onChange={(event) => void take(event.currentTarget.files?.[0])}
                />
                <Icon name="upload" size={28} />
                <b>Drop a file here, or choose one</b>
                <span>CSV, Excel, vCards or JSON lines, packed or not. Encoding, separator, dates and amounts are found out.</span>
              </label>
            </div>
          )}
          <Select
            label="What is in it"
            description="Leave it open: Baton proposes what fits."
            placeholder="Find out"
            clearable
            data={kinds.map((one) => ({ value: one.kind, label: one.label }))}
            value={kind || null}
            onChange={(value) => setFilters({ kind: value ?? undefined })}
            disabled={Boolean(sending)}
          />
          <p className="dim">
            Nothing is changed until you have seen the consequences and press Start. Afterwards the whole import can be undone.
          </p>
        </Stack>
      </div>
    </Page>
  );
}
