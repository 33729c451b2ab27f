import { Button } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { may, useSession } from '../../api/session.ts';
import { useFilters } from '../../shell/address.ts';
import { useFormat } from '../../ui/format.ts';
import { A, Badge, Card, ConfirmButton, EmptyState, ErrorNote, Note, Page, Row, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { AgreementDraft } from './AgreementDraft.tsx';
import { AgreementPaper, Changes } from './AgreementPaper.tsx';
import { AgreementTabs } from './AgreementTabs.tsx';
import { sideLabels, type Seen, type Side } from './agreement-words.ts';
import css from './agreement.module.css';

/** What marketing and sales promised each other: the words in force, the draft that waits for signatures, and every version before. */
export default function Agreement() {
  const canWrite = may(useSession(), ['marketing', 'sales_manager']);
  const [filters, setFilters] = useFilters();
  const answer = useApi('GET /v1/agreement', undefined, { live: ['agreement', 'definition', 'user'] });
  const older = useApi('GET /v1/agreement/versions/:version', { params: { version: Number(filters['version'] ?? 1) } }, { enabled: filters['version'] !== undefined, keep: false });
  const seen = answer.data;
  if (!seen)
    return (
      <Page>
        <AgreementTabs />
        {answer.error ? <ErrorNote error={answer.error} retry={() => void answer.refetch()} /> : <SkeletonRows rows={8} />}
      </Page>
    );
  if (filters['part'] === 'draft' && canWrite)
    return (
      <Page>
        <AgreementTabs />
        <AgreementDraft seen={seen} close={() => setFilters({ part: undefined })} />
      </Page>
    );
  const write = () => setFilters({ part: 'draft', version: undefined }, { push: true });
  const { inForce, coming, draft } = seen;
  const shown = filters['version'] === undefined ? inForce : older.data;
  return (
    <Page>
      <AgreementTabs />
      {!inForce && !coming && !draft ? (
        <EmptyState
          title="Nothing is agreed yet"
          actions={canWrite && <Button onClick={write}>Write the first draft</Button>}
        >
          An agreement says what a lead is, which leads sales wants and how many, what marketing owes, and how fast sales answers. Marketing or a sales manager writes a draft;
          when both have signed the same words it holds, and from then on this page shows what was kept of it. {!canWrite && 'Ask one of them to begin.'}
        </EmptyState>
      ) : (
        <Split>
          <Stack>
            {draft && <Draft seen={seen} canWrite={canWrite} write={write} />}
            {filters['version'] !== undefined && older.error && <ErrorNote error={older.error} />}
            {shown && (
              <Stack>
                {filters['version'] !== undefined && (
                  <Row between>
                    <b>Version {filters['version']}, as it was signed</b>
                    <A to="/agreement">Back to what holds now</A>
                  </Row>
                )}
                <AgreementPaper version={shown} />
              </Stack>
            )}
            {!inForce && coming && <AgreementPaper version={coming} />}
          </Stack>
          <Beside seen={seen} canWrite={canWrite} write={write} />
        </Split>
      )}
    </Page>
  );
}

function Draft({ seen, canWrite, write }: { seen: Seen; canWrite: boolean; write: () => void }) {
  const stale = ['/v1/agreement', '/v1/settings/response-promise'];
  const format = useFormat();
  const sign = useSend('POST /v1/agreement/sign', {
    stale,
    done: ({ inForceFrom }) =>
      toast({
        message: inForceFrom === null ? 'Signed. The other side signs next.' : `Both have signed. It holds from ${format.dateTime(inForceFrom)}.`,
        tone: 'good',
      }),
  });
  const withdraw = useSend('DELETE /v1/agreement/draft', { stale, done: () => toast({ message: 'The draft is withdrawn. What holds, holds on.' }) });
  const draft = seen.draft!;
  const why = (side: Side) => seen.sign.find((one) => one.side === side)?.why ?? null;
  const isFirst = seen.inForce === null && seen.coming === null;
  const slot = (side: Side) =>
    why(side) === null ? (
      <ConfirmButton
        variant="filled"
        gives
        sentence={`You sign version ${draft.version} for ${sideLabels[side].toLowerCase()}, word for word as it stands here. When both have signed it cannot be changed any more.`}
        confirm={`Sign for ${sideLabels[side].toLowerCase()}`}
        onConfirm={() => sign.mutate({ body: { side, hash: draft.hash } })}
      >
        Sign for {sideLabels[side].toLowerCase()}
      </ConfirmButton>
    ) : (
      <span className="dim">not signed yet. {canWrite ? why(side) : ''}</span>
    );
  return (
    <Card
      title={
        <>
          Draft, version {draft.version} <Badge tone="warm">no effect until both sign</Badge>
        </>
      }
      side={draft.draftedBy ? `by ${draft.draftedBy}, ${format.when(draft.draftedAt)}` : format.when(draft.draftedAt)}
    >
      <Stack>
        {draft.note && <p>{draft.note}</p>}
        {!isFirst && (
          <>
            <b>What changes</b>
            <Changes changes={draft.changes} />
          </>
        )}
        <ErrorNote error={sign.error ?? withdraw.error} />
        {isFirst ? (
          <AgreementPaper version={draft} sign={slot} />
        ) : (
          <details>
            <summary>The whole text, to read and sign</summary>
            <div style={{ marginTop: 12 }}>
              <AgreementPaper version={draft} sign={slot} />
            </div>
          </details>
        )}
        {canWrite && (
          <Row end>
            <ConfirmButton
              sentence={draft.signatures.length > 0 ? 'The draft and the signature on it are gone. What holds now holds on.' : 'The draft is gone. What holds now holds on.'}
              confirm="Withdraw the draft"
              onConfirm={() => withdraw.mutate({})}
            >
              Withdraw
            </ConfirmButton>
            <Button variant="default" onClick={write}>
              Change the draft
            </Button>
          </Row>
        )}
      </Stack>
    </Card>
  );
}

function Beside({ seen, canWrite, write }: { seen: Seen; canWrite: boolean; write: () => void }) {
  const format = useFormat();
  const { inForce, coming, draft, definition, versions } = seen;
  const spoken = (coming ?? inForce)?.content.definitionVersion;
  return (
    <div className="no-print">
      <Stack>
        {spoken !== undefined && spoken !== definition.version && (
          <Note tone="warn">
            What a lead is was changed since this was signed: version {definition.version} of the <A to="/definition">definition</A> counts now, version {spoken} was signed. Draft a new
            version, so that both sides sign what holds.
          </Note>
        )}
        {coming && inForce && (
          <Note>
            Version {coming.version} is signed and begins on {format.dateTime(coming.fromAt)}. <A to={`/agreement?version=${coming.version}`}>Read it</A>
          </Note>
        )}
        <Card title="What next" quiet>
          <Stack gap={10}>
            <p>
              <A to="/agreement/kept">What was kept of it</A>, month by month, for both sides.
            </p>
            {canWrite && !draft && (
              <p>
                <Button variant="default" onClick={write}>
                  Draft a new version
                </Button>
              </p>
            )}
            {(inForce ?? coming ?? draft) && (
              <p>
                <Button variant="default" onClick={() => window.print()}>
                  Print
                </Button>
              </p>
            )}
          </Stack>
        </Card>
        {versions.length > 0 && (
          <Card title="Versions" quiet>
            <ul className={css.versions}>
              {versions.map((one) => (
                <li key={one.version}>
                  <A to={one.version === inForce?.version ? '/agreement' : `/agreement?version=${one.version}`}>
                    <b>Version {one.version}</b>
                  </A>{' '}
                  {one.version === inForce?.version && <Badge tone="sale">in force</Badge>}
                  <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                    {format.date(one.fromAt)}
                    {one.untilAt ? ` – ${format.date(one.untilAt)}` : ''} · {one.signedBy.join(' and ')}
                  </span>
                  {one.note && (
                    <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                      {one.note}
                    </span>
                  )}
                </li>
              ))}
            </ul>
          </Card>
        )}
      </Stack>
    </div>
  );
}
