import { append } from '../../src/journal/index.ts';
import { place } from '../../src/distribute/index.ts';
import { queryCount, sql } from '../../src/platform/db/index.ts';
import type { TestHouse } from './house.ts';

export interface PlantedLead {
  leadId: string;
  inquiryId: string;
  personId: string;
  organizationId: string | null;
}
export interface PlantLead {
  grade?: 'hot' | 'warm' | 'cold';
  score?: number;
  country?: string | null;
  state?: string;
  postalCode?: string;
  vertical?: string;
  product?: string;
  language?: string;
  organizationId?: string;
  ownerName?: string;
  name?: string;
  email?: string | null;
  phone?: string;
  message?: string;
  title?: string;
  personId?: string;
  programId?: string;
}

/**
 * Leads as the rooms before distribute leave them, many at once and without their work: for tests of what comes after. Plants the
 * fact that they qualified as well, so subscribers hear of them at the next drain.
 */
export async function plantLeads(
  house: Pick<TestHouse, 'cx' | 'workspaceId' | 'write'>,
  leads: readonly PlantLead[],
): Promise<PlantedLead[]> {
  const { cx, workspaceId } = house;
  const now = cx.clock.now();
  const planted = leads.map((lead) => ({
    given: lead,
    leadId: cx.ids.next(),
    inquiryId: cx.ids.next(),
    personId: lead.personId ?? cx.ids.next(),
    organizationId: lead.organizationId ?? null,
  }));
  await house.write(async (tx) => {
    await tx.copy(
      'capture.inquiry',
      ['workspace_id', 'id', 'receipt', 'channel', 'received_at', 'occurred_at', 'fields', 'status', 'program_id'],
      planted.map(({ inquiryId, given }) => [
        workspaceId,
        inquiryId,
        inquiryId.slice(-8).toUpperCase(),
        'web',
        now,
        now,
        { message: given.message ?? 'Please call', ...(given.ownerName ? { ownerName: given.ownerName } : {}) },
        'parsed',
        given.programId,
      ]),
    );
    await tx.copy(
      'identity.person',
      [
        'workspace_id',
        'id',
        'full_name',
        'email',
        'email_key',
        'phone',
        'phone_e164',
        'title',
        'country',
        'language',
        'first_seen_at',
        'last_seen_at',
        'organization_id',
      ],
      planted
        .filter(({ given }) => !given.personId)
        .map(({ personId, given, organizationId }, i) => {
          const email = given.email === undefined ? `person${i}.${personId.slice(-6)}@enquirer.example` : given.email;
          const phone = given.phone ?? '+34954550120';
          return [
            workspaceId,
            personId,
            given.name ?? `Person ${i}`,
            email,
            email,
            phone,
            phone,
            given.title,
            given.country ?? 'ES',
            given.language,
            now,
            now,
            organizationId,
          ];
        }),
    );
    await tx.copy(
      'qualify.lead',
      [
        'workspace_id',
        'id',
        'person_id',
        'organization_id',
        'inquiry_id',
        'qualified_at',
        'definition_version',
        'score',
        'grade',
        'score_reasons',
        'scored_at',
        'country',
        'state',
        'postal_code',
        'vertical',
        'product',
        'program_id',
      ],
      planted.map(({ leadId, personId, organizationId, inquiryId, given }) => [
        workspaceId,
        leadId,
        personId,
        organizationId,
        inquiryId,
        now,
        1,
        given.score ?? 50,
        given.grade ?? 'warm',
        '[]',
        now,
        given.country === undefined ? 'ES' : given.country,
        given.state,
        given.postalCode,
        given.vertical,
        given.product,
        given.programId,
      ]),
    );
    await tx.copy(
      'qualify.lead_inquiry',
      ['workspace_id', 'lead_id', 'inquiry_id', 'joined_at'],
      planted.map(({ leadId, inquiryId }) => [workspaceId, leadId, inquiryId, now]),
    );
    await append(
      tx,
      cx,
      planted.map(({ leadId, personId, inquiryId, given }) => ({
        type: 'lead.qualified',
        chainId: inquiryId,
        subjectId: leadId,
        data: { leadId, personId, inquiryId, definitionVersion: 1, score: given.score ?? 50, grade: given.grade ?? 'warm' },
      })),
    );
  });
  return planted.map(({ leadId, inquiryId, personId, organizationId }) => ({ leadId, inquiryId, personId, organizationId }));
}

export interface HeldBy {
  leadId: string;
  assignmentId: string;
  holderId: string;
  kind: string;
  name: string;
  acceptedAt: Date | null;
  respondBy: Date | null;
  remindedAt: Date | null;
  why: string;
}

/** Who holds each open lead of the house. */
export async function holders(house: TestHouse): Promise<Map<string, HeldBy>> {
  const rows =
    await house.rows<HeldBy>(sql`select a.lead_id, a.id as assignment_id, a.holder_id, h.kind, h.name, a.accepted_at, a.respond_by, a.reminded_at, a.why
    from distribute.assignment a join distribute.holder h on h.workspace_id = a.workspace_id and h.id = a.holder_id
    where a.workspace_id = ${house.workspaceId} and a.ended_at is null`);
  return new Map(rows.map((row) => [row.leadId, row]));
}

/** Open leads whose holders are not exactly one, and closed ones that somebody holds: always none. */
export async function custodyBreaks(house: TestHouse): Promise<{ leadId: string; holders: number; closed: boolean }[]> {
  return house.rows(sql`select l.id as lead_id, count(a.id)::int as holders, l.closed_at is not null as closed from qualify.lead l
    left join distribute.assignment a on a.workspace_id = l.workspace_id and a.lead_id = l.id and a.ended_at is null
    where l.workspace_id = ${house.workspaceId} group by l.id, l.closed_at
    having count(a.id) <> case when l.closed_at is null then 1 else 0 end`);
}

/** How many statements it takes to deal these leads again. */
export const queriesToDeal = (house: TestHouse, leads: readonly PlantedLead[]): Promise<number> =>
  house.write(async (tx) => {
    const before = queryCount.total;
    await place(tx, house.cx, leads.map(({ leadId }) => leadId), 'redirect');
    return queryCount.total - before;
  });
