"""Pushes the NSW data set and reads its effects, with stubs that protoc made of the contract.

usage: client.py STUBS ADDRESS TOKEN DATASET push|query
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
channel = grpc.insecure_channel(address)


def read(name):
    with open(f"{dataset}/{name}", "rb") as file:
        return file.read()


def submission():
    yield intake_pb2.PushSubmissionRequest(header=intake_pb2.SubmissionHeader(manifest=read("manifest.json")))
    for name, kind in (("observations.parquet", intake_pb2.SUBMISSION_FILE_OBSERVATIONS),
                       ("participations.parquet", intake_pb2.SUBMISSION_FILE_PARTICIPATIONS)):
        data = read(name)
        for at in range(0, len(data), CHUNK):
            yield intake_pb2.PushSubmissionRequest(chunk=intake_pb2.FileChunk(file=kind, data=data[at:at + CHUNK]))


if verb == "push":
    reply = intake_grpc.IntakeServiceStub(channel).PushSubmission(submission(), metadata=metadata, timeout=60)
    print(json.dumps({"accepted": reply.HasField("accepted"), "wasThere": reply.was_there,
                      "rows": reply.accepted.observation_rows, "contentHash": reply.accepted.content_hash}))
else:
    reply = effects_grpc.EffectServiceStub(channel).ListEffects(
        effects_pb2.ListEffectsRequest(filter=effects_pb2.EffectFilter(plan="nsw-entropy-balancing")), metadata=metadata, timeout=60)
    print(json.dumps([{"name": e.name, "role": e.role, "point": e.estimate.point.value} for e in reply.effects]))
