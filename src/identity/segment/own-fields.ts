import { raw, sql, type Column, type Sql } from '../../platform/db/index.ts';
import { consentChannels } from '../../platform/values/consent-channel.rules.ts';
import type { Field, FieldType } from '../../platform/values/criteria-fields.rules.ts';
import { askedAs, criteriaType, type CustomField } from '../../platform/values/custom-field.rules.ts';
import type { Fact } from '../../journal/index.ts';
import type { Tx } from '../../platform/db/index.ts';
import { groups, levels, type Group } from '../quality/levels.rules.ts';
import { functionNames, levelNames } from '../../platform/values/standard/title-names.rules.ts';
import { sectors } from '../../platform/values/standard/sectors.rules.ts';
import type { RowField, SegmentSource, SegmentSubject } from './field-source.ts';

export interface OwnField extends Field {
  column: Column;
}

const field = (group: string, name: string, label: string, type: FieldType, value: Sql, more: Partial<Column> = {}): OwnField => ({
  field: name,
  label,
  type,
  group,
  column: { type, sql: value, ...more },
});

const p = (column: string): Sql => raw(`p.${column}`);
/** What stands on a do-not-mail or do-not-call list; row-level security keeps the lists apart, so each is read once. */
const unlisted = {
  mail: sql`coalesce(p.email_key not in (select key from identity.suppression where channel = 'mail' and kind = 'address')
    and split_part(p.email, '@', 2) not in (select key from identity.suppression where channel = 'mail' and kind = 'domain'), true)`,
  call: sql`coalesce(p.phone_e164 not in (select key from identity.suppression where channel = 'phone'), true)
    and coalesce(p.mobile_e164 not in (select key from identity.suppression where channel = 'phone'), true)`,
};
const personal: OwnField[] = [
  field('Person', 'name', 'name', 'text', p('full_name')),
  field('Person', 'familyName', 'last name', 'text', p('family_name')),
  field('Person', 'title', 'position', 'text', p('title')),
  field('Person', 'email', 'mail', 'text', p('email')),
  field('Person', 'phone', 'phone', 'text', p('phone_e164')),
  field('Person', 'mobile', 'mobile', 'text', p('mobile_e164')),
  field('Person', 'country', 'country', 'country', p('country'), { kept: 'upper' }),
  field('Person', 'state', 'state', 'text', p('state')),
  field('Person', 'street', 'street', 'text', p('street')),
  field('Person', 'postalCode', 'postcode', 'text', p('postal_code')),
  field('Person', 'city', 'city', 'text', p('city')),
  field('Person', 'language', 'language', 'text', p('language')),
  field('Person', 'externalId', 'number in the other system', 'text', p('external_id')),
  field('Person', 'junkName', 'a made-up name', 'boolean', p('name_is_junk')),
  field('Person', 'firstSeenAt', 'first sign of life', 'instant', p('first_seen_at')),
  field('Person', 'lastSeenAt', 'last sign of life', 'instant', p('last_seen_at')),
  field('Person', 'mayMail', 'may be written to', 'boolean', sql`(p.email is not null and not (p.do_not_contact or p.do_not_mail or p.unsubscribed_at is not null) and ${unlisted.mail})`),
  field('Person', 'mayCall', 'may be called', 'boolean', sql`(not (p.do_not_contact or p.do_not_call) and ${unlisted.call})`),
  field('Person', 'doNotContact', 'does not want to be contacted', 'boolean', p('do_not_contact')),
  field('Person', 'unsubscribed', 'unsubscribed from mail', 'boolean', sql`(p.unsubscribed_at is not null)`),
];

