using System.Diagnostics;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using SiOutcomeLab.Benchmarks.Rpc;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Mapping;
using SiOutcomeLab.Protos.Intake.V1;

namespace SiOutcomeLab.Benchmarks.Upload;

/// <summary>Sends the same bytes in the same chunks to a hub, and to a service that only takes them.</summary>
internal sealed class UploadLoad(byte[] file, int chunkBytes)
{
    private readonly ByteString _manifest = ByteString.CopyFrom(ManifestOf(file).ToJson(indented: false));

    /// <summary>Seconds from the first message to the answer that everything is durable. The upload is opened before and cancelled after.</summary>
    public async Task<double> ToHubAsync(GrpcChannel channel, string token, CancellationToken cancellationToken)
    {
        var intake = new IntakeService.IntakeServiceClient(channel);
        var headers = new Metadata { { "authorization", $"Bearer {token}" } };
        var request = new CreateUploadRequest { Manifest = _manifest };
        var upload = (await intake.CreateUploadAsync(request, headers, cancellationToken: cancellationToken)).Upload;
        var start = Stopwatch.GetTimestamp();
        using (var call = intake.UploadFile(headers, cancellationToken: cancellationToken))
        {
            await call.RequestStream.WriteAsync(
                new UploadFileRequest { Start = new UploadStart { Upload = upload.Name, File = SubmissionFile.Observations } }, cancellationToken);
            foreach (var (offset, data) in Chunks())
            {
                var chunk = new UploadChunk { Offset = offset, Data = UnsafeByteOperations.UnsafeWrap(data), Crc32C = Crc32C.Of(data.Span) };
                await call.RequestStream.WriteAsync(new UploadFileRequest { Chunk = chunk }, cancellationToken);
            }

            await call.RequestStream.CompleteAsync();
            var durable = (await call).DurableBytes;
            if (durable != file.Length) throw new InvalidDataException($"{durable} bytes are durable.");
        }

        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        await intake.CancelUploadAsync(new CancelUploadRequest { Name = upload.Name }, headers, cancellationToken: cancellationToken);
        return seconds;
    }

    /// <summary>Seconds from the first message to the answer.</summary>
    public async Task<double> ToServiceAsync(GrpcChannel channel, CancellationToken cancellationToken)
    {
        var start = Stopwatch.GetTimestamp();
        using var call = new Echo.EchoClient(channel).Upload(cancellationToken: cancellationToken);
        foreach (var (_, data) in Chunks())
        {
            await call.RequestStream.WriteAsync(new Chunk { Data = UnsafeByteOperations.UnsafeWrap(data) }, cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        await call;
        return Stopwatch.GetElapsedTime(start).TotalSeconds;
    }

    private IEnumerable<(long Offset, ReadOnlyMemory<byte> Data)> Chunks()
    {
        for (var at = 0; at < file.Length; at += chunkBytes) yield return (at, file.AsMemory(at, Math.Min(chunkBytes, file.Length - at)));
    }

    private static SubmissionManifest ManifestOf(byte[] file) => new(
        new OrganisationId("9901"),
        new ProjectId("upload-speed"),
        PeriodLength.Year,
        [Period.TryParse("1975", out var year) ? year : throw new InvalidOperationException("1975 is a year.")],
        new PopulationStatement("Nobody.", "A benchmark."),
        "A benchmark.",
        AllowedUses.OwnEvaluation,
        DataPolicy.OpenData,
        new ManifestFile(Convert.ToHexStringLower(SHA256.HashData(file)), file.Length, 1),
        null);
}
