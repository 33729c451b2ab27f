import { Button } from '@mantine/core';
import { useState } from 'react';
import { Card, Row, Stack } from '../../ui/index.tsx';
import { EraseDialog } from './EraseDialog.tsx';

/** What the person may ask of us: to see everything kept of them, and to have it erased. */
export function PrivacyCard({ personId, name }: { personId: string; name: string }) {
  const [erasing, setErasing] = useState(false);
  return (
    <Card title="Their data" quiet>
      <Stack gap={12}>
        <p className="dim">Everything every room keeps of this person, to read or hand over. Opening it is noted in the audit.</p>
        <Row>
          <Button component="a" href={`/v1/people/${personId}/data?format=html`} target="_blank" rel="noreferrer" variant="default" size="xs">
            Read as a page
          </Button>
          <Button component="a" href={`/v1/people/${personId}/data`} download={`person-${personId}.json`} variant="default" size="xs">
            Download JSON
          </Button>
          <Button variant="default" size="xs" onClick={() => setErasing(true)}>
            Erase …
          </Button>
        </Row>
      </Stack>
      {erasing && <EraseDialog personId={personId} name={name} close={() => setErasing(false)} />}
    </Card>
  );
}