const choicesOf = (words: Record<string, string>): { value: string; label: string }[] => Object.entries(words).map(([value, label]) => ({ value, label }));
const position: OwnField[] = [
  { ...field('Person', 'position.level', 'rank', 'choice', raw('rt.level'), { join: 'position', kept: 'lower' }), choices: choicesOf(levelNames) },
  { ...field('Person', 'position.function', 'what they do', 'choice', raw('rt.function'), { join: 'position', kept: 'lower' }), choices: choicesOf(functionNames) },
];
const sector = (prefix: string): OwnField => ({
  ...field('Organization', `${prefix}sector`, prefix === '' ? 'sector' : 'company’s sector', 'choice', sql`coalesce(rn.sector, rs.sector, ri.sector)`, { join: 'sector' }),
  choices: choicesOf(sectors),
});

const levelLabels: Record<Group, string> = {
  mail: 'level of the mail',
  phone: 'level of the phone',
  mobile: 'level of the mobile',
  address: 'level of the address',
  name: 'level of the name',
  life: 'level of being in touch',
};
const quality: OwnField[] = [
  ...groups.map((group): OwnField => ({
    field: `level.${group}`,
    label: levelLabels[group],
    type: 'choice',
    choices: levels.map((value) => ({ value, label: value })),
    group: 'Quality',
    column: { type: 'choice', sql: raw(`q.${group}`), join: 'quality', kept: 'lower' },
  })),
  field('Quality', 'level.lacking', 'share missing or bad, in %', 'number', sql`round(q.lacking * 100)::int`, { join: 'quality' }),
];

const ofOrganization = (prefix: string, join?: string): OwnField[] => {
  const o = (name: string, label: string, type: FieldType, column: string, more: Partial<Column> = {}): OwnField =>
    field('Organization', `${prefix}${name}`, prefix === '' ? label : `company’s ${label}`, type, raw(`o.${column}`), {
      ...(join === undefined ? {} : { join }),
      ...more,
    });
  return [
    o('name', 'name', 'text', 'name'),
    o('domain', 'domain', 'text', 'domain'),
    o('country', 'country', 'country', 'country', { kept: 'upper' }),
    o('state', 'state', 'text', 'state'),
    o('postalCode', 'postcode', 'text', 'postal_code'),
    o('city', 'city', 'text', 'city'),
    o('industry', 'business', 'text', 'industry'),
    o('vertical', 'vertical', 'text', 'vertical'),
    o('employees', 'number of employees', 'number', 'employees'),
    o('annualRevenue', 'annual sales', 'money', 'annual_revenue_minor'),
    o('naics', 'NAICS code', 'text', 'naics'),
    o('sic', 'SIC code', 'text', 'sic'),
    o('parent', 'parent company', 'text', 'parent'),
    o('language', 'language', 'text', 'language'),
    o('isCustomer', 'being a customer', 'boolean', 'is_customer'),
    o('firstSeenAt', 'first sign of life', 'instant', 'first_seen_at'),
    o('lastSeenAt', 'last sign of life', 'instant', 'last_seen_at'),
  ];
};

/** A value that is not of the kind declared is not known: `custom` keeps whatever once arrived under a key. */
function customColumn(at: Sql, { key, type }: CustomField, join?: string): Column {
  const text = sql`${at}->>${key}`;
  const is = (json: string): Sql => sql`jsonb_typeof(${at}->${key}) = ${json}`;
  const value: Record<CustomField['type'], Sql> = {
    text: sql`case when ${is('string')} then ${text} end`,
    choice: sql`case when ${is('string')} then ${text} end`,
    date: sql`case when ${is('string')} and ${text} ~ '^\\d{4}-\\d{2}-\\d{2}$' then ${text} end`,
    number: sql`case when ${is('number')} then (${text})::float8 end`,
    money: sql`case when ${is('number')} then (${text})::numeric end`,
    boolean: sql`case when ${is('boolean')} then (${text})::boolean end`,
  };
  return { type: criteriaType[type], sql: value[type], ...(type === 'date' ? { asText: true } : {}), ...(join === undefined ? {} : { join }) };
}

const customField = (prefix: string, group: string, alias: string, one: CustomField, join?: string): OwnField => ({
  ...askedAs(one, `${prefix}custom.${one.key}`, group),
  column: customColumn(raw(`${alias}.custom`), one, join),
});

