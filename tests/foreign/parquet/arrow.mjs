// arrow-rs (as parquet-wasm) for Parquet, apache-arrow for the cells.
// stdin: {"write": [{"from": path, "path": path, "codec", "version", "encoding", "dictionary", "pageBytes"}…], "dump": [path…]}
// stdout: {"tables": [{"names": […], "rows": [[cell…]…]}…]}
import { readFile, writeFile } from 'node:fs/promises';
import { tableFromIPC, Type } from 'apache-arrow';
import {
  Compression, Encoding, readParquet, WriterPropertiesBuilder, WriterVersion, writeParquet,
} from 'parquet-wasm/node';
import { bytes, double, float, integer, readStdin, text } from './cells.mjs';

function decimal(words, scale) {
  let value = 0n;
  for (let i = words.length - 1; i >= 0; i--) value = (value << 32n) | BigInt(words[i]);
  value = BigInt.asIntN(words.length * 32, value);
  const digits = (value < 0n ? -value : value).toString().padStart(scale + 1, '0');
  const point = digits.length - scale;
  return (value < 0n ? '-' : '') + digits.slice(0, point) + (scale > 0 ? `.${digits.slice(point)}` : '');
}

function cell(data, i) {
  if (!data.getValid(i)) return null;
  const { type } = data;
  switch (type.typeId) {
    case Type.Bool: return (data.values[(data.offset + i) >> 3] >> ((data.offset + i) & 7)) & 1 ? 'true' : 'false';
    case Type.Int: case Type.Date: case Type.Timestamp: case Type.Time: return integer(data.values[i]);
    case Type.Float: return type.precision === 2 ? double(data.values[i]) : float(data.values[i]);
    case Type.Decimal: {
      const words = type.bitWidth / 32;
      return text(decimal(data.values.subarray(i * words, (i + 1) * words), type.scale));
    }
    case Type.FixedSizeBinary: return bytes(data.values.subarray(i * type.byteWidth, (i + 1) * type.byteWidth));
    case Type.Utf8: case Type.Binary: return bytes(data.values.subarray(data.valueOffsets[i], data.valueOffsets[i + 1]));
    default: throw new Error(`no cell for ${type}`);
  }
}

const request = await readStdin();
for (const { from, path, codec, version, encoding, dictionary, pageBytes } of request.write ?? []) {
  let properties = new WriterPropertiesBuilder()
    .setCompression(Compression[codec])
    .setWriterVersion(version === 2 ? WriterVersion.V2 : WriterVersion.V1)
    .setDictionaryEnabled(dictionary);
  if (encoding) for (const [column, choice] of Object.entries(encoding)) properties = properties.setColumnEncoding(column, Encoding[choice]);
  if (pageBytes) properties = properties.setDataPageSizeLimit(pageBytes).setWriteBatchSize(64);
  await writeFile(path, writeParquet(readParquet(await readFile(from)), properties.build()));
}

const tables = [];
for (const path of request.dump ?? []) {
  const table = tableFromIPC(readParquet(await readFile(path)).intoIPCStream());
  const rows = [];
  for (const batch of table.batches) {
    const columns = batch.data.children;
    for (let i = 0; i < batch.numRows; i++) rows.push(columns.map((data) => cell(data, i)));
  }
  tables.push({ names: table.schema.fields.map((field) => field.name), types: table.schema.fields.map((field) => String(field.type)), rows });
}
process.stdout.write(JSON.stringify({ tables }));
