"""gRPC's interop cases with grpcio, as client or as server.

usage: interop.py client PROTO PORT   prints one JSON line a case: {"case": …, "error": null | text}
       interop.py server PROTO        prints the port, serves until its input ends
"""
import importlib, json, os, sys, tempfile, time, traceback
from concurrent import futures

import grpc
from grpc_tools import protoc

PROTO = sys.argv[2]


def stubs():
    out = tempfile.mkdtemp()
    folder, name = os.path.split(os.path.abspath(PROTO))
    if protoc.main(["", "-I" + folder, "--python_out=" + out, "--grpc_python_out=" + out, name]) != 0:
        raise RuntimeError("protoc failed")
    sys.path.insert(0, out)
    base = name[: -len(".proto")]
    return importlib.import_module(base + "_pb2"), importlib.import_module(base + "_pb2_grpc")


pb, rpc = stubs()
ECHO_INITIAL, ECHO_TRAILING = "x-grpc-test-echo-initial", "x-grpc-test-echo-trailing-bin"
SPECIAL = "\t\ntest with whitespace\r\nand Unicode BMP ☺ and non-BMP 😈\t\n"
YES, NO = pb.BoolValue(value=True), pb.BoolValue(value=False)


def zeros(n):
    return pb.Payload(body=b"\0" * n)


def ask(size, payload):
    return pb.StreamingOutputCallRequest(response_parameters=[pb.ResponseParameters(size=size)], payload=zeros(payload))


class Cases:
    def __init__(self, channel):
        self.channel, self.stub = channel, rpc.TestServiceStub(channel)

    def code_of(self, call):
        try:
            call()
        except grpc.RpcError as e:
            return e.code()
        return None

    def empty_unary(self):
        assert self.stub.EmptyCall(pb.Empty()) == pb.Empty()

    def large_unary(self):
        r = self.stub.UnaryCall(pb.SimpleRequest(response_size=314159, payload=zeros(271828)))
        assert r.payload == zeros(314159)

    def client_compressed_unary(self):
        q = pb.SimpleRequest(expect_compressed=YES, response_size=314159, payload=zeros(271828))
        assert self.code_of(lambda: self.stub.UnaryCall(q)) == grpc.StatusCode.INVALID_ARGUMENT
        assert self.stub.UnaryCall(q, compression=grpc.Compression.Gzip).payload == zeros(314159)
        q.expect_compressed.CopyFrom(NO)
        assert self.stub.UnaryCall(q).payload == zeros(314159)

    def server_compressed_unary(self):
        for flag in (YES, NO):
            q = pb.SimpleRequest(response_compressed=flag, response_size=314159, payload=zeros(271828))
            assert self.stub.UnaryCall(q).payload == zeros(314159)

    def client_streaming(self):
        sizes = (27182, 8, 1828, 45904)
        r = self.stub.StreamingInputCall(pb.StreamingInputCallRequest(payload=zeros(n)) for n in sizes)
        assert r.aggregated_payload_size == 74922

    def client_compressed_streaming(self):
        # grpcio cannot leave one message of a compressed stream plain, so both are compressed.
        def requests():
            return iter([pb.StreamingInputCallRequest(expect_compressed=YES, payload=zeros(n)) for n in (27182, 45904)])

        assert self.code_of(lambda: self.stub.StreamingInputCall(requests())) == grpc.StatusCode.INVALID_ARGUMENT
        r = self.stub.StreamingInputCall(requests(), compression=grpc.Compression.Gzip)
        assert r.aggregated_payload_size == 73086

    def server_streaming(self):
        sizes = [31415, 9, 2653, 58979]
        q = pb.StreamingOutputCallRequest(response_parameters=[pb.ResponseParameters(size=n) for n in sizes])
        assert [len(r.payload.body) for r in self.stub.StreamingOutputCall(q)] == sizes

    def server_compressed_streaming(self):
        q = pb.StreamingOutputCallRequest(response_parameters=[
            pb.ResponseParameters(size=31415, compressed=YES), pb.ResponseParameters(size=92653, compressed=NO)])
        assert [len(r.payload.body) for r in self.stub.StreamingOutputCall(q)] == [31415, 92653]

    def ping_pong(self):
        import queue
        requests = queue.Queue()
        call = self.stub.FullDuplexCall(iter(requests.get, None))
        for size, payload in ((31415, 27182), (9, 8), (2653, 1828), (58979, 45904)):
            requests.put(ask(size, payload))
            assert len(next(call).payload.body) == size
        requests.put(None)
        assert list(call) == []

    def empty_stream(self):
        assert list(self.stub.FullDuplexCall(iter(()))) == []

    def custom_metadata(self):
        metadata = ((ECHO_INITIAL, "test_initial_metadata_value"), (ECHO_TRAILING, b"\xab\xab\xab"))

        def check(call):
            assert dict(call.initial_metadata())[ECHO_INITIAL] == "test_initial_metadata_value"
            assert dict(call.trailing_metadata())[ECHO_TRAILING] == b"\xab\xab\xab"

        q = pb.SimpleRequest(response_size=314159, payload=zeros(271828))
        check(self.stub.UnaryCall.with_call(q, metadata=metadata)[1])
        call = self.stub.FullDuplexCall(iter([ask(314159, 271828)]), metadata=metadata)
        assert len(list(call)) == 1
        check(call)

    def echoed(self, message):
        status = pb.EchoStatus(code=2, message=message)
        try:
            self.stub.UnaryCall(pb.SimpleRequest(response_status=status))
            raise AssertionError("the call succeeded")
        except grpc.RpcError as e:
            assert (e.code(), e.details()) == (grpc.StatusCode.UNKNOWN, message), (e.code(), e.details())
        try:
            list(self.stub.FullDuplexCall(iter([pb.StreamingOutputCallRequest(response_status=status)])))
            raise AssertionError("the call succeeded")
        except grpc.RpcError as e:
            assert (e.code(), e.details()) == (grpc.StatusCode.UNKNOWN, message), (e.code(), e.details())

    def status_code_and_message(self):
        self.echoed("test status message")

    def special_status_message(self):
        self.echoed(SPECIAL)

    def unimplemented_method(self):
        assert self.code_of(lambda: self.stub.UnimplementedCall(pb.Empty())) == grpc.StatusCode.UNIMPLEMENTED

    def unimplemented_service(self):
        other = rpc.UnimplementedServiceStub(self.channel)
        assert self.code_of(lambda: other.UnimplementedCall(pb.Empty())) == grpc.StatusCode.UNIMPLEMENTED

    def cancel_after_begin(self):
        import threading
        go = threading.Event()

        def requests():
            go.wait(10)
            return
            yield

        call = self.stub.StreamingInputCall.future(requests())
        time.sleep(0.05)
        call.cancel()
        go.set()
        assert call.code() == grpc.StatusCode.CANCELLED

    def cancel_after_first_response(self):
        import queue
        requests = queue.Queue()
        requests.put(ask(31415, 27182))
        call = self.stub.FullDuplexCall(iter(requests.get, None))
        assert len(next(call).payload.body) == 31415
        call.cancel()
        requests.put(None)
        assert self.code_of(lambda: next(call)) == grpc.StatusCode.CANCELLED

    def timeout_on_sleeping_server(self):
        import queue
        requests = queue.Queue()
        requests.put(pb.StreamingOutputCallRequest(payload=zeros(27182)))
        call = self.stub.FullDuplexCall(iter(requests.get, None), timeout=0.001)
        code = self.code_of(lambda: next(call))
        requests.put(None)
        assert code == grpc.StatusCode.DEADLINE_EXCEEDED