/** What identity itself knows of a subject: its columns and the workspace's own fields. */
export function ownFields(subject: SegmentSubject, custom: readonly CustomField[]): OwnField[] {
  const of = (kind: CustomField['subject']): CustomField[] => custom.filter((one) => one.subject === kind);
  if (subject === 'organization')
    return [...ofOrganization(''), sector(''), ...of('organization').map((one) => customField('', 'Own fields', 'o', one))];
  return [
    ...personal,
    ...position,
    ...quality,
    ...of('person').map((one) => customField('', 'Own fields', 'p', one)),
    ...ofOrganization('organization.', 'organization'),
    sector('organization.'),
    ...of('organization').map((one) => customField('organization.', 'Own fields of the organization', 'o', one, 'organization')),
  ];
}

/** Own fields of inquiries: what a person ever said. */
export const inquiryFields = (custom: readonly CustomField[]): RowField[] =>
  custom
    .filter((one) => one.subject === 'inquiry')
    .map((one) => ({
      field: `inquiry.custom.${one.key}`,
      label: `${one.label} in an inquiry`,
      type: 'text',
      group: 'Own fields of inquiries',
      many: true,
      ...(one.type === 'choice' ? { choices: one.choices.map((value) => ({ value, label: value })) } : {}),
      rows: 'inquiries',
      value: sql`i.fields->'custom'->>${one.key}`,
    }));

/** What may be asked of whoever is behind a lead, an inquiry or a sale; own fields of inquiries are those of the one inquiry `i` that began it. */
export const fieldsBehind = (custom: readonly CustomField[]): OwnField[] => [
  ...ownFields('person', custom).map((one) => (one.column.join === undefined ? { ...one, column: { ...one.column, join: 'person' } } : one)),
  ...custom
    .filter((one) => one.subject === 'inquiry')
    .map((one): OwnField => ({ ...customField('inquiry.', 'Own fields of inquiries', 'i', one), column: customColumn(sql`(i.fields->'custom')`, one, 'inquiry') })),
];

const said = (column: string): Sql => sql`i.fields->>${column}`;

