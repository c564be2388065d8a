// Runs gRPC's interop cases with @grpc/grpc-js. usage: node interop.mjs FOREIGN_FOLDER PROTO PORT
// Prints one JSON line a case: {"case": …, "error": null | text}.
import { createRequire } from 'node:module';
import { strict as assert } from 'node:assert';
import path from 'node:path';

const [folder, proto, port] = process.argv.slice(2);
const require = createRequire(path.join(folder, 'package.json'));
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const api = grpc.loadPackageDefinition(loader.loadSync(proto, { keepCase: true })).grpc.testing;
const address = `127.0.0.1:${port}`;
const make = (options = {}) => new api.TestService(address, grpc.credentials.createInsecure(), options);
const client = make();
const gzip = make({ 'grpc.default_compression_algorithm': 2 });
const zeros = n => ({ body: Buffer.alloc(n) });
const yes = { value: true }, no = { value: false };

const unary = (c, method, request, metadata = new grpc.Metadata()) => new Promise((resolve, reject) => {
  const seen = {};
  const call = c[method](request, metadata, (error, response) => setImmediate(() => error ? reject(error) : resolve({ response, ...seen })));
  call.on('metadata', m => { seen.initial = m; });
  call.on('status', s => { seen.trailing = s.metadata; });
});
const failure = promise => promise.then(() => assert.fail('the call succeeded'), e => e);
const sizesOf = call => new Promise((resolve, reject) => {
  const sizes = [];
  call.on('data', r => sizes.push(r.payload.body.length));
  call.on('error', reject);
  call.on('end', () => resolve(sizes));
});
const send = (call, message, flags) => new Promise(resolve => call.write(message, flags, resolve));
const ask = (size, payload) => ({ response_parameters: [{ size }], payload: zeros(payload) });

