import { useState } from 'react';
import type { Answer } from '../../api/contract.ts';
import { A, Card, Chip, FactList, Split, When } from '../../ui/index.tsx';
import { doorName } from '../../ui/doors.ts';
import { plural, useFormat } from '../../ui/format.ts';
import { Evidence, likelihood } from './Evidence.tsx';

type Person = Answer<'GET /v1/people/:id'>;
type Sighting = Person['sightings'][number];

const methods: Record<string, string> = {
  'external id': 'known by the number in your system',
  externalId: 'known by the number in your system',
  mail: 'recognised by the mail address',
  email: 'recognised by the mail address',
  phone: 'recognised by the phone number',
  comparison: 'recognised by comparing what is known',
  new: 'seen for the first time',
  imported: 'from a list of people',
  edited: 'corrected by hand',
};

/** Each time somebody turned up, and why we think it was this person. */
export function Sightings({ person }: { person: Person }) {
  const format = useFormat();
  const [open, setOpen] = useState<string>();
  const shown = person.sightings;
  return (
    <Card
      title="Seen"
      side={`${format.number(person.sightingCount)} ${plural(person.sightingCount, 'time')}${shown.length < person.sightingCount ? `, the latest ${shown.length} here` : ''}`}
    >
      <ul>
        {shown.map((sighting) => (
          <li key={sighting.id} style={{ borderTop: '1px solid var(--line-soft)', padding: '10px 0' }}>
            <div style={{ display: 'flex', justifyContent: 'space-between', gap: 8, flexWrap: 'wrap' }}>
              <span>
                <b className="strong">
                  <When at={sighting.seenAt} />
                </b>{' '}
                {methods[sighting.method] ?? sighting.method}
                {sighting.withdrawnAt && <span className="dim"> · withdrawn</span>}
                <span className="dim" style={{ display: 'block', fontSize: 12 }}>
                  {sighting.inquiryId && <A to={`/inquiries/${sighting.inquiryId}`}>Receipt {sighting.receipt}</A>}
                  {sighting.importId && !sighting.inquiryId && <A to={`/imports/${sighting.importId}`}>by an import</A>}
                  {sighting.channel && ` · ${doorName(sighting.channel)}`}
                  {sighting.organization && ` · at ${sighting.organization}`}
                </span>
              </span>
              <span className="dim">
                {sighting.weight !== null && sighting.weight > 0 && `${likelihood(sighting.weight)} `}
                <Chip onClick={() => setOpen(open === sighting.id ? undefined : sighting.id)} aria-expanded={open === sighting.id}>
                  {open === sighting.id ? 'Close' : 'Why'}
                </Chip>
              </span>
            </div>
            {open === sighting.id && <Detail sighting={sighting} />}
          </li>
        ))}
      </ul>
    </Card>
  );
}

function Detail({ sighting }: { sighting: Sighting }) {
  return (
    <div style={{ padding: '12px 0 4px' }}>
      <Split even>
        <div>
          {sighting.evidence.length > 0 ? (
            <Evidence evidence={sighting.evidence} total={sighting.weight} />
          ) : (
            <p className="dim">Nothing to compare with: nobody like this was known before.</p>
          )}
        </div>
        <FactList
          facts={Object.entries(sighting.said)
            .filter(([, value]) => typeof value === 'string' && value)
            .map(([name, value]): [string, string] => [name, String(value)])}
        />
      </Split>
    </div>
  );
}
