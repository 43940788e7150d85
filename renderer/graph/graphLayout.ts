// Where the values of an expression stand: in columns by how far they are from what was given, ordered so that few lines cross. Pure.

export interface GraphPlaces {
  /** Columns, the given values in the first. */
  readonly depth: number;
  /** How far apart the outermost places across the columns are: 0 for one row. */
  readonly breadth: number;
  /** For each node its column, and its place across, from 0. */
  readonly places: readonly GraphPlace[];
  /** For each edge the places between its ends, where it passes columns. */
  readonly bends: readonly (readonly GraphPlace[])[];
}

export interface GraphPlace {
  readonly column: number;
  readonly across: number;
}

export interface LaidEdge {
  readonly from: number;
  readonly to: number;
}

/** A node, or a place where a long edge passes a column. */
interface Item {
  readonly column: number;
  readonly before: Item[];
  readonly after: Item[];
  across: number;
}

const sweeps = 12;

/** Edges lead to later nodes. */
export function layOutGraph(count: number, edges: readonly LaidEdge[]): GraphPlaces {
  const columns = columnsOf(count, edges);
  const depth = Math.max(0, ...columns) + 1;
  const rows: Item[][] = Array.from({ length: depth }, () => []);
  const add = (column: number): Item => {
    const row = rows[column] ?? [];
    const item: Item = { column, before: [], after: [], across: row.length };
    row.push(item);
    return item;
  };
  const nodes = columns.map(add);
  const bends = edges.map(({ from, to }) => {
    const [start, end] = [nodes[from], nodes[to]];
    if (start === undefined || end === undefined) return [];
    const between = Array.from({ length: Math.max(0, end.column - start.column - 1) }, (_, at) =>
      add(start.column + 1 + at),
    );
    const way = [start, ...between, end];
    way.forEach((item, at) => {
      const next = way[at + 1];
      if (next === undefined) return;
      item.after.push(next);
      next.before.push(item);
    });
    return between;
  });
  for (let sweep = 0; sweep < sweeps; sweep++) {
    const isForward = sweep % 2 === 0;
    for (const row of isForward ? rows : [...rows].reverse()) orderRow(row, isForward ? "before" : "after");
  }
  for (let sweep = 0; sweep < sweeps; sweep++)
    for (const row of sweep % 2 === 0 ? rows : [...rows].reverse()) relax(row);
  const least = Math.min(...rows.flat().map(({ across }) => across));
  const place = ({ column, across }: Item): GraphPlace => ({ column, across: across - least });
  return {
    depth,
    breadth: Math.max(...rows.flat().map(({ across }) => across)) - least,
    places: nodes.map(place),
    bends: bends.map((items) => items.map(place)),
  };
}

/** The longest way from anything given; what is given stands just before its first use. */
function columnsOf(count: number, edges: readonly LaidEdge[]): readonly number[] {
  const columns = Array.from({ length: count }, () => 0);
  const into = columns.map((_, node) => edges.filter(({ to }) => to === node));
  for (let node = 0; node < count; node++)
    columns[node] = (into[node] ?? []).reduce((most, { from }) => Math.max(most, (columns[from] ?? 0) + 1), 0);
  return columns.map((column, node) => {
    if ((into[node] ?? []).length > 0) return column;
    const used = edges.filter(({ from }) => from === node).map(({ to }) => columns[to] ?? 1);
    return used.length === 0 ? column : Math.max(0, Math.min(...used) - 1);
  });
}

function mean(items: readonly Item[], otherwise: number): number {
  return items.length === 0 ? otherwise : items.reduce((sum, { across }) => sum + across, 0) / items.length;
}

/** By the mean place of the neighbours on one side. */
function orderRow(row: Item[], side: "before" | "after"): void {
  const wanted = new Map(row.map((item) => [item, mean(item[side], item.across)]));
  row.sort((left, right) => (wanted.get(left) ?? 0) - (wanted.get(right) ?? 0) || left.across - right.across);
  row.forEach((item, at) => {
    item.across = at - (row.length - 1) / 2;
  });
}

/** Towards the neighbours on both sides, at least one apart, order kept. */
function relax(row: readonly Item[]): void {
  const wanted = row.map((item) => mean([...item.before, ...item.after], item.across));
  const placed: number[] = [];
  for (const each of wanted) placed.push(Math.max(each, (placed.at(-1) ?? Number.NEGATIVE_INFINITY) + 1));
  // Pushing went one way only: the row as a whole goes back by what it was pushed.
  const pushed = placed.reduce((sum, each, at) => sum + each - (wanted[at] ?? each), 0) / Math.max(1, row.length);
  row.forEach((item, at) => {
    item.across = (placed[at] ?? 0) - pushed;
  });
}
