import { SegmentedControl } from '@mantine/core';
import { useApi, useSend } from '../../api/hooks.ts';
import { Card, ErrorNote, SkeletonRows, Split, Stack, toast } from '../../ui/index.tsx';
import { SettingsFrame } from '../platform/SettingsFrame.tsx';
import { groupNames } from './group-names.ts';
import css from './identity.module.css';

const choices = [
  { value: 'latest', label: 'the latest' },
  { value: 'fullest', label: 'the fullest' },
  { value: 'first', label: 'the first' },
] as const;

/** Which of several values counts where people were heard of more than once. */
export default function SurvivalSettings() {
  const answer = useApi('GET /v1/survivorship');
  const change = useSend('PUT /v1/survivorship', {
    stale: ['/v1/survivorship', '/v1/people'],
    done: () => toast({ message: 'Kept. Joined records are shown anew in the background.', tone: 'good' }),
  });
  return (
    <SettingsFrame>
      <Split>
        <Card title="When somebody says something else than before, what counts?">
          {answer.error ? (
            <ErrorNote error={answer.error} retry={() => void answer.refetch()} />
          ) : !answer.data ? (
            <SkeletonRows rows={8} />
          ) : (
            <ul className={css.rules}>
              {(Object.keys(groupNames) as (keyof typeof groupNames)[]).map((group) => (
                <li key={group}>
                  <span>{groupNames[group]}</span>
                  <SegmentedControl
                    aria-label={groupNames[group]}
                    data={[...choices]}
                    value={answer.data.rules[group]}
                    disabled={change.isPending}
                    onChange={(rule) => change.mutate({ body: { rules: { [group]: rule } } })}
                  />
                </li>
              ))}
            </ul>
          )}
          <ErrorNote error={change.error} />
        </Card>
        <Card title="How it is decided" quiet>
          <Stack gap={10}>
            <p>
              <b>Confirmed first.</b> What somebody here entered or confirmed stands over everything, until they take it back.
            </p>
            <p>
              <b>The latest</b> valid value: a number that cannot be dialled, a private or shared mailbox after somebody’s own, half an address after a whole one do
              not count. Purchased lists only fill what is not known.
            </p>
            <p>
              <b>The fullest</b>: “Annegret” before “A.”, an address with its street before one without.
            </p>
            <p>
              <b>The first</b>: what was known stays, what comes later only fills gaps.
            </p>
            <p className="dim">Nothing is lost by any of them: every value that was ever said stands on the person’s page, and undoing an import or a merge brings back what it replaced.</p>
          </Stack>
        </Card>
      </Split>
    </SettingsFrame>
  );
}
