/** The weights are printed beside the name: the same word means different things elsewhere. */
export const modelNames = {
  first: { label: 'First touch', weights: 'all of it to the first inquiry' },
  last: { label: 'Last touch', weights: 'all of it to the last inquiry before the sale' },
  linear: { label: 'Linear', weights: 'the same part to every inquiry before the sale' },
} as const;

export const matchNames = {
  manual: 'by hand',
  receipt: 'receipt number',
  opportunity: 'opportunity',
  'external-id': 'customer number',
  mail: 'mail address',
  organization: 'company name',
  none: 'nobody yet',
} as const;

const order = Object.keys(modelNames);
export const byModel = <Row extends { model: keyof typeof modelNames }>(rows: Row[]): Row[] =>
  [...rows].sort((one, two) => order.indexOf(one.model) - order.indexOf(two.model));
