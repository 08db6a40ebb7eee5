import sqlite from 'node-sqlite3-wasm';

/** What SQLite takes and gives here. Text with a NUL character equals nothing: it is bound as NULL. */
export type Value = string | number | null;

export type Row = Readonly<Record<string, Value>>;

/** An SQLite database in memory. Statements are prepared once, by their text. */
export interface Database {
  /** Statements without values or rows. */
  execute(sql: string): void;
  /** Every row. */
  all<R = Row>(sql: string, ...values: readonly Value[]): R[];
  /** The first row; undefined where there is none. */
  first<R = Row>(sql: string, ...values: readonly Value[]): R | undefined;
  /** Inserts rows of equal width, handed over as JSON: to bind 200,000 values one by one took twice as long. */
  insert(table: string, columns: readonly string[], rows: readonly (readonly Value[])[]): void;
}

const rowsPerInsert = 2000;

export function openDatabase(): Database {
  const database = new sqlite.Database(':memory:');
  const statements = new Map<string, sqlite.Statement>();

  const prepared = (sql: string): sqlite.Statement => {
    const known = statements.get(sql);
    if (known !== undefined) return known;
    const statement = database.prepare(sql);
    statements.set(sql, statement);
    return statement;
  };

  // Rows are always read to the last: a statement that is left half-way stands in the way of a rollback.
  const all = <R>(sql: string, ...values: readonly Value[]): R[] =>
    prepared(sql).all(values.map(bindable)) as R[];

  return {
    execute: (sql) => database.exec(sql),
    all,
    first: <R>(sql: string, ...values: readonly Value[]) => all<R>(sql, ...values)[0],
    insert(table, columns, rows) {
      const values = columns.map((_, index) => `value ->> ${index}`);
      const statement = prepared(
        `INSERT INTO ${table} (${columns.join(', ')}) SELECT ${values.join(', ')} FROM json_each(?)`,
      );
      for (let start = 0; start < rows.length; start += rowsPerInsert) {
        const some = rows.slice(start, start + rowsPerInsert);
        statement.run([JSON.stringify(some.map((row) => row.map(bindable)))]);
      }
    },
  };
}

/** node-sqlite3-wasm ends a text at its first NUL: `Python\0x` would find Python. */
function bindable(value: Value): Value {
  return typeof value === 'string' && value.includes('\0') ? null : value;
}
