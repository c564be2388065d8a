using Google.Protobuf;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>The messages of a file's stream.</summary>
internal static class Uploading
{
    public static UploadFileRequest Start(string upload, SubmissionFile file, long offset) =>
        new() { Start = new UploadStart { Upload = upload, File = file, Offset = offset } };

    public static UploadFileRequest Chunk(ReadOnlyMemory<byte> data, long offset) =>
        new() { Chunk = new UploadChunk { Offset = offset, Data = UnsafeByteOperations.UnsafeWrap(data), Crc32C = Crc32C.Of(data.Span) } };
}

/// <summary>What became of a pushed submission: accepted or refused.</summary>
internal sealed record PushAnswer(Acceptance? Accepted, Refusal? Refused, bool WasThere);
