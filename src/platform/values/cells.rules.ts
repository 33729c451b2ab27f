/** The cells of a column: every distinct text once, rows hold its place; -1 where nothing stands. */
export interface Cells {
  readonly ids: Int32Array;
  readonly texts: readonly string[];
}

/** Cells row by row, of a table that comes in pieces. */
export class CellsGathered {
  private ids = new Int32Array(1 << 12);
  private readonly texts: string[] = [];
  private readonly places = new Map<string, number>();
  private rows = 0;

  add(text: string): void {
    if (this.rows === this.ids.length) {
      const wider = new Int32Array(this.rows * 2);
      wider.set(this.ids);
      this.ids = wider;
    }
    let id = text === '' ? -1 : this.places.get(text);
    if (id === undefined) {
      id = this.texts.push(text) - 1;
      this.places.set(text, id);
    }
    this.ids[this.rows++] = id;
  }

  done(): Cells {
    return { ids: this.ids.slice(0, this.rows), texts: this.texts };
  }
}

export function cellsOf(list: readonly string[]): Cells {
  const cells = new CellsGathered();
  for (const text of list) cells.add(text);
  return cells.done();
}

/** the text of a row, '' where nothing stands */
export const cellAt = ({ ids, texts }: Cells, row: number): string => texts[ids[row] ?? -1] ?? '';

/** each distinct text made into another one; '' is nothing */
export function mapCells({ ids, texts }: Cells, make: (text: string) => string): Cells {
  const made = texts.map(make);
  return { ids: ids.map((id) => (id < 0 || made[id] === '' ? -1 : id)), texts: made };
}

/** Columns side by side, row by row: each combination of texts made into one once; '' is nothing, also as a result. */
export function combineCells(parts: readonly Cells[], make: (texts: string[]) => string): Cells {
  const rows = parts[0]?.ids.length ?? 0;
  const ids = new Int32Array(rows);
  const texts: string[] = [];
  const known = new Map<number | string, number>();
  for (let row = 0; row < rows; row++) {
    // two places fit into one exact number
    const key =
      parts.length === 2 ? (parts[0]!.ids[row]! + 1) * 67108864 + parts[1]!.ids[row]! + 1 : parts.map((part) => part.ids[row]).join();
    let id = known.get(key);
    if (id === undefined) {
      const text = make(parts.map((part) => cellAt(part, row)));
      id = text === '' ? -1 : texts.push(text) - 1;
      known.set(key, id);
    }
    ids[row] = id;
  }
  return { ids, texts };
}

/** one column below the other */
export function appendCells(first: Cells, second: Cells): Cells {
  const ids = new Int32Array(first.ids.length + second.ids.length);
  ids.set(first.ids);
  const places = new Map(first.texts.map((text, at) => [text, at]));
  const texts = [...first.texts];
  const place = second.texts.map((text) => places.get(text) ?? texts.push(text) - 1);
  for (let row = 0; row < second.ids.length; row++) ids[first.ids.length + row] = second.ids[row]! < 0 ? -1 : place[second.ids[row]!]!;
  return { ids, texts };
}
