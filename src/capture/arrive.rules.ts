import type { Arrival } from './accept-inquiries.ts';
import { decodeBody } from './decode-body.rules.ts';
import type { InquiryFields } from './inquiry.contract.ts';

/** What anybody may claim about himself from outside: not who he is in another system, nor when he came, nor whose he is. */
export const notFromOutside = ['externalId', 'status', 'ownerName', 'consents'] as const;

/** An arrival out of a posted body; the body itself is kept with it. */
export function arrivalFrom(raw: Buffer, type: string | undefined, door: { channel: string; programId: string | null; sourceId: string | null; isPublic: boolean }): { arrival: Arrival; posted: Record<string, unknown> } {
  const { read, posted, problem } = decodeBody(raw, type);
  const common: Arrival = { channel: door.channel, fields: {}, raw, rawType: type?.slice(0, 200) ?? null, programId: door.programId, sourceId: door.sourceId };
  if (!read) return { arrival: { ...common, problem: problem ?? null }, posted: posted ?? {} };
  const arrival: Arrival = { ...common, fields: read.fields, externalId: read.externalId, source: read.source, program: read.program, occurredAt: read.occurredAt, firstTouch: read.firstTouch, lastTouch: read.lastTouch };
  if (door.isPublic) Object.assign(arrival, withoutClaims(read.fields));
  return { arrival, posted: posted ?? {} };
}

/** What of an arrival stands when anybody may have sent it; the claims taken off stay readable among the custom fields. */
export function withoutClaims(given: InquiryFields): Pick<Arrival, 'fields' | 'externalId' | 'occurredAt' | 'program'> {
  const fields = { ...given };
  const custom = { ...fields.custom };
  for (const name of notFromOutside) {
    if (fields[name] === undefined) continue;
    custom[name] = fields[name];
    delete fields[name];
  }
  if (Object.keys(custom).length > 0) fields.custom = custom;
  return { fields, externalId: null, occurredAt: null, program: null };
}
