/**
 * Which organization an arrival belongs to: by domain, else by name within a country. New ones are made on the spot; what was not
 * known of a known one is filled in, never overwritten.
 */
import { mayBeNamedAlike } from './append/compare-organizations.rules.ts';
import { groupOfColumn } from './merge.rules.ts';
import { columnOf } from './person-draft.rules.ts';
import type { Sighted } from './sight.rules.ts';

export interface OrganizationRow {
  id: string;
  survivorId: string;
  name: string;
  nameKey: string;
  domain: string | null;
  website: string | null;
  phone: string | null;
  street: string | null;
  postalCode: string | null;
  city: string | null;
  state: string | null;
  country: string | null;
  industry: string | null;
  vertical: string | null;
  employees: number | null;
  annualRevenueMinor: number | null;
  naics: string | null;
  sic: string | null;
  parent: string | null;
  language: string | null;
  externalId: string | null;
  isCustomer: boolean;
  lastSeenAt: Date;
  /** others are merged into it: it shows their words, too */
  isJoined: boolean;
}

export interface OrganizationDraft extends OrganizationRow {
  isNew: boolean;
  /** something was filled in, or it was seen later than noted */
  touched: boolean;
}

export interface Listed {
  externalId: string | null;
  website: string | null;
  phone: string | null;
  naics: string | null;
  sic: string | null;
  parent: string | null;
  language: string | null;
  isCustomer: boolean;
}

const hour = 3_600_000;
/** Organizations are seen by the hour: the row of a busy one is not written for each of its people, and what stands follows from the sightings alone. */
const hourOf = (at: Date): Date => new Date(at.getTime() - (at.getTime() % hour));

export class OrganizationIndex {
  readonly drafts: OrganizationDraft[] = [];
  private readonly byDomain = new Map<string, OrganizationDraft>();
  private readonly byName = new Map<string, OrganizationDraft[]>();
  private readonly byId = new Map<string, OrganizationDraft>();
  private readonly byExternalId = new Map<string, OrganizationDraft>();
  /** as the database has them */
  readonly was = new Map<string, OrganizationRow>();
  private readonly draw: () => string;

  constructor(known: readonly OrganizationRow[], draw: () => string) {
    this.draw = draw;
    this.learn(known);
  }

  /** Rows as the database has them; of whom is in hand already, more is known. */
  learn(known: readonly OrganizationRow[]): void {
    // survivors first, so that a merged one's keys lead to its survivor
    for (const row of known) {
      if (row.survivorId !== row.id || this.byId.has(row.id)) continue;
      this.was.set(row.id, row);
      this.file({ ...row, isNew: false, touched: false });
    }
    for (const row of known) {
      const survivor = this.byId.get(row.survivorId);
      if (row.survivorId === row.id || !survivor) continue;
      if (row.domain !== null && !this.byDomain.has(row.domain)) this.byDomain.set(row.domain, survivor);
      if (row.nameKey !== '') this.fileName(row.nameKey, survivor);
    }
  }

  private file(draft: OrganizationDraft): void {
    this.byId.set(draft.id, draft);
    if (draft.externalId !== null) this.byExternalId.set(draft.externalId, draft);
    if (draft.domain !== null && !this.byDomain.has(draft.domain)) this.byDomain.set(draft.domain, draft);
    if (draft.nameKey !== '') this.fileName(draft.nameKey, draft);
  }

  /** The longest known first, however they came to the name. */
  private fileName(key: string, draft: OrganizationDraft): void {
    const filed = this.byName.get(key);
    if (filed === undefined) this.byName.set(key, [draft]);
    else if (!filed.includes(draft)) filed.splice(filed.findLastIndex(({ id }) => id < draft.id) + 1, 0, draft);
  }

  /** `listed`: what only a list of organizations says, whose owner means the organization itself */
  resolve(of: Sighted, seenAt: Date, listed?: Listed): OrganizationDraft | null {
    if (of.organization === null) return null;
    const { domain, key, name } = of.organization;
    const numbered = listed?.externalId ? this.byExternalId.get(listed.externalId) : undefined;
    // Two lists may count alike: where neither the site nor anything of the name agrees, the number is another list's.
    const isThatOne = numbered !== undefined && ((domain !== null && numbered.domain === domain) || mayBeNamedAlike(numbered.name, name));
    const found =
      (isThatOne ? numbered : undefined) ??
      (domain !== null ? this.byDomain.get(domain) : undefined) ??
      (key === '' ? undefined : this.named(key, domain, of.country));
    if (found) {
      this.fill(found, of, seenAt, listed);
      return found;
    }
    const draft: OrganizationDraft = {
      ...saidOf(of, listed),
      id: this.draw(),
      survivorId: '',
      name: name ?? domain ?? '',
      nameKey: key,
      lastSeenAt: seenAt,
      isJoined: false,
      isNew: true,
      touched: false,
    };
    draft.survivorId = draft.id;
    this.drafts.push(draft);
    this.file(draft);
    return draft;
  }

  /** What was made and filled is written: from here on it is known. */
  saved(): void {
    for (const draft of this.drafts.splice(0)) {
      draft.isNew = draft.touched = false;
      this.was.set(draft.id, { ...draft });
    }
  }

  /** the one with this number in the other system */
  numbered(externalId: string): OrganizationDraft | undefined {
    return this.byExternalId.get(externalId);
  }

  /** the one at this domain */
  at(domain: string): OrganizationDraft | undefined {
    return this.byDomain.get(domain);
  }

