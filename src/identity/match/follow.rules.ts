/** Which fields follow from which, seen among strangers; so that what says the same thing twice counts once. */
import { addParent, mayLead, namingFields, stateOf, type Model, type Pairs } from './model.rules.ts';

interface Seen {
  readonly background: Pairs;
  readonly kin: readonly (Pairs | undefined)[];
}

/**
 * A field follows from another when strangers who agree on that one agree on it three times as often as others do. Strangers are pairs whose names have
 * nothing in common; a table without names has none that could be told.
 */
export function findParents({ background, kin }: Seen, model: Model): void {
  const found: { parent: number; child: number; follows: number }[] = [];
  for (const views of viewsOf(model)) {
    const usual = agreeing(background, model, views);
    for (const [f, pairs] of kin.entries()) {
      if (pairs === undefined || !views.leads.has(f)) continue;
      const { met, both } = agreeing(pairs, model, views);
      for (const g of views.follow) {
        if (f === g || both[g]! < 8) continue;
        const follows = both[g]! / met[g]!;
        // what the others follow from comes first, then what says more, then what stands first: so that nothing follows from itself
        const [lead, child] = [model.fields[f]!, model.fields[g]!];
        const before = mainOrder.indexOf(lead.kind) - mainOrder.indexOf(child.kind) || lead.u[0]![1]! - child.u[0]![1]! || f - g;
        if (before < 0 && met[g]! >= views.met && follows > 0.005 && follows > (views.lift * (usual.both[g]! + 1)) / (usual.met[g]! + 1))
          found.push({ parent: f, child: g, follows });
      }
    }
  }
  for (const { parent, child } of found.toSorted((a, b) => b.follows - a.follows))
    if (model.fields[child]!.parents.length < 4) addParent(model, child, parent);
}

/** What follows from what is asked of pairs that are strangers by the other fields: of places and firms by the names, of names by the rest. */
interface View {
  strangers: readonly number[];
  /** so many of them have to be known */
  known: number;
  /** seen among at least so many, and so many times as often as usual */
  met: number;
  lift: number;
  leads: ReadonlySet<number>;
  follow: readonly number[];
}

function viewsOf(model: Model): View[] {
  const all = [...model.fields.keys()];
  const of = (test: (kind: string) => boolean): number[] => all.filter((f) => test(model.fields[f]!.kind));
  const naming = namingFields(model);
  const shared = new Set(of((kind) => mayLead.has(kind)).filter((f) => !naming.includes(f)));
  const given = of((kind) => kind === 'given name');
  const family = of((kind) => kind === 'family name');
  const names = { met: 3000, lift: 1.5 };
  return [
    { strangers: naming, known: 1, met: 15, lift: 4, leads: shared, follow: of((kind) => !ownAlone.has(kind)) },
    // names go by language, and so by country, firm and each other
    { ...names, strangers: given, known: 1, leads: shared, follow: family },
    { ...names, strangers: family, known: 1, leads: shared, follow: given },
    { ...names, strangers: of((kind) => telling.has(kind)), known: 2, leads: new Set(family), follow: given },
  ].filter((view) => view.strangers.length >= view.known && view.strangers.length > 0);
}

/** among strangers: by field, how many pairs have it, and how many agree on it somehow */
function agreeing(pairs: Pairs, model: Model, view: View): { met: Float64Array; both: Float64Array } {
  const width = model.fields.length;
  const met = new Float64Array(width);
  const both = new Float64Array(width);
  for (let p = 0; p < pairs.count; p++) {
    const at = p * width;
    if (!areStrangers(pairs.levels, at, view, model)) continue;
    for (let g = 0; g < width; g++) {
      const level = pairs.levels[at + g]!;
      if (level === 0) continue;
      met[g]!++;
      if (level < model.fields[g]!.unlike) both[g]!++;
    }
  }
  return { met, both };
}

/** u of fields whose parent agrees, counted among strangers who agree on that parent */
export function countKin({ kin }: Seen, model: Model): Map<string, Float64Array> {
  const views = viewsOf(model);
  const width = model.fields.length;
  const counted = new Map<string, Float64Array>();
  for (const [g, child] of model.fields.entries()) {
    for (const { field: f, states } of child.parents) {
      const view = views.find(({ leads, follow }) => leads.has(f) && follow.includes(g));
      const pairs = kin[f];
      if (pairs === undefined || view === undefined) continue;
      const sums = new Float64Array(child.labels.length);
      for (let p = 0; p < pairs.count; p++) {
        const level = pairs.levels[p * width + g]!;
        if (
          level > 0 &&
          stateOf(pairs.levels, p * width, child, model.fields) === states &&
          areStrangers(pairs.levels, p * width, view, model)
        )
          sums[level]!++;
      }
      if (sums.some((n) => n > 0)) counted.set(`${g} ${states}`, sums);
    }
  }
  return counted;
}

/** what tells people apart beside their names */
const telling = new Set(['organization', 'website', 'mail', 'phone', 'street', 'postcode', 'city', 'date', 'year', 'code']);
/** what follows from nothing but who somebody is */
const ownAlone = new Set(['given name', 'middle name', 'family name', 'date', 'year', 'code']);
/** what the others follow from comes first; kinds not named stand together at the front */
const mainOrder = [
  'organization',
  'website',
  'street',
  'postcode',
  'city',
  'state',
  'country',
  'family name',
  'given name',
  'phone',
  'mail',
  'title',
  'category',
];

function areStrangers(levels: Uint8Array, at: number, { strangers, known }: View, { fields }: Model): boolean {
  let n = 0;
  for (const f of strangers) {
    const level = levels[at + f]!;
    if (level === 0) continue;
    if (level < fields[f]!.unlike) return false;
    n++;
  }
  return n >= known;
}
