import type { ReactNode } from 'react';
import type { Answer } from '../../api/contract.ts';
import { useFormat } from '../../ui/format.ts';
import { DecideBar } from '../../ui/decide.tsx';
import { A, Badge, Card, FactList, GradeBadge, Kbd, Money, Note, ReasonBars, VerdictBadge, When } from '../../ui/index.tsx';
import { buyerOf, proofNames } from './claim-words.ts';
import css from './claims.module.css';

type Claim = Answer<'GET /v1/claims/:id'>;
const whose: Record<Claim['candidates'][number]['who'], string> = { person: 'the buyer', organization: 'the same organization', possible: 'perhaps the buyer' };

/** What was sold, and beside it the leads that may have led to it, each with what speaks for and against. */
export function ClaimBeside({ claim, side, choose, keyed }: { claim: Claim; side?: ReactNode; choose?: ((leadId: string, name: string) => void) | undefined; keyed?: boolean }) {
  const format = useFormat();
  const { said } = claim;
  const place = [said['street'], [said['postalCode'], said['city']].filter(Boolean).join(' '), said['country']].filter(Boolean).join(', ');
  const facts: [string, ReactNode][] = [
    ['Buyer', said['fullName'] && said['organization'] ? `${said['fullName']}, ${said['organization']}` : buyerOf(claim)],
    ['Known as', <KnownAs key="known" claim={claim} />],
    ['Product', [claim.quantity && claim.quantity !== 1 ? `${claim.quantity} ×` : '', claim.product ?? ''].filter(Boolean).join(' ') || '–'],
    ...(claim.serial ? [['Serial number', claim.serial] as [string, ReactNode]] : []),
    ['Sold', format.date(claim.soldOn)],
    ['Value', claim.valueMinor === null ? 'not told' : <Money key="value" minor={claim.valueMinor} currency={claim.currency} />],
    ['Sold by', claim.holder ? <A key="holder" to={`/holders/${claim.holder.id}`}>{claim.holder.name}</A> : (claim.distributor ?? 'not told')],
    ...(place ? [['Address', place] as [string, ReactNode]] : []),
    ...(said['email'] || said['phone'] ? [['Reached at', [said['email'], said['phone']].filter(Boolean).join(', ')] as [string, ReactNode]] : []),
  ];
  return (
    <div className={css.beside}>
      <Card title={`${proofNames[claim.proof]}: ${buyerOf(claim)}`} side={side}>
        <FactList facts={facts} />
        {claim.reasons.map((reason) => (
          <p key={reason.detail} className={css.reason}>
            <b>{reason.label}.</b> {reason.detail}
          </p>
        ))}
      </Card>
      <div className={css.leads}>
        {claim.candidates.length === 0 && <Note>No lead of this buyer is known: a customer nobody had asked about.</Note>}
        {claim.candidates.map((one, at) => {
          const name = one.person?.name ?? one.organization?.name ?? 'Somebody';
          return (
            <Card
              key={one.leadId}
              title={<A to={`/leads/${one.leadId}`}>{name}</A>}
              side={
                <span className={css.badges}>
                  {one.leadId === claim.lead?.id && <Badge tone="action">chosen</Badge>}
                  <span className="num strong">{one.points} points</span>
                </span>
              }
            >
              <p className="dim">
                {[one.organization?.name, one.place, one.email, one.phone].filter(Boolean).join(' · ') || 'Nothing more is known.'}
              </p>
              <p className={css.line}>
                {one.verdict ? <VerdictBadge verdict={one.verdict} /> : <GradeBadge grade={one.grade} />}
                <span>
                  Lead of {whose[one.who]}, since <When at={one.qualifiedAt} />
                  {one.product ? `, for ${one.product}` : ''}
                  {one.holder ? `, with ${one.holder.name}` : ''}
                  {one.program ? `, from ${one.program.name}` : ''}
                </span>
              </p>
              <ReasonBars reasons={one.evidence} />
              {choose && (
                <div className={css.choose}>
                  <DecideBar>
                    <button type="button" data-tone="good" onClick={() => choose(one.leadId, name)} {...(keyed && at < 5 ? { 'aria-keyshortcuts': String(at + 1) } : {})}>
                      This lead led to it {keyed && at < 5 && <Kbd>{at + 1}</Kbd>}
                    </button>
                  </DecideBar>
                </div>
              )}
            </Card>
          );
        })}
      </div>
    </div>
  );
}

function KnownAs({ claim }: { claim: Claim }) {
  const who = [
    claim.person && <A key="person" to={`/people/${claim.person.id}`}>{claim.person.name}</A>,
    claim.organization && <A key="organization" to={`/organizations/${claim.organization.id}`}>{claim.organization.name}</A>,
  ].filter(Boolean);
  return (
    <>
      {who[0]}
      {who.length === 2 && ', '}
      {who[1]}
      {claim.isNew && <> <Badge tone="quiet">new here</Badge></>}
    </>
  );
}
