import type { Answer } from '../../api/contract.ts';

export type Criteria = Answer<'GET /v1/definition'>['criteria'];
type Condition = Extract<Criteria, { op: string }>;
export type Operator = Condition['op'];
export type CriteriaValue = Exclude<NonNullable<Condition['value']>, unknown[]> | null;
export type FieldType = 'text' | 'number' | 'boolean' | 'instant' | 'country' | 'choice' | 'id' | 'money' | 'day';
export interface FieldChoice {
  field: string;
  label: string;
  type: FieldType;
  /** The heading it stands under. */
  group?: string;
  choices?: { value: string; label: string }[] | undefined;
  /** Of which list the ids are. */
  of?: 'program' | 'source' | undefined;
}

/** The shape that is edited: groups that say all, any or none, and single conditions. Keys keep the inputs steady while typing. */
export interface GroupNode {
  key: number;
  mode: 'all' | 'any' | 'none';
  children: TreeNode[];
}
export interface ConditionNode {
  key: number;
  field: string;
  op: Operator;
  value: CriteriaValue[];
}
export type TreeNode = GroupNode | ConditionNode;

let last = 0;
export const nextKey = (): number => ++last;

const node = (criteria: Criteria): TreeNode => {
  if ('all' in criteria) return { key: nextKey(), mode: 'all', children: criteria.all.map(node) };
  if ('any' in criteria) return { key: nextKey(), mode: 'any', children: criteria.any.map(node) };
  if ('not' in criteria) {
    const inner = criteria.not;
    return { key: nextKey(), mode: 'none', children: 'any' in inner ? inner.any.map(node) : [node(inner)] };
  }
  const { field, op, value } = criteria;
  return { key: nextKey(), field, op, value: Array.isArray(value) ? value : value === undefined ? [] : [value] };
};

/** A single condition stands in a group, so that another can be put beside it. */
export function toTree(criteria: Criteria): GroupNode {
  const made = node(criteria);
  return 'mode' in made ? made : { key: nextKey(), mode: 'all', children: [made] };
}

const many: Operator[] = ['in', 'notIn', 'contains', 'notContains', 'startsWith', 'endsWith', 'matchesAny', 'between'];
const bare: Operator[] = ['isSet', 'isEmpty', 'isTrue', 'isFalse'];

export const takesMany = (op: Operator): boolean => many.includes(op);
export const takesNothing = (op: Operator): boolean => bare.includes(op);

export function toCriteria(tree: TreeNode): Criteria {
  if ('mode' in tree) {
    const parts = tree.children.map(toCriteria);
    if (tree.mode === 'all') return { all: parts };
    return tree.mode === 'any' ? { any: parts } : { not: { any: parts } };
  }
  const { field, op, value } = tree;
  if (takesNothing(op)) return { field, op };
  return { field, op, value: takesMany(op) ? value : (value[0] ?? null) };
}

/** What still lacks its value; such a condition can never be true. */
export function unfinished(tree: TreeNode): boolean {
  if ('mode' in tree) return tree.children.some(unfinished);
  if (takesNothing(tree.op)) return false;
  if (tree.op === 'between') return tree.value.filter((one) => one !== null && one !== '').length < 2;
  return tree.value.every((one) => one === null || one === '');
}

type Operators = { value: Operator; label: string }[];
const known: Operators = [
  { value: 'isSet', label: 'is known' },
  { value: 'isEmpty', label: 'is not known' },
];
const among: Operators = [
  { value: 'in', label: 'is one of' },
  { value: 'notIn', label: 'is none of' },
];
const same: Operators = [
  { value: 'equals', label: 'is' },
  { value: 'notEquals', label: 'is not' },
];
const size: Operators = [
  { value: 'atLeast', label: 'is at least' },
  { value: 'atMost', label: 'is at most' },
  { value: 'between', label: 'is between' },
  { value: 'equals', label: 'is' },
];
const ago: Operators = [
  { value: 'withinDays', label: 'is within the last days' },
  { value: 'olderThanDays', label: 'is longer ago than days' },
];

/** How a field compares; the first is what a new condition begins with. */
export const operatorsOf: Record<FieldType, Operators> = {
  text: [
    ...known,
    ...among,
    { value: 'contains', label: 'contains' },
    { value: 'notContains', label: 'does not contain' },
    { value: 'matchesAny', label: 'has the word' },
    { value: 'startsWith', label: 'starts with' },
    { value: 'endsWith', label: 'ends with' },
    ...same,
  ],
  country: [...among, ...known, ...same],
  choice: [...among, ...known],
  id: [...among, ...known],
  number: [...size, ...known],
  money: [...size, ...known],
  boolean: [
    { value: 'isTrue', label: 'is so' },
    { value: 'isFalse', label: 'is not so' },
  ],
  instant: [...ago, { value: 'atLeast', label: 'is since' }, ...known],
  day: [...ago, { value: 'atLeast', label: 'is since' }, { value: 'atMost', label: 'is until' }, { value: 'between', label: 'is between' }, ...known],
};
