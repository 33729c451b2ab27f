import { MultiSelect, NumberInput, Select, TagsInput, TextInput } from '@mantine/core';
import type { ReactNode } from 'react';
import { Chip, Icon, MoneyInput } from '../index.tsx';
import { useCountries } from '../countries.ts';
import { usePrograms, useSources, type Choice } from '../../api/options.ts';
import css from './criteria.module.css';
import {
  nextKey,
  operatorsOf,
  takesMany,
  takesNothing,
  type ConditionNode,
  type FieldChoice,
  type GroupNode,
  type Operator,
  type TreeNode,
} from './criteria-tree.ts';

const modes = [
  { value: 'all', label: 'all of these hold' },
  { value: 'any', label: 'any of these holds' },
  { value: 'none', label: 'none of these holds' },
];

/** Conditions in plain sentences: a field, how it compares, with what; in groups where one "and" is not enough. */
export function CriteriaEditor({
  tree,
  fields,
  onChange,
  depth = 0,
}: {
  tree: GroupNode;
  fields: FieldChoice[];
  onChange: (tree: GroupNode) => void;
  depth?: number;
}) {
  const put = (key: number, next: TreeNode | undefined) =>
    onChange({ ...tree, children: tree.children.flatMap((child) => (child.key === key ? (next ? [next] : []) : [child])) });
  const first = fields[0];
  const condition = (): ConditionNode => {
    const type = first?.type ?? 'text';
    return { key: nextKey(), field: first?.field ?? '', op: operatorsOf[type][0]?.value ?? 'isSet', value: [] };
  };
  const add = (child: TreeNode) => onChange({ ...tree, children: [...tree.children, child] });
  return (
    <div className={css.group} role="group" aria-label={modes.find((mode) => mode.value === tree.mode)?.label}>
      <div className={css.mode}>
        {depth === 0 ? 'It is so when' : 'where'}
        <Select
          aria-label="How these belong together"
          size="xs"
          w={168}
          data={modes}
          value={tree.mode}
          allowDeselect={false}
          onChange={(mode) => onChange({ ...tree, mode: (mode ?? 'all') as GroupNode['mode'] })}
        />
      </div>
      {tree.children.map((child) =>
        'mode' in child ? (
          <div key={child.key} style={{ display: 'grid', gridTemplateColumns: 'minmax(0, 1fr) 30px', gap: 8 }}>
            <CriteriaEditor tree={child} fields={fields} depth={depth + 1} onChange={(next) => put(child.key, next)} />
            <Gone what="this group" go={() => put(child.key, undefined)} />
          </div>
        ) : (
          <Line key={child.key} node={child} fields={fields} put={(next) => put(child.key, next)} />
        ),
      )}
      {tree.children.length === 0 && (
        <p className="dim">{tree.mode === 'any' ? 'No condition: it never holds.' : 'No condition: it always holds.'}</p>
      )}
      <div className={css.mode}>
        <Chip onClick={() => add(condition())}>+ Condition</Chip>
        {depth < 3 && <Chip onClick={() => add({ key: nextKey(), mode: 'any', children: [condition()] })}>+ Group</Chip>}
      </div>
    </div>
  );
}

function Gone({ what, go }: { what: string; go: () => void }) {
  return (
    <button type="button" className={css.gone} onClick={go} aria-label={`Take ${what} out`}>
      <Icon name="close" size={14} />
    </button>
  );
}

function Line({ node, fields, put }: { node: ConditionNode; fields: FieldChoice[]; put: (next: ConditionNode | undefined) => void }) {
  const field = fields.find((one) => one.field === node.field);
  const type = field?.type ?? 'text';
  const choices = field ? fields : [...fields, { field: node.field, label: node.field, type }];
  const operators = operatorsOf[type];
  const shown = operators.some((one) => one.value === node.op) ? operators : [...operators, { value: node.op, label: node.op }];
  const pickField = (name: string | null) => {
    const next = fields.find((one) => one.field === name);
    if (!next) return;
    const keeps = operatorsOf[next.type].some((one) => one.value === node.op);
    put({
      ...node,
      field: next.field,
      op: keeps ? node.op : (operatorsOf[next.type][0]?.value ?? 'isSet'),
      value: next.type === type ? node.value : [],
    });
  };
  const pickOperator = (op: string | null) => {
    if (!op) return;
    const next = op as Operator;
    put({ ...node, op: next, value: takesNothing(next) ? [] : takesMany(next) ? node.value : node.value.slice(0, 1) });
  };
  return (
    <div className={css.line}>
      <Select
        aria-label="What is looked at"
        searchable
        allowDeselect={false}
        data={grouped(choices)}
        value={node.field}
        onChange={pickField}
      />
      <Select aria-label="How it compares" allowDeselect={false} data={shown} value={node.op} onChange={pickOperator} />
      <div>{!takesNothing(node.op) && <Value node={node} type={type} field={field} put={put} />}</div>
      <Gone what="this condition" go={() => put(undefined)} />
    </div>
  );
}

