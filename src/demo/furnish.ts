import { acceptInquiries, arrivalFrom, keepCompanyMail } from '../capture/index.ts';
import { changeAbsences, listTerritories } from '../distribute/index.ts';
import { closeRequest, editPerson, makeSegment, noteRequest, suppress } from '../identity/index.ts';
import { draftAgreement, readAgreement, signAgreement } from '../qualify/index.ts';
import { addApiToken } from '../platform/access/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { declareField } from '../platform/fields/index.ts';
import { askExtract, proposeTerritories, saveSavedView } from '../report/index.ts';
import type { Agenda } from './agenda.rules.ts';
import { findOftenSeen } from './demo.store.ts';
import { agreementsFor } from './agreements.rules.ts';
import { boothField, customerFields } from './files.rules.ts';
import { absences, balancing, privacyRequests, savedViews, segments, suppressions, unreadable, userGroup } from './furniture.rules.ts';
import { leadMails, rawMail } from './lead-mails.rules.ts';
import type { Company } from './found-company.ts';
import type { Errand } from './simulate.ts';

const day = 86_400_000;
const marketing = 'priya.raman@hartwellpumps.example';
const sales = 'stefan.bergmann@hartwellpumps.example';

/** What else stands about in a company that is run: days off, bodies that nobody could read, mail, do-not-call lists, saved views, segments, an extract, a proposal to balance territories, a token for the web shop. */
export function furnish(
  cx: Context,
  scope: Scope,
  given: { agenda: Agenda<Errand>; company: Company; programIds: Map<string, string>; inquiries: number; from: Date; now: Date },
): { begin(): Promise<void>; finish(): Promise<void> } {
  const { agenda, company, programIds, now } = given;
  const at = (daysAgo: number): Date => new Date(now.getTime() - daysAgo * day);
  const on = (daysAgo: number): string => at(daysAgo).toISOString().slice(0, 10);

  for (const { holder, first, last, note, catchUp = false } of absences)
    agenda.add(at(Math.max(2, first + 14)), {
      run: async (tx) =>
        void (await changeAbsences(tx, cx, company.holderIds.get(holder)!, { add: { startsOn: on(first), endsOn: on(last), note, catchUp } })),
    });

  for (const { daysAgo, program, type, body } of unreadable)
    agenda.add(at(daysAgo), {
      run: async (tx) => {
        const door = {
          channel: program ? 'form' : 'api',
          programId: programIds.get(program ?? '') ?? null,
          sourceId: null,
          isPublic: true,
        };
        await acceptInquiries(tx, cx, [{ ...arrivalFrom(Buffer.from(body, 'latin1'), type, door).arrival, receivedAt: at(daysAgo) }]);
      },
    });

  for (const [n, mail] of leadMails.entries()) {
    const sentAt = at(mail.daysAgo);
    agenda.add(sentAt, { run: (tx) => keepCompanyMail(tx, cx, { raw: Buffer.from(rawMail(mail, n, sentAt)), sentAt }) });
  }

  for (const list of suppressions)
    agenda.add(at(60), { run: async (tx) => void (await suppress(tx, cx, list)) });

  for (const { daysAgo, doneDaysAgo, ...request } of privacyRequests)
    agenda.add(at(daysAgo), {
      run: async (tx) => {
        const { id } = await noteRequest(tx, cx, { ...request, askedOn: on(daysAgo + 1) });
        if (doneDaysAgo !== undefined) agenda.add(at(doneDaysAgo), { run: async (later) => void (await closeRequest(later, cx, id, { outcome: 'done' })) });
      },
    });

  for (const { daysAgo, note, terms } of agreementsFor(given.inquiries))
    agenda.add(at(daysAgo), {
      run: async (tx) => {
        const [priya, stefan] = [company.userIds.get(marketing), company.userIds.get(sales)];
        await draftAgreement(tx, cx, { content: terms, startsOn: null, note, by: priya });
        const { hash } = (await readAgreement(tx, cx)).draft!;
        await signAgreement(tx, cx, { side: 'marketing', hash, by: priya });
        await signAgreement(tx, cx, { side: 'sales', hash, by: stefan });
      },
    });

  // Nobody keeps the text of this token: it stands for one that a web shop would have.
  agenda.add(at(400), {
    run: (tx) =>
      addApiToken(tx, {
        id: cx.ids.next(),
        tokenHash: Buffer.from(cx.ids.next().replaceAll('-', ''), 'hex'),
        name: 'Web shop',
        roles: ['marketing'],
        createdAt: at(400),
      }),
  });

  return {
    async begin() {
      await cx.db.write(scope, async (tx) => {
        for (const field of [...customerFields, boothField, userGroup]) await declareField(tx, cx, { ...field, choices: [...field.choices], requiredFrom: null });
      });
    },
    async finish() {
      for (const { owner, name, shared, program, query } of savedViews)
        await saveSavedView(
          cx,
          { ...scope, userId: company.userIds.get(owner)! },
          { name, screen: 'leads', shared, query: { ...query, ...(program ? { programId: programIds.get(program)! } : {}) } },
        );
      const marketer: Scope = { ...scope, userId: company.userIds.get(marketing)! };
      await cx.db.write(marketer, async (tx) => {
        const group = await findOftenSeen(tx, userGroup.members);
        for (const [at, id] of group.entries()) await editPerson(tx, cx, id, { custom: { user_group: userGroup.choices[at % 8 === 0 ? 1 : 0] } });
        for (const segment of segments) await makeSegment(tx, cx, segment);
      });
      await askExtract(cx, marketer, { format: 'parquet' });
      const names: readonly string[] = balancing.territories;
      await cx.db.write({ ...scope, userId: company.userIds.get(balancing.owner)! }, async (tx) => {
        const territories = (await listTerritories(tx)).filter(({ name }) => names.includes(name)).map(({ id }) => id);
        const measures = [{ figure: 'calls', tolerance: 0.15 }, { figure: 'openLeads', tolerance: 0.3 }] as const;
        await proposeTerritories(tx, cx, { territories, measures: [...measures], centres: balancing.centres, keep: true, stayBest: false, stayWorked: false, stay: [], seed: 1, days: 365 });
      });
    },
  };
}
