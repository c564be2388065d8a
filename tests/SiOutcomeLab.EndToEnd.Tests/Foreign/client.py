"""Pushes the NSW data set and reads its effects, with stubs that protoc made of the contract.

usage: client.py STUBS ADDRESS TOKEN DATASET push|query [CA CERTIFICATE KEY]
With the last three, over mutual TLS.
Prints one JSON document.
"""
import json
import sys

stubs, address, token, dataset, verb = sys.argv[1:6]
sys.path.insert(0, stubs)

import grpc  # noqa: E402
from sioutcomelab.effects.v1 import effect_service_pb2 as effects_pb2  # noqa: E402
from sioutcomelab.effects.v1 import effect_service_pb2_grpc as effects_grpc  # noqa: E402
from sioutcomelab.intake.v1 import intake_service_pb2 as intake_pb2  # noqa: E402
from sioutcomelab.intake.v1 import intake_service_pb2_grpc as intake_grpc  # noqa: E402

CHUNK = 64 * 1024
metadata = [("authorization", "Bearer " + token)]
if len(sys.argv) > 6:
    authority, certificate, key = (open(path, "rb").read() for path in sys.argv[6:9])
    channel = grpc.secure_channel(address, grpc.ssl_channel_credentials(authority, key, certificate))
else:
    channel = grpc.insecure_channel(address)


def read(name):
    with open(f"{dataset}/{name}", "rb") as file:
        return file.read()


def crc_table():
    table = []
    for value in range(256):
        for _ in range(8):
            value = (value >> 1) ^ (0x82F63B78 if value & 1 else 0)
        table.append(value)
    return table


TABLE = crc_table()


def crc32c(data):
    crc = 0xFFFFFFFF
    for byte in data:
        crc = (crc >> 8) ^ TABLE[(crc ^ byte) & 0xFF]
    return crc ^ 0xFFFFFFFF


def file_messages(upload, kind, data, offset):
    yield intake_pb2.UploadFileRequest(start=intake_pb2.UploadStart(upload=upload, file=kind, offset=offset))
    for at in range(offset, len(data), CHUNK):
        chunk = data[at:at + CHUNK]
        yield intake_pb2.UploadFileRequest(chunk=intake_pb2.UploadChunk(offset=at, data=chunk, crc32c=crc32c(chunk)))


def push(stub):
    created = stub.CreateUpload(intake_pb2.CreateUploadRequest(manifest=read("manifest.json")), metadata=metadata, timeout=60)
    if created.HasField("accepted"):
        return created.accepted, True
    names = {intake_pb2.SUBMISSION_FILE_OBSERVATIONS: "observations.parquet", intake_pb2.SUBMISSION_FILE_PARTICIPATIONS: "participations.parquet"}
    for file in created.upload.files:
        stub.UploadFile(file_messages(created.upload.name, file.file, read(names[file.file]), file.durable_bytes), metadata=metadata, timeout=60)
    return stub.FinaliseUpload(intake_pb2.FinaliseUploadRequest(name=created.upload.name), metadata=metadata, timeout=60).accepted, False


if verb == "push":
    accepted, was_there = push(intake_grpc.IntakeServiceStub(channel))
    print(json.dumps({"wasThere": was_there, "rows": accepted.receipt.files[0].rows, "contentHash": accepted.receipt.content_hash,
                      "receipt": accepted.receipt_bytes.hex()}))
else:
    reply = effects_grpc.EffectServiceStub(channel).ListEffects(
        effects_pb2.ListEffectsRequest(filter=effects_pb2.EffectFilter(plan="nsw-entropy-balancing")), metadata=metadata, timeout=60)
    print(json.dumps([{"name": e.name, "role": e.role, "point": e.estimate.point.value} for e in reply.effects]))
