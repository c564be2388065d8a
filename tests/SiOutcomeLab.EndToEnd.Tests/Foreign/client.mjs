// Pushes the NSW data set and reads its effects with @grpc/grpc-js, the contract loaded as it stands.
// usage: node client.mjs MODULES PROTOS ADDRESS TOKEN DATASET push|query — prints one JSON document.
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const [modules, protos, address, token, dataset, verb] = process.argv.slice(2);
const require = createRequire(join(modules, 'package.json'));
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const load = file => grpc.loadPackageDefinition(loader.loadSync(file, { includeDirs: [protos], enums: String, longs: Number, defaults: true, oneofs: true }));
const credentials = grpc.credentials.createInsecure();
const metadata = new grpc.Metadata();
metadata.set('authorization', 'Bearer ' + token);

const table = Uint32Array.from({ length: 256 }, (_, n) => {
  for (let i = 0; i < 8; i++) n = (n >>> 1) ^ (n & 1 ? 0x82f63b78 : 0);
  return n >>> 0;
});
const crc32c = data => {
  let crc = 0xffffffff;
  for (const byte of data) crc = (crc >>> 8) ^ table[(crc ^ byte) & 0xff];
  return (crc ^ 0xffffffff) >>> 0;
};

if (verb === 'push') {
  const { IntakeService } = load('sioutcomelab/intake/v1/intake_service.proto').sioutcomelab.intake.v1;
  const client = new IntakeService(address, credentials);
  const options = () => ({ deadline: Date.now() + 60_000 });
  const unary = (method, request) => new Promise((resolve, reject) =>
    client[method](request, metadata, options(), (error, reply) => (error ? reject(error) : resolve(reply))));
  const send = (upload, file, data) => new Promise((resolve, reject) => {
    const call = client.uploadFile(metadata, options(), (error, reply) => (error ? reject(error) : resolve(reply)));
    call.write({ start: { upload, file: file.file, offset: file.durableBytes } });
    for (let at = file.durableBytes; at < data.length; at += 65_536) {
      const chunk = data.subarray(at, at + 65_536);
      call.write({ chunk: { offset: at, data: chunk, crc32c: crc32c(chunk) } });
    }
    call.end();
  });

  const names = { SUBMISSION_FILE_OBSERVATIONS: 'observations.parquet', SUBMISSION_FILE_PARTICIPATIONS: 'participations.parquet' };
  const created = await unary('createUpload', { manifest: readFileSync(join(dataset, 'manifest.json')) });
  let accepted = created.accepted;
  if (!accepted) {
    for (const file of created.upload.files) await send(created.upload.name, file, readFileSync(join(dataset, names[file.file])));
    accepted = (await unary('finaliseUpload', { name: created.upload.name })).accepted;
  }
  console.log(JSON.stringify({
    wasThere: !!created.accepted, rows: accepted.receipt.files[0].rows, contentHash: accepted.receipt.contentHash, receipt: accepted.receiptBytes.toString('hex'),
  }));
  client.close();
} else {
  const { EffectService } = load('sioutcomelab/effects/v1/effect_service.proto').sioutcomelab.effects.v1;
  const client = new EffectService(address, credentials);
  client.listEffects({ filter: { plan: 'nsw-entropy-balancing' } }, metadata, { deadline: Date.now() + 60_000 }, (error, reply) => {
    if (error) throw error;
    console.log(JSON.stringify(reply.effects.map(e => ({ name: e.name, role: e.role, point: e.estimate?.point?.value }))));
    client.close();
  });
}