/** Inquiries and sightings, which identity keeps with capture. */
export const ownSource: SegmentSource = {
  rows: [
    {
      name: 'arrivals',
      from: () => sql`identity.sighting s`,
      where: (workspaceId) => sql`s.workspace_id = ${workspaceId} and s.withdrawn_at is null and s.inquiry_id is not null`,
      person: sql`s.person_id`,
      organization: sql`s.organization_id`,
      sums: { n: sql`count(*)::int`, last_at: sql`max(s.seen_at)`, first_at: sql`min(s.seen_at)` },
    },
    {
      name: 'inquiries',
      from: (workspaceId) => sql`identity.sighting s join capture.inquiry i on i.workspace_id = ${workspaceId} and i.id = s.inquiry_id`,
      where: (workspaceId) => sql`s.workspace_id = ${workspaceId} and s.withdrawn_at is null`,
      person: sql`s.person_id`,
      organization: sql`s.organization_id`,
      sums: {},
    },
    {
      name: 'consents',
      from: () => sql`identity.consent_standing c join identity.person cp on cp.workspace_id = c.workspace_id and cp.id = c.person_id`,
      where: (workspaceId) => sql`c.workspace_id = ${workspaceId} and c.purpose <> ''`,
      person: sql`c.person_id`,
      organization: sql`cp.organization_id`,
      sums: {},
    },
    {
      name: 'people',
      from: () => sql`identity.person s`,
      where: (workspaceId) => sql`s.workspace_id = ${workspaceId} and s.survivor_id is null and s.retired_at is null`,
      person: sql`s.id`,
      organization: sql`s.organization_id`,
      sums: { n: sql`count(*)::int` },
    },
  ],
  fields: [
    { field: 'inquiries.count', label: 'number of inquiries', type: 'number', group: 'Inquiries', rows: 'arrivals', sum: 'n', zero: true },
    { field: 'inquiries.lastAt', label: 'last inquiry', type: 'instant', group: 'Inquiries', rows: 'arrivals', sum: 'last_at' },
    { field: 'inquiries.firstAt', label: 'first inquiry', type: 'instant', group: 'Inquiries', rows: 'arrivals', sum: 'first_at' },
    { field: 'inquiries.program', label: 'answered the program', type: 'id', of: 'program', many: true, group: 'Inquiries', rows: 'inquiries', value: sql`i.program_id` },
    { field: 'inquiries.source', label: 'came from the source', type: 'id', of: 'source', many: true, group: 'Inquiries', rows: 'inquiries', value: sql`i.source_id` },
    { field: 'inquiries.channel', label: 'came by channel', type: 'text', many: true, group: 'Inquiries', rows: 'inquiries', value: sql`i.channel` },
    { field: 'inquiries.product', label: 'asked for product', type: 'text', many: true, group: 'Inquiries', rows: 'inquiries', value: said('product') },
    ...consentChannels.map((channel): RowField => ({
      field: `consent.${channel}`,
      label: `consented by ${channel} to`,
      type: 'text',
      many: true,
      group: 'Consent',
      rows: 'consents',
      value: sql`case when c.stands = 'given' and c.channel = ${channel} then c.purpose end`,
    })),
    {
      field: 'consent.refused',
      label: 'does not want, by any channel',
      type: 'text',
      many: true,
      group: 'Consent',
      rows: 'consents',
      value: sql`case when c.stands = 'refused' then c.purpose end`,
    },
    { field: 'people.count', label: 'number of people known', type: 'number', group: 'Organization', rows: 'people', sum: 'n', zero: true },
  ],
  hears: [
    'inquiry.identified',
    'inquiry.withdrawn',
    'person.merged',
    'person.unmerged',
    'person.changed',
    'person.erased',
    'person.consentChanged',
    'person.appended',
    'organization.changed',
    'organization.appended',
    'suppression.changed',
    'import.finished',
    'import.undone',
  ],
  async touched(tx, facts) {
    const people = new Set<string>();
    const organizations = new Set<string>();
    const withdrawn: string[] = [];
    let everybody = false;
    for (const fact of facts) {
      const data = fact.data as Record<string, unknown>;
      const id = (key: string, into: Set<string>): unknown => typeof data[key] === 'string' && into.add(data[key]);
      // A list brings people in without a fact for each.
      if (fact.type === 'import.finished' || fact.type === 'import.undone' || fact.type === 'suppression.changed') everybody = true;
      if (fact.type === 'inquiry.withdrawn') withdrawn.push((fact as Fact<'inquiry.withdrawn'>).data.inquiryId);
      // The company a person was moved from is not said.
      if (fact.type === 'person.changed' && (fact as Fact<'person.changed'>).data.fields.includes('organizationId')) everybody = true;
      for (const key of ['personId', 'survivorId', 'mergedId']) id(key, people);
      id('organizationId', organizations);
      // ['merged', the other]
      if (fact.type === 'organization.changed')
        (fact as Fact<'organization.changed'>).data.fields.filter((one) => one.length === 36).forEach((one) => organizations.add(one));
    }
    if (withdrawn.length > 0) await addWithdrawn(tx, withdrawn, people, organizations);
    return { people: [...people], organizations: [...organizations], everybody };
  },
};

async function addWithdrawn(tx: Tx, inquiryIds: readonly string[], people: Set<string>, organizations: Set<string>): Promise<void> {
  const rows = await tx.rows<{ personId: string; organizationId: string | null }>(sql`select person_id, organization_id from identity.sighting
    where workspace_id = ${tx.scope.workspaceId} and inquiry_id = any(${inquiryIds}::uuid[])`);
  for (const row of rows) {
    people.add(row.personId);
    if (row.organizationId) organizations.add(row.organizationId);
  }
}