const cases = {
  async empty_unary() { assert.deepEqual((await unary(client, 'EmptyCall', {})).response, {}); },
  async large_unary() {
    const { response } = await unary(client, 'UnaryCall', { response_size: 314159, payload: zeros(271828) });
    assert.equal(response.payload.body.length, 314159);
  },
  async client_compressed_unary() {
    const request = { expect_compressed: yes, response_size: 314159, payload: zeros(271828) };
    assert.equal((await failure(unary(client, 'UnaryCall', request))).code, grpc.status.INVALID_ARGUMENT);
    assert.equal((await unary(gzip, 'UnaryCall', request)).response.payload.body.length, 314159);
    assert.equal((await unary(client, 'UnaryCall', { ...request, expect_compressed: no })).response.payload.body.length, 314159);
  },
  async server_compressed_unary() {
    for (const response_compressed of [yes, no]) {
      const { response } = await unary(client, 'UnaryCall', { response_compressed, response_size: 314159, payload: zeros(271828) });
      assert.equal(response.payload.body.length, 314159);
    }
  },
  client_streaming: () => new Promise((resolve, reject) => {
    const call = client.StreamingInputCall((e, r) => e ? reject(e) : resolve(assert.equal(r.aggregated_payload_size, 74922)));
    for (const size of [27182, 8, 1828, 45904]) call.write({ payload: zeros(size) });
    call.end();
  }),
  async client_compressed_streaming() {
    const probe = await failure(new Promise((resolve, reject) => {
      const call = client.StreamingInputCall((e, r) => e ? reject(e) : resolve(r));
      call.end({ expect_compressed: yes, payload: zeros(27182) });
    }));
    assert.equal(probe.code, grpc.status.INVALID_ARGUMENT);
    await new Promise((resolve, reject) => {
      const call = gzip.StreamingInputCall((e, r) => e ? reject(e) : resolve(assert.equal(r.aggregated_payload_size, 73086)));
      call.write({ expect_compressed: yes, payload: zeros(27182) });
      call.write({ expect_compressed: no, payload: zeros(45904) }, grpc.writeFlags?.NoCompress ?? 2);
      call.end();
    });
  },
  async server_streaming() {
    const sizes = [31415, 9, 2653, 58979];
    assert.deepEqual(await sizesOf(client.StreamingOutputCall({ response_parameters: sizes.map(size => ({ size })) })), sizes);
  },
  async server_compressed_streaming() {
    const response_parameters = [{ size: 31415, compressed: yes }, { size: 92653, compressed: no }];
    assert.deepEqual(await sizesOf(client.StreamingOutputCall({ response_parameters })), [31415, 92653]);
  },
  async ping_pong() {
    const call = client.FullDuplexCall();
    const turns = [[31415, 27182], [9, 8], [2653, 1828], [58979, 45904]];
    const ended = new Promise((resolve, reject) => { call.on('end', resolve); call.on('error', reject); });
    for (const [size, payload] of turns) {
      const answer = new Promise(resolve => call.once('data', resolve));
      call.write(ask(size, payload));
      assert.equal((await answer).payload.body.length, size);
    }
    call.end();
    await ended;
  },
  async empty_stream() {
    const call = client.FullDuplexCall();
    call.end();
    assert.deepEqual(await sizesOf(call), []);
  },
  async custom_metadata() {
    const metadata = new grpc.Metadata();
    metadata.set('x-grpc-test-echo-initial', 'test_initial_metadata_value');
    metadata.set('x-grpc-test-echo-trailing-bin', Buffer.from('ababab', 'hex'));
    const check = (initial, trailing) => {
      assert.deepEqual(initial.get('x-grpc-test-echo-initial'), ['test_initial_metadata_value']);
      assert.deepEqual(trailing.get('x-grpc-test-echo-trailing-bin'), [Buffer.from('ababab', 'hex')]);
    };
    const seen = await unary(client, 'UnaryCall', { response_size: 314159, payload: zeros(271828) }, metadata);
    check(seen.initial, seen.trailing);
    const call = client.FullDuplexCall(metadata);
    const initial = new Promise(resolve => call.on('metadata', resolve));
    const trailing = new Promise(resolve => call.on('status', s => resolve(s.metadata)));
    call.write(ask(314159, 271828));
    call.end();
    assert.deepEqual(await sizesOf(call), [314159]);
    check(await initial, await trailing);
  },
  status_code_and_message: () => echoed('test status message'),
  special_status_message: () => echoed('\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n'),
  async unimplemented_method() { assert.equal((await failure(unary(client, 'UnimplementedCall', {}))).code, 12); },
  async unimplemented_service() {
    const other = new api.UnimplementedService(address, grpc.credentials.createInsecure());
    assert.equal((await failure(unary(other, 'UnimplementedCall', {}))).code, 12);
  },
  async cancel_after_begin() {
    const error = await failure(new Promise((resolve, reject) => {
      const call = client.StreamingInputCall((e, r) => e ? reject(e) : resolve(r));
      setTimeout(() => call.cancel(), 50);
    }));
    assert.equal(error.code, grpc.status.CANCELLED);
  },
  async cancel_after_first_response() {
    const call = client.FullDuplexCall();
    const error = new Promise(resolve => call.on('error', resolve));
    call.once('data', () => call.cancel());
    call.write(ask(31415, 27182));
    assert.equal((await error).code, grpc.status.CANCELLED);
  },
  async timeout_on_sleeping_server() {
    const call = client.FullDuplexCall({ deadline: Date.now() + 1 });
    const error = new Promise(resolve => call.on('error', resolve));
    call.write({ payload: zeros(27182) });
    assert.equal((await error).code, grpc.status.DEADLINE_EXCEEDED);
  },
};

async function echoed(message) {
  const response_status = { code: 2, message };
  const one = await failure(unary(client, 'UnaryCall', { response_status }));
  assert.deepEqual([one.code, one.details], [2, message]);
  const call = client.FullDuplexCall();
  const error = new Promise(resolve => call.on('error', resolve));
  call.write({ response_status });
  call.end();
  const two = await error;
  assert.deepEqual([two.code, two.details], [2, message]);
}

for (const [name, run] of Object.entries(cases)) {
  const limit = new Promise((_, reject) => setTimeout(() => reject(new Error('no end after 10 s')), 10_000).unref());
  const error = await Promise.race([run(), limit]).then(() => null, e => String(e.stack ?? e));
  console.log(JSON.stringify({ case: name, error }));
}
process.exit(0);
