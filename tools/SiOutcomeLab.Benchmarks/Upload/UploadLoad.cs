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
internal sealed class UploadLoad(byte[] file, SubmissionManifest manifest, int chunkBytes)
{
    private readonly ByteString _manifest = ByteString.CopyFrom(manifest.ToJson(indented: false));

    /// <summary>Any bytes that begin as a Parquet file does, as a file that is never checked.</summary>
    public UploadLoad(byte[] file, int chunkBytes)
        : this(file, ManifestOf(file), chunkBytes)
    {
    }

    /// <summary>Opens an upload and sends the file.</summary>
    /// <returns>The upload's name.</returns>
    public async Task<string> SendAsync(GrpcChannel channel, string token, CancellationToken cancellationToken)
    {
        var upload = await OpenAsync(channel, token, cancellationToken);
        await StreamAsync(channel, token, upload, cancellationToken);
        return upload;
    }

    /// <summary>Seconds from the first message to the answer that everything is durable. The upload is opened before and cancelled after.</summary>
    public async Task<double> ToHubAsync(GrpcChannel channel, string token, CancellationToken cancellationToken)
    {
        var upload = await OpenAsync(channel, token, cancellationToken);
        var start = Stopwatch.GetTimestamp();
        await StreamAsync(channel, token, upload, cancellationToken);
        var seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        var intake = new IntakeService.IntakeServiceClient(channel);
        await intake.CancelUploadAsync(new CancelUploadRequest { Name = upload }, Headers(token), cancellationToken: cancellationToken);
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

    private async Task<string> OpenAsync(GrpcChannel channel, string token, CancellationToken cancellationToken)
    {
        var request = new CreateUploadRequest { Manifest = _manifest };
        var intake = new IntakeService.IntakeServiceClient(channel);
        return (await intake.CreateUploadAsync(request, Headers(token), cancellationToken: cancellationToken)).Upload.Name;
    }

    private async Task StreamAsync(GrpcChannel channel, string token, string upload, CancellationToken cancellationToken)
    {
        using var call = new IntakeService.IntakeServiceClient(channel).UploadFile(Headers(token), cancellationToken: cancellationToken);
        await call.RequestStream.WriteAsync(
            new UploadFileRequest { Start = new UploadStart { Upload = upload, File = SubmissionFile.Observations } }, cancellationToken);
        foreach (var (offset, data) in Chunks())
        {
            var chunk = new UploadChunk { Offset = offset, Data = UnsafeByteOperations.UnsafeWrap(data), Crc32C = Crc32C.Of(data.Span) };
            await call.RequestStream.WriteAsync(new UploadFileRequest { Chunk = chunk }, cancellationToken);
        }

        await call.RequestStream.CompleteAsync();
        var durable = (await call).DurableBytes;
        if (durable != file.Length) throw new InvalidDataException($"{durable} bytes are durable.");
    }

    private static Metadata Headers(string token) => new() { { "authorization", $"Bearer {token}" } };

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