/** Under their headings, where they have any; in the order given. */
function grouped(fields: FieldChoice[]) {
  const item = ({ field, label }: FieldChoice) => ({ value: field, label });
  if (!fields.some((one) => one.group)) return fields.map(item);
  const groups = new Map<string, FieldChoice[]>();
  for (const one of fields) groups.set(one.group ?? 'Other', [...(groups.get(one.group ?? 'Other') ?? []), one]);
  return [...groups].map(([group, items]) => ({ group, items: items.map(item) }));
}

function Value({
  node,
  type,
  field,
  put,
}: {
  node: ConditionNode;
  type: FieldChoice['type'];
  field: FieldChoice | undefined;
  put: (next: ConditionNode) => void;
}) {
  const countries = useCountries();
  const texts = node.value.map((one) => String(one ?? ''));
  const set = (value: ConditionNode['value']) => put({ ...node, value });
  if (type === 'country')
    return takesMany(node.op) ? (
      <MultiSelect
        aria-label="Countries"
        searchable
        data={countries.options}
        value={texts}
        onChange={set}
        placeholder={texts.length > 0 ? '' : 'Choose'}
      />
    ) : (
      <Select aria-label="Country" searchable data={countries.options} value={texts[0] ?? null} onChange={(value) => set([value])} />
    );
  if (field?.of === 'program') return <Programs texts={texts} set={set} />;
  if (field?.of === 'source') return <Sources texts={texts} set={set} />;
  if (field?.choices && (node.op === 'in' || node.op === 'notIn')) return <Several label="Values" options={field.choices} texts={texts} set={set} />;
  const countsDays = node.op === 'withinDays' || node.op === 'olderThanDays';
  if (type === 'day' || (type === 'instant' && !countsDays))
    if (!countsDays) return <Days node={node} set={set} />;
  if (type === 'money') return <Amounts node={node} set={set} />;
  if (node.op === 'between') {
    const number = (at: 0 | 1) => (
      <NumberInput
        aria-label={at === 0 ? 'From' : 'To'}
        hideControls
        value={node.value[at] === undefined || node.value[at] === null ? '' : Number(node.value[at])}
        onChange={(value) =>
          set(
            at === 0
              ? [value === '' ? null : Number(value), node.value[1] ?? null]
              : [node.value[0] ?? null, value === '' ? null : Number(value)],
          )
        }
      />
    );
    return (
      <div className={css.two}>
        {number(0)} and {number(1)}
      </div>
    );
  }
  if (type === 'number' || countsDays)
    return (
      <NumberInput
        aria-label={countsDays ? 'Days' : 'Number'}
        hideControls
        rightSection={countsDays ? <span className="dim">days</span> : undefined}
        rightSectionWidth={48}
        value={node.value[0] === undefined || node.value[0] === null ? '' : Number(node.value[0])}
        onChange={(value) => set(value === '' ? [] : [Number(value)])}
      />
    );
  if (takesMany(node.op))
    return (
      <TagsInput
        aria-label="Values"
        placeholder={texts.length > 0 ? '' : 'Type one, press Enter'}
        value={texts}
        onChange={set}
        splitChars={[',', ';']}
        acceptValueOnBlur
      />
    );
  return <TextInput aria-label="Value" value={texts[0] ?? ''} onChange={(event) => set([event.currentTarget.value])} />;
}

type Set = (value: ConditionNode['value']) => void;

const Several = ({ label, options, texts, set }: { label: string; options: Choice[]; texts: string[]; set: Set }) => (
  <MultiSelect
    aria-label={label}
    searchable
    data={[...options, ...texts.filter((text) => !options.some((one) => one.value === text)).map((value) => ({ value, label: value }))]}
    value={texts}
    onChange={set}
    placeholder={texts.length > 0 ? '' : 'Choose'}
  />
);
const Programs = (props: { texts: string[]; set: Set }) => <Several label="Programs" options={usePrograms()} {...props} />;
const Sources = (props: { texts: string[]; set: Set }) => <Several label="Sources" options={useSources()} {...props} />;

/** One value, or two of `between`. */
function OneOrTwo({ node, render }: { node: ConditionNode; render: (at: 0 | 1, label: string) => ReactNode }) {
  return node.op === 'between' ? (
    <div className={css.two}>
      {render(0, 'From')} and {render(1, 'To')}
    </div>
  ) : (
    render(0, 'Value')
  );
}
const withAt = (node: ConditionNode, at: 0 | 1, value: ConditionNode['value'][number]): ConditionNode['value'] =>
  node.op !== 'between' ? (value === null ? [] : [value]) : at === 0 ? [value, node.value[1] ?? null] : [node.value[0] ?? null, value];

const Days = ({ node, set }: { node: ConditionNode; set: Set }) => (
  <OneOrTwo
    node={node}
    render={(at, label) => (
      <TextInput
        type="date"
        aria-label={label}
        value={String(node.value[at] ?? '')}
        onChange={(event) => set(withAt(node, at, event.currentTarget.value || null))}
      />
    )}
  />
);
const Amounts = ({ node, set }: { node: ConditionNode; set: Set }) => (
  <OneOrTwo
    node={node}
    render={(at, label) => (
      <MoneyInput
        aria-label={label}
        minor={node.value[at] === undefined || node.value[at] === null ? null : Number(node.value[at])}
        onMinor={(minor) => set(withAt(node, at, minor))}
      />
    )}
  />
);
