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

if (verb === 'push') {
  const { IntakeService } = load('sioutcomelab/intake/v1/intake_service.proto').sioutcomelab.intake.v1;
  const client = new IntakeService(address, credentials);
  const call = client.pushSubmission(metadata, { deadline: Date.now() + 60_000 }, (error, reply) => {
    if (error) throw error;
    console.log(JSON.stringify({ accepted: !!reply.accepted, wasThere: reply.wasThere, rows: reply.accepted?.observationRows, contentHash: reply.accepted?.contentHash }));
    client.close();
  });
  call.write({ header: { manifest: readFileSync(join(dataset, 'manifest.json')) } });
  for (const [name, file] of [['observations.parquet', 'SUBMISSION_FILE_OBSERVATIONS'], ['participations.parquet', 'SUBMISSION_FILE_PARTICIPATIONS']]) {
    const data = readFileSync(join(dataset, name));
    for (let at = 0; at < data.length; at += 65_536) call.write({ chunk: { file, data: data.subarray(at, at + 65_536) } });
  }
  call.end();
} else {
  const { EffectService } = load('sioutcomelab/effects/v1/effect_service.proto').sioutcomelab.effects.v1;
  const client = new EffectService(address, credentials);
  client.listEffects({ filter: { plan: 'nsw-entropy-balancing' } }, metadata, { deadline: Date.now() + 60_000 }, (error, reply) => {
    if (error) throw error;
    console.log(JSON.stringify(reply.effects.map(e => ({ name: e.name, role: e.role, point: e.estimate?.point?.value }))));
    client.close();
  });
}
