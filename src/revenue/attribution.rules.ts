import { share } from '../platform/values/money.rules.ts';

// Which inquiries earned a sale. Each model is a list of weights over the touches before the sale, in order of time; the
// weights are shown beside the model's name, because "linear" means something else at every vendor.

export const models = ['first', 'last', 'linear'] as const;
export type Model = (typeof models)[number];

export const modelWeights: Record<Model, string> = {
  first: '100 % to the first inquiry before the sale',
  last: '100 % to the last inquiry before the sale',
  linear: 'the same share to every inquiry before the sale',
};

export interface Touch {
  inquiryId: string;
  at: Date;
  programId: string | null;
  sourceId: string | null;
  channel: string | null;
}

export interface Sale {
  amountMinor: number;
  soldAt: Date;
  /** the program the opportunity itself names: it wins over anything inferred */
  stated?: { programId: string; sourceId: string | null; channel: string | null } | undefined;
}

export interface Credit {
  model: Model;
  inquiryId: string | null;
  programId: string | null;
  sourceId: string | null;
  channel: string | null;
  amountMinor: number;
  /** why this part is where it is; for the unattributed part, why nobody earned it */
  why: string;
  attributed: boolean;
}

/**
 * The credits of one sale under one model. They add up to the sale exactly, to the cent, whatever the model; what no inquiry
 * earned is a credit of its own, not attributed.
 *
 *   credit({ amountMinor: 100, … }, three touches, 'linear') → 34, 33, 33
 */
export function credit(sale: Sale, touches: readonly Touch[], model: Model): Credit[] {
  if (sale.stated) {
    const { programId, sourceId, channel } = sale.stated;
    return [
      {
        model,
        inquiryId: null,
        programId,
        sourceId,
        channel,
        amountMinor: sale.amountMinor,
        why: 'The opportunity names this program.',
        attributed: true,
      },
    ];
  }
  const before = touches
    .filter((touch) => touch.at.getTime() <= sale.soldAt.getTime())
    .sort((a, b) => a.at.getTime() - b.at.getTime() || (a.inquiryId < b.inquiryId ? -1 : a.inquiryId > b.inquiryId ? 1 : 0));
  if (before.length === 0) {
    const why = touches.length === 0 ? 'No inquiry of this customer is known.' : 'Every inquiry of this customer came after the sale.';
    return [
      { model, inquiryId: null, programId: null, sourceId: null, channel: null, amountMinor: sale.amountMinor, why, attributed: false },
    ];
  }
  const weights = before.map((_, index) => weight(model, index, before.length));
  const parts = share(sale.amountMinor, weights);
  return before.flatMap((touch, index) =>
    weights[index]! > 0
      ? [
          {
            model,
            inquiryId: touch.inquiryId,
            programId: touch.programId,
            sourceId: touch.sourceId,
            channel: touch.channel,
            amountMinor: parts[index]!,
            why: reason(model, index, before.length),
            attributed: true,
          },
        ]
      : [],
  );
}

function weight(model: Model, index: number, count: number): number {
  if (model === 'linear') return 1;
  return (model === 'first' ? index === 0 : index === count - 1) ? 1 : 0;
}

function reason(model: Model, index: number, count: number): string {
  if (model === 'linear') return count === 1 ? 'The only inquiry before the sale.' : `Inquiry ${index + 1} of ${count} before the sale.`;
  return model === 'first' ? 'The first inquiry before the sale.' : 'The last inquiry before the sale.';
}
