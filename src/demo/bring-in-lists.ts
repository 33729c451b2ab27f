import { bringInFile } from '../capture/index.ts';
import type { Scope } from '../platform/access/index.ts';
import type { Context } from '../platform/context.ts';
import { boughtLists } from './bought-lists.rules.ts';
import { findImported } from './demo.store.ts';
import { customersFile, listFile } from './files.rules.ts';
import type { Company } from './found-company.ts';
import { registerFile } from './register.rules.ts';
import { programsFor, type DemoProgram } from './programs.rules.ts';
import type { GeneratedInquiry } from './world.rules.ts';

const day = 86_400_000;
/** When a bureau told what it knows of the companies of the trade. */
const appendedDaysAgo = 34;

/** The programs whose inquiries come as a file some days later: the badges scanned at a booth, and the purchased list. */
export interface ListDesk {
  /** Keeps back what will come as a file; answers with what comes at once. */
  keepBack(batch: readonly GeneratedInquiry[]): GeneratedInquiry[];
  /** Brings in the files that are due, and tells which inquiry became which row. Answers how many came in. */
  bringIn(until: Date, know: (inquiryId: string, inquiry: GeneratedInquiry) => void): Promise<number>;
  bringInCustomers(): Promise<void>;
}

/** `marketer` is the scope of who brings the files in. */
export function listDesk(
  cx: Context,
  marketer: Scope,
  given: { company: Company; programIds: Map<string, string>; inquiries: number; seed: number; now: Date },
): ListDesk {
  const lists = new Map(
    programsFor(given.inquiries)
      .filter((program) => program.shape === 'show' || program.shape === 'once')
      .map((program) => [program.key, { program, kept: [] as GeneratedInquiry[] }]),
  );
  let appended = false;
  let written = -1;
  const bought = [...boughtLists];
  const sharedOrganizations = Math.max(3, Math.round(given.inquiries / 14));
  const dueAt = (program: DemoProgram): number => given.now.getTime() - Math.max(0, program.to - 2) * day;

  return {
    keepBack(batch) {
      for (const { truth } of batch) if (truth.person) written = Math.max(written, Number(truth.person.slice(1)));
      return batch.filter((inquiry) => {
        const list = lists.get(inquiry.program);
        list?.kept.push(inquiry);
        return list === undefined;
      });
    },
    async bringIn(until, know) {
      let came = 0;
      if (!appended && until.getTime() >= given.now.getTime() - appendedDaysAgo * day) {
        appended = true;
        const { name, text } = registerFile(given.seed, sharedOrganizations);
        await bringInFile(cx, marketer, { name, bytes: Buffer.from(text), kind: 'append-organizations', settings: { append: { provider: 'Tradeline', priceThousandMinor: 38_000, pricePer: 'hit', minConfidence: 0.65 } } });
      }
      while (bought[0] && until.getTime() >= given.now.getTime() - bought[0].daysAgo * day) {
        const { name, text, owner, costMinor } = bought.shift()!.make({ seed: given.seed, inquiries: given.inquiries, sharedOrganizations, written });
        await bringInFile(cx, marketer, { name, bytes: Buffer.from(text), kind: 'people', settings: { listOwner: owner, listCostMinor: costMinor } });
      }
      for (const [key, { program, kept }] of lists) {
        if (until.getTime() < dueAt(program)) continue;
        lists.delete(key);
        if (kept.length === 0) continue;
        const file = listFile(program, kept);
        const { importId } = await bringInFile(cx, marketer, {
          name: file.name,
          bytes: Buffer.from(file.text),
          kind: 'inquiries',
          settings: {
            mapping: file.mapping,
            programId: given.programIds.get(key)!,
            source: given.company.sourceNames.get(program.source)!,
            timeZone: 'UTC',
            dateOrder: program.country === 'DE' ? 'dmy' : 'mdy',
            ...(program.shape === 'once' ? { listOwner: 'Food & Process Media', listCostMinor: program.costs.reduce((sum, cost) => sum + cost.amount * 100, 0) } : {}),
            ...(program.shape === 'show' ? { saveAs: `Badge scanner, ${program.country === 'DE' ? 'German' : 'English'}` } : {}),
          },
        });
        for (const { id, importRow } of await cx.db.read(marketer, (tx) => findImported(tx, importId))) {
          const inquiry = file.inquiryOfRow.get(importRow);
          if (inquiry) know(id, inquiry);
        }
        came += kept.length;
      }
      return came;
    },
    async bringInCustomers() {
      const file = customersFile(given.seed);
      await bringInFile(cx, marketer, {
        name: file.name,
        bytes: Buffer.from(file.text),
        kind: 'organizations',
        settings: { mapping: file.mapping },
      });
    },
  };
}
