// Small files by DuckDB in every codec and both versions, for --corpus:  node duckdb-corpus.mjs FOLDER
import { createRequire } from 'node:module';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

const here = path.dirname(new URL(import.meta.url).pathname);
const foreign = createRequire(path.join(here, '..', '..', 'tests', 'foreign', 'x.js'));
const { DuckDBInstance } = await import(pathToFileURL(foreign.resolve('@duckdb/node-api')).href);
const folder = process.argv[2];
fs.mkdirSync(folder, { recursive: true });
const db = await DuckDBInstance.create(':memory:');
const c = await db.connect();
const sql = `select (i % 3 = 0) as flag, (i % 7)::smallint as small, (i * 7919)::integer as number,
    (100000000000 + i * 982451653)::bigint as long, (i / 7.0)::float as single,
    case i % 11 when 0 then 'nan'::double when 1 then 'inf'::double else i / 3.0 end as real,
    ['F', 'M', 'X', 'Åmål'][1 + i % 4] as word, md5(i::varchar) as hex, date '2024-01-01' + (i % 400)::integer as day,
    timestamp '2024-01-01' + to_seconds(i) as at, (i * 1.25)::decimal(18,2) as money, (i * 1.25)::decimal(38,4) as big,
    case when i % 5 = 0 then null else i end as sometimes, md5(i::varchar)::uuid as id, (i % 3)::hugeint as huge
  from range(60) t(i)`;
for (const codec of ['uncompressed', 'snappy', 'gzip', 'zstd', 'brotli', 'lz4_raw']) {
  for (const version of ['v1', 'v2']) {
    const file = path.join(folder, `duckdb-${codec}-${version}.parquet`).replaceAll("'", "''");
    await c.run(`copy (${sql}) to '${file}' (format parquet, compression ${codec}, parquet_version ${version}, row_group_size 2048)`);
  }
}
