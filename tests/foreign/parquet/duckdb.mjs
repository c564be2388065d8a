// stdin: {"run": [sql…], "dump": [path or select…]}; stdout: {"tables": [{"names": […], "rows": [[cell…]…]}…]}
import { DuckDBInstance } from '@duckdb/node-api';
import { bytes, double, float, integer, readStdin, text } from './cells.mjs';

const cellOf = {
  BOOLEAN: (v) => (v ? 'true' : 'false'),
  TINYINT: integer, SMALLINT: integer, INTEGER: integer, BIGINT: integer,
  UTINYINT: integer, USMALLINT: integer, UINTEGER: integer, UBIGINT: integer,
  FLOAT: float, DOUBLE: double,
  VARCHAR: text,
  BLOB: (v) => bytes(v.bytes),
  DATE: (v) => integer(v.days),
  TIMESTAMP: (v) => integer(v.micros),
  'TIMESTAMP WITH TIME ZONE': (v) => integer(v.micros),
  TIMESTAMP_MS: (v) => integer(v.millis ?? v.milliseconds),
};

const request = await readStdin();
const instance = await DuckDBInstance.create(':memory:', { threads: '1' });
const connection = await instance.connect();
for (const sql of request.run ?? []) await connection.run(sql);
const tables = [];
for (const path of request.dump ?? []) {
  const result = await connection.runAndReadAll(path.startsWith('select ') ? path : `select * from read_parquet('${path}')`);
  const types = result.columnTypes().map((type) => String(type));
  const rows = result.getRows().map((row) => row.map((value, i) => {
    if (value === null) return null;
    const cell = cellOf[types[i].replace(/\(.*$/, '')];
    if (!cell) throw new Error(`no cell for ${types[i]}`);
    return cell(value);
  }));
  tables.push({ names: result.columnNames(), types, rows });
}
process.stdout.write(JSON.stringify({ tables }));