  named(key: string, domain: string | null, country: string | null): OrganizationDraft | undefined {
    const fits = (this.byName.get(key) ?? []).filter(
      (one) =>
        (one.domain === null || domain === null || one.domain === domain) &&
        (one.country === null || country === null || one.country === country),
    );
    return fits.find((one) => one.country === country) ?? (fits.length === 1 ? fits[0] : undefined);
  }

  private fill(draft: OrganizationDraft, of: Sighted, seenAt: Date, listed?: Listed): void {
    let filled = false;
    const set = <K extends keyof OrganizationDraft>(field: K, value: OrganizationDraft[K] | null): void => {
      if (value === null || draft[field] !== null) return;
      draft[field] = value;
      filled = true;
    };
    const organization = of.organization;
    if (draft.nameKey === '' && organization?.name && organization.key !== '') {
      draft.name = organization.name;
      draft.nameKey = organization.key;
      this.fileName(draft.nameKey, draft);
      filled = true;
    }
    if (draft.domain === null && organization?.domain && !this.byDomain.has(organization.domain)) {
      draft.domain = organization.domain;
      this.byDomain.set(organization.domain, draft);
      filled = true;
    }
    if (listed) {
      set('externalId', listed.externalId);
      set('website', listed.website);
      set('phone', listed.phone);
      for (const field of ['naics', 'sic', 'parent', 'language'] as const) set(field, listed[field]);
      if (listed.externalId !== null && !this.byExternalId.has(listed.externalId)) this.byExternalId.set(listed.externalId, draft);
      if (listed.isCustomer && !draft.isCustomer) filled = draft.isCustomer = true;
    }
    set('country', of.country);
    if (draft.country === of.country && draft.city === null && of.city !== null) {
      set('street', of.street);
      set('postalCode', of.postalCode);
      set('state', of.state);
      set('city', of.city);
    }
    set('industry', of.industry);
    set('vertical', of.vertical);
    set('employees', of.employees);
    set('annualRevenueMinor', of.annualRevenueMinor);
    const later = hourOf(seenAt) > draft.lastSeenAt;
    if (!draft.isNew && !draft.touched && (filled || later)) {
      draft.touched = true;
      this.drafts.push(draft);
    }
    if (later) draft.lastSeenAt = hourOf(seenAt);
  }
}

/** Columns of a known organization that a batch may have filled. */
export const fillable = [
  'externalId',
  'name',
  'nameKey',
  'domain',
  'website',
  'phone',
  'street',
  'postalCode',
  'city',
  'state',
  'country',
  'industry',
  'vertical',
  'employees',
  'annualRevenueMinor',
  'naics',
  'sic',
  'parent',
  'language',
  'isCustomer',
] as const;

type Said = Pick<OrganizationRow, Exclude<(typeof fillable)[number], 'name' | 'nameKey'>> & { name: string | null; nameKey: string | null };
/** What a row says of the organization it names. */
function saidOf(of: Sighted, listed?: Listed): Said {
  return {
    name: of.organization?.name ?? null,
    nameKey: of.organization?.key || null,
    domain: of.organization?.domain ?? null,
    website: listed?.website ?? null,
    phone: listed?.phone ?? null,
    street: of.street,
    postalCode: of.postalCode,
    city: of.city,
    state: of.state,
    country: of.country,
    industry: of.industry,
    vertical: of.vertical,
    employees: of.employees,
    annualRevenueMinor: of.annualRevenueMinor,
    naics: listed?.naics ?? null,
    sic: listed?.sic ?? null,
    parent: listed?.parent ?? null,
    language: listed?.language ?? null,
    externalId: listed?.externalId ?? null,
    isCustomer: listed?.isCustomer ?? false,
  };
}
/** Of these it counts only that they stood: half of one address and half of another is neither, and a name or domain is what it is found by. */
const onlyAgreed = new Set(['name', 'nameKey', 'domain', 'street', 'postalCode', 'city', 'state', 'country']);

/**
 * What a batch of a list said of organizations known before, whether it was believed or not: what its first row says counts. Nothing of the
 * joined, whose row shows what others say.
 */
export function sayingsOf(rows: readonly { draft: OrganizationDraft | null; of: Sighted; listed: Listed }[]): { id: string; values: Record<string, unknown> }[] {
  const sayings = new Map<string, Record<string, unknown>>();
  for (const { draft, of, listed } of rows) {
    if (!draft || draft.isNew) continue;
    const values = sayings.get(draft.id) ?? {};
    sayings.set(draft.id, values);
    if (draft.isJoined) continue;
    for (const [field, value] of Object.entries(saidOf(of, listed)))
      if (value !== null && value !== false && !(field in values) && (!onlyAgreed.has(field) || draft[field as keyof Said] === value)) values[field] = value;
  }
  return [...sayings].map(([id, values]) => ({ id, values }));
}

const groupOf = (field: string): string | undefined => groupOfColumn.organization.get(columnOf(field));

/**
 * What a batch would change of organizations known before, against the rows as they were loaded. Of a joined one whole groups are told: its own
 * word is to say all of an address, not the street beside a country that another one gives.
 */
export function changesOf(drafts: readonly OrganizationDraft[], was: ReadonlyMap<string, OrganizationRow>): { id: string; values: Record<string, unknown> }[] {
  return drafts.flatMap((draft) => {
    const before = was.get(draft.id);
    if (draft.isNew || !before) return [];
    const changed = fillable.filter((field) => draft[field] !== before[field]);
    if (changed.length === 0) return [];
    const groups = new Set(before.isJoined ? changed.flatMap((field) => groupOf(field) ?? []) : []);
    const told = groups.size === 0 ? changed : fillable.filter((field) => changed.includes(field) || groups.has(groupOf(field) ?? ''));
    return [{ id: draft.id, values: Object.fromEntries(told.map((field) => [field, draft[field]])) }];
  });
}