class Service(rpc.TestServiceServicer):
    def echo(self, context):
        for key, value in context.invocation_metadata():
            if key == ECHO_INITIAL:
                context.send_initial_metadata(((key, value),))
            if key == ECHO_TRAILING:
                context.set_trailing_metadata(((key, value),))

    def refuse(self, status, context):
        if status.code:
            code = next(c for c in grpc.StatusCode if c.value[0] == status.code)
            context.abort(code, status.message)

    def EmptyCall(self, request, context):
        return pb.Empty()

    def UnaryCall(self, request, context):
        self.echo(context)
        self.refuse(request.response_status, context)
        if request.response_compressed.value:
            context.set_compression(grpc.Compression.Gzip)
        return pb.SimpleResponse(payload=zeros(request.response_size))

    def StreamingInputCall(self, requests, context):
        return pb.StreamingInputCallResponse(aggregated_payload_size=sum(len(r.payload.body) for r in requests))

    def respond(self, request, context):
        if any(p.compressed.value for p in request.response_parameters):
            context.set_compression(grpc.Compression.Gzip)
        for p in request.response_parameters:
            if not p.compressed.value:
                context.disable_next_message_compression()
            yield pb.StreamingOutputCallResponse(payload=zeros(p.size))

    def StreamingOutputCall(self, request, context):
        yield from self.respond(request, context)

    def FullDuplexCall(self, requests, context):
        self.echo(context)
        for request in requests:
            self.refuse(request.response_status, context)
            yield from self.respond(request, context)


if sys.argv[1] == "client":
    with grpc.insecure_channel("127.0.0.1:" + sys.argv[3]) as channel:
        cases = Cases(channel)
        for name in [n for n in vars(Cases) if "_" in n and not n.startswith("__") and n != "code_of"]:
            error = None
            try:
                getattr(cases, name)()
            except Exception:
                error = traceback.format_exc()
            print(json.dumps({"case": name, "error": error}), flush=True)
else:
    server = grpc.server(futures.ThreadPoolExecutor(max_workers=16))
    rpc.add_TestServiceServicer_to_server(Service(), server)
    print(server.add_insecure_port("127.0.0.1:0"), flush=True)
    server.start()
    sys.stdin.read()
    server.stop(0)
