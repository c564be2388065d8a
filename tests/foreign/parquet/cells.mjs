// One spelling of a cell for all readers, so that files can be compared value by value and bit by bit:
// null, a boolean, an integer in decimal, the bits of a float (f:) or double (d:), the bytes of text or bytes (x:).
const view = new DataView(new ArrayBuffer(8));

export const integer = (value) => BigInt(value).toString();

export function float(value) {
  view.setFloat32(0, value);
  return Number.isNaN(value) ? 'f:nan' : 'f:' + view.getUint32(0).toString(16).padStart(8, '0');
}

export function double(value) {
  view.setFloat64(0, value);
  return Number.isNaN(value) ? 'd:nan' : 'd:' + view.getBigUint64(0).toString(16).padStart(16, '0');
}

export const bytes = (value) => 'x:' + Buffer.from(value).toString('hex');

export const text = (value) => 'x:' + Buffer.from(value, 'utf8').toString('hex');

export async function readStdin() {
  const chunks = [];
  for await (const chunk of process.stdin) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString('utf8'));
}
