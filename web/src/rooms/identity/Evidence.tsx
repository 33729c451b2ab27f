import { ReasonBars } from '../../ui/index.tsx';

interface Bit {
  field: string;
  outcome: string;
  weight: number;
}

const words: Record<string, string> = {
  'before looking': 'To begin with',
  mail: 'Mail',
  company: 'Company',
  postcode: 'Postal code',
  phone: 'Phone',
  name: 'Name',
  givenName: 'First name',
  familyName: 'Last name',
  organization: 'Company',
  postalCode: 'Postal code',
  externalId: 'Known number',
  domain: 'Mail domain',
};
const label = (field: string) =>
  words[field] ?? field.charAt(0).toUpperCase() + field.slice(1).replace(/([A-Z])/g, (letter) => ` ${letter.toLowerCase()}`);

/** Why two records are (or are not) one person: one bar per field; the weights add up to the total. */
export function Evidence({ evidence, total }: { evidence: Bit[]; total?: number | null }) {
  if (evidence.length === 0) return null;
  const reasons = [...evidence]
    .sort((one, two) => Math.abs(two.weight) - Math.abs(one.weight))
    .map((bit) => ({ label: label(bit.field), detail: bit.outcome, points: Math.round(bit.weight * 10) / 10 }));
  return (
    <>
      <ReasonBars reasons={reasons} />
      {total !== null && total !== undefined && (
        <p className="dim" style={{ marginTop: 8, fontSize: 12 }}>
          Together {total.toFixed(1)}: {likelihood(total)}
        </p>
      )}
    </>
  );
}

/** How sure the sum of the evidence is, in words. */
export function likelihood(bits: number): string {
  // the odds before looking are among them: 6.6 bits are 99 in 100
  if (bits >= 10) return 'as good as certain';
  if (bits >= 6.6) return 'very likely the same';
  if (bits >= 2) return 'likely the same';
  return bits >= -1 ? 'could be the same' : 'probably not the same';
}
