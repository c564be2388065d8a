// stdin: {"dump": [path…]}; stdout: {"tables": [{"names": […], "rows": [[cell…]…]}…]}
import { readFile } from 'node:fs/promises';
import { gunzipSync } from 'node:zlib';
import { parquetMetadata, parquetRead } from 'hyparquet';
import { compressors } from 'hyparquet-compressors';
import { bytes, double, float, integer, readStdin, text } from './cells.mjs';

function cell(value, type) {
  if (value === null || value === undefined) return null;
  switch (type) {
    case 'BOOLEAN': return value ? 'true' : 'false';
    case 'INT32': return value instanceof Date ? integer(Math.round(value.getTime() / 86400000)) : integer(value);
    case 'INT64': return value instanceof Date ? integer(BigInt(value.getTime()) * 1000n) : integer(value);
    case 'FLOAT': return float(value);
    case 'DOUBLE': return double(value);
    default: return typeof value === 'string' ? text(value) : bytes(value);
  }
}

const request = await readStdin();
const tables = [];
for (const path of request.dump) {
  const content = await readFile(path);
  const file = content.buffer.slice(content.byteOffset, content.byteOffset + content.byteLength);
  const metadata = parquetMetadata(file);
  const leaves = metadata.schema.slice(1);
  const rows = [];
  await parquetRead({
    file, metadata, utf8: false, rowFormat: 'array',
    compressors: { ...compressors, GZIP: (input) => new Uint8Array(gunzipSync(input)) },
    onComplete: (all) => { for (const row of all) rows.push(row.map((value, i) => cell(value, leaves[i].type))); },
  });
  tables.push({ names: leaves.map((leaf) => leaf.name), rows });
}
process.stdout.write(JSON.stringify({ tables }));
