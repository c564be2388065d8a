using System.IO.Compression;
using System.IO.Pipelines;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;
using SiOutcomeLab.Rpc.Tests.Server;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class FrameReaderTests
{
    private static readonly GzipCompressionProvider Gzip = new(CompressionLevel.Fastest);

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(7)]
    [InlineData(4096)]
    [InlineData(int.MaxValue)]
    public async Task ReadAsync_AnyChunking_GivesTheSameMessages(int chunk)
    {
        byte[][] messages = [[1], [], Frames.Noise(10_000, 1), [2, 3], Frames.Noise(70_000, 2), []];
        var body = Frames.Join([.. messages.Select(m => Frames.Of(m))]);
        Assert.Equal(messages, await ReadAllAsync(body, chunk));
    }

    [Fact]
    public async Task ReadAsync_NoBytes_IsTheEnd() => Assert.Empty(await ReadAllAsync([], 1));

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(5)]
    [InlineData(9)]
    public async Task ReadAsync_BodyEndsInside_IsInternal(int length)
    {
        var body = Frames.Of([1, 2, 3, 4, 5])[..length];
        await Refused(StatusCode.Internal, "ended inside", body);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(255)]
    public async Task ReadAsync_UnknownFlag_IsInternal(byte flag) => await Refused(StatusCode.Internal, "first byte", Frames.Of([1], flag));

    [Fact]
    public async Task ReadAsync_FlagWithoutEncoding_IsInternal() =>
        await Refused(StatusCode.Internal, "names no compression", Frames.Of(Frames.Gzip([1]), 1));

    [Fact]
    public async Task ReadAsync_ExactlyTheLimit_IsRead() => Assert.Single(await ReadAllAsync(Frames.Of(new byte[100]), 8, limit: 100));

    [Fact]
    public async Task ReadAsync_OneOverTheLimit_IsRefusedOnThePrefix()
    {
        // Nothing follows the prefix and the body stays open: a reader that waited for the payload would hang.
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Frames.Prefix(101), TestContext.Current.CancellationToken);
        var error = await Assert.ThrowsAsync<RpcException>(() => ReadAsync(new FrameReader(pipe.Reader, 100, null)).Soon());
        Assert.Equal(StatusCode.ResourceExhausted, error.StatusCode);
    }

    [Fact]
    public async Task ReadAsync_FourGigabytesPromisedWithoutLimit_IsRefused() =>
        await Refused(StatusCode.ResourceExhausted, "maximum size", Frames.Prefix(uint.MaxValue), limit: null);

    [Theory]
    [InlineData(1)]
    [InlineData(int.MaxValue)]
    public async Task ReadAsync_CompressedAndPlainMixed_ReadsBoth(int chunk)
    {
        var noise = Frames.Noise(5000, 3);
        var body = Frames.Join(Frames.Of(Frames.Gzip(noise), 1), Frames.Of(noise), Frames.Of([]));
        Assert.Equal([noise, noise, []], await ReadAllAsync(body, chunk, compression: Gzip));
    }

    [Fact]
    public async Task ReadAsync_ConcatenatedGzipMembers_AreOneMessage() =>
        Assert.Equal([[1, 2, 3]], await ReadAllAsync(Frames.Of(Frames.Join(Frames.Gzip([1, 2]), Frames.Gzip([3])), 1), 9, compression: Gzip));

    [Fact]
    public async Task ReadAsync_GzipCutShort_IsInternal()
    {
        var whole = Frames.Gzip(Frames.Noise(3000, 4));
        for (var length = 1; length < whole.Length; length += length is > 30 and < 2990 ? 97 : 1)
        {
            await Refused(StatusCode.Internal, "does not decompress", Frames.Of(whole[..length], 1), compression: Gzip);
        }
    }

    [Fact]
    public async Task ReadAsync_CompressedNothing_IsTheEmptyMessage() =>
        // Not gzip, but what .NET's own compressor makes of an empty message, so peers on .NET send it.
        Assert.Equal([[]], await ReadAllAsync(Frames.Of([], 1), 5, compression: Gzip));

    [Fact]
    public async Task ReadAsync_TextGzipCutShort_IsInternal()
    {
        // Compressible bytes take Huffman blocks, noise takes stored ones: both must notice.
        var whole = Frames.Gzip(System.Text.Encoding.ASCII.GetBytes(string.Join(';', Enumerable.Range(0, 500))));
        for (var length = 1; length < whole.Length; length++)
        {
            await Refused(StatusCode.Internal, "does not decompress", Frames.Of(whole[..length], 1), compression: Gzip);
        }
    }

    [Fact]
    public async Task ReadAsync_BytesBehindGzip_IsInternal() =>
        await Refused(StatusCode.Internal, "does not decompress", Frames.Of(Frames.Join(Frames.Gzip([1, 2, 3]), new byte[5]), 1), compression: Gzip);

    [Fact]
    public async Task ReadAsync_NotGzip_IsInternal() =>
        await Refused(StatusCode.Internal, "does not decompress", Frames.Of([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12], 1), compression: Gzip);

    [Fact]
    public async Task ReadAsync_GzipWithWrongChecksum_IsInternal()
    {
        var bytes = Frames.Gzip(Frames.Noise(100, 5));
        bytes[^6] ^= 1;
        await Refused(StatusCode.Internal, "does not decompress", Frames.Of(bytes, 1), compression: Gzip);
    }

    [Fact]
    public async Task ReadAsync_Cancelled_Throws()
    {
        using var cancel = new CancellationTokenSource();
        var reading = new FrameReader(new Pipe().Reader, null, null).ReadAsync(c => c.PayloadAsNewBuffer(), cancel.Token).AsTask();
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading.Soon());
    }

    private static async Task Refused(StatusCode code, string detail, byte[] body, int? limit = 1 << 20, ICompressionProvider? compression = null)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => ReadAllAsync(body, 16, limit, compression));
        Assert.Equal(code, error.StatusCode);
        Assert.Contains(detail, error.Status.Detail, StringComparison.Ordinal);
    }

    private static async Task<List<byte[]>> ReadAllAsync(byte[] body, int chunk, int? limit = 1 << 20, ICompressionProvider? compression = null)
    {
        var pipe = new Pipe();
        var writing = WriteAsync(pipe.Writer, body, chunk);
        var frames = new FrameReader(pipe.Reader, limit, compression);
        var messages = new List<byte[]>();
        try
        {
            while (await ReadAsync(frames).Soon() is { } message)
            {
                messages.Add(message);
            }
        }
        finally
        {
            await pipe.Reader.CompleteAsync();
            await writing.Soon();
        }

        return messages;
    }

    private static Task<byte[]?> ReadAsync(FrameReader frames) =>
        frames.ReadAsync(c => c.PayloadAsNewBuffer(), TestContext.Current.CancellationToken).AsTask();

    private static async Task WriteAsync(PipeWriter writer, byte[] body, int chunk)
    {
        for (var at = 0; at < body.Length; at += chunk)
        {
            var result = await writer.WriteAsync(body.AsMemory(at, Math.Min(chunk, body.Length - at)));
            if (result.IsCompleted) break;
            if (chunk > body.Length) break;
        }

        await writer.CompleteAsync();
    }
}
