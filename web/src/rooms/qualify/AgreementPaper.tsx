import type { ReactNode } from 'react';
import { useSession } from '../../api/session.ts';
import { useFormat } from '../../ui/format.ts';
import { Badge, When } from '../../ui/index.tsx';
import { sideLabels, type Side, type Version } from './agreement-words.ts';
import css from './agreement.module.css';

/** A version as people read, print and sign it. `sign`: what stands where a signature is still missing. */
export function AgreementPaper({ version, sign }: { version: Version; sign?: (side: Side) => ReactNode }) {
  const { workspace } = useSession();
  const format = useFormat();
  const { fromAt, untilAt, startsOn } = version;
  return (
    <article className={css.paper} aria-label={`Version ${version.version} of the agreement`}>
      <h2>Agreement between marketing and sales of {workspace.name}</h2>
      <p className="dim">
        Version {version.version},{' '}
        {fromAt
          ? `in force from ${format.dateTime(fromAt)}${untilAt ? ` until ${format.dateTime(untilAt)}` : ''}`
          : startsOn
            ? `to begin on ${format.date(startsOn)}, once both have signed`
            : 'to begin as soon as both have signed'}
      </p>
      {version.sections.map((section) => (
        <section key={section.title}>
          <h3>{section.title}</h3>
          <ul className={css.terms}>
            {section.sentences.map((sentence) => (
              <li key={sentence.key}>{sentence.text}</li>
            ))}
          </ul>
        </section>
      ))}
      <div className={css.signatures}>
        {(['marketing', 'sales'] as const).map((side) => {
          const signed = version.signatures.find((one) => one.side === side);
          return (
            <div key={side} className={css.signature}>
              <span className="dim">For {sideLabels[side].toLowerCase()}</span>
              {signed ? (
                <>
                  <span className={css.name}>{signed.name}</span>
                  <span className="dim">
                    signed <When at={signed.signedAt} />
                  </span>
                  <span className={css.hash} title={signed.hash}>
                    words {signed.hash.slice(0, 12)}
                  </span>
                  {!signed.intact && <Badge tone="bad">The words are not those that were signed</Badge>}
                </>
              ) : (
                (sign?.(side) ?? <span className="dim">not signed</span>)
              )}
            </div>
          );
        })}
      </div>
    </article>
  );
}

/** What one version says otherwise than the one before it. */
export function Changes({ changes }: { changes: { title: string; was: string | null; now: string | null }[] }) {
  if (changes.length === 0) return <p className="dim">Not a word is different.</p>;
  return (
    <ul className={css.changes} aria-label="What changes">
      {changes.map((change, at) => (
        <li key={at}>
          <p className="dim">
            {change.title}
            {change.was === null ? ': new' : change.now === null ? ': no longer' : ''}
          </p>
          {change.was !== null && (
            <p className={css.was}>
              <span className="sr-only">It was: </span>
              {change.was}
            </p>
          )}
          {change.now !== null && (
            <p className={css.now}>
              <span className="sr-only">It is to be: </span>
              {change.now}
            </p>
          )}
        </li>
      ))}
    </ul>
  );
}
