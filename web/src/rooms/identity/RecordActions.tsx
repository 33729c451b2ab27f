import { Button } from '@mantine/core';
import { may, useSession } from '../../api/session.ts';

/** What can be done with a person or an organization: say that it is one we have, or correct what is known. */
export function RecordActions({ onMerge, onEdit }: { onMerge: () => void; onEdit: () => void }) {
  const session = useSession();
  return (
    <>
      {may(session, ['marketing', 'sales_manager']) && (
        <Button variant="default" onClick={onMerge}>
          Same as …
        </Button>
      )}
      {may(session, ['marketing', 'sales_manager', 'rep']) && (
        <Button variant="default" onClick={onEdit}>
          Correct
        </Button>
      )}
    </>
  );
}
