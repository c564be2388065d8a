using System.Buffers;
using System.IO.Compression;
using Grpc.Core;
using Grpc.Net.Compression;
using SiOutcomeLab.Rpc.Protocol;

namespace SiOutcomeLab.Rpc.Tests.Protocol;

public sealed class BoundedInflaterTests
{
    private static readonly GzipCompressionProvider Gzip = new(CompressionLevel.Fastest);

    [Theory]
    [InlineData(1)]
    [InlineData(8)]
    [InlineData(4096)]
    [InlineData(16384)]
    [InlineData(16385)]
    [InlineData(100_000)]
    public void Inflate_ExactlyTheLimit_IsGiven(int size)
    {
        using var inflated = Inflate(new byte[size], size);
        Assert.Equal(size, inflated.WrittenCount);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(16384)]
    [InlineData(100_000)]
    public void Inflate_OneOverTheLimit_IsResourceExhausted(int size)
    {
        var error = Assert.Throws<RpcException>(() => Inflate(new byte[size], size - 1));
        Assert.Equal((StatusCode.ResourceExhausted, ProtocolErrors.InflatedTooLarge.Detail), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public void Inflate_FourMegabytesOfZerosUnderAHighLimit_IsGiven()
    {
        using var inflated = Inflate(new byte[BoundedInflater.RatioFloor], 64 << 20);
        Assert.Equal(BoundedInflater.RatioFloor, inflated.WrittenCount);
    }

    [Theory]
    [InlineData(64 << 20)]
    [InlineData(null)]
    public void Inflate_BeyondTheFloorAndTheRatio_IsResourceExhausted(int? limit)
    {
        var error = Assert.Throws<RpcException>(() => Inflate(new byte[BoundedInflater.RatioFloor + 1], limit));
        Assert.Equal((StatusCode.ResourceExhausted, ProtocolErrors.RatioTooLarge.Detail), (error.StatusCode, error.Status.Detail));
    }

    [Fact]
    public void Inflate_BeyondTheFloorWithinTheRatio_IsGiven()
    {
        var honest = Frames.Join(Frames.Noise(200_000, 1), new byte[10 << 20]);
        using var inflated = Inflate(honest, 64 << 20);
        Assert.Equal(honest.Length, inflated.WrittenCount);
    }

    [Fact]
    public void Inflate_Bomb_TakesNoMoreThanTheLimit()
    {
        // 64 MiB of zeros in 64 KiB; a limit of 1 MiB.
        var bomb = Frames.Gzip(new byte[64 << 20]);
        Assert.Throws<RpcException>(() => Inflate(bomb, compressed: true, 1 << 20));
        var before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Throws<RpcException>(() => Inflate(bomb, compressed: true, 1 << 20));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, 4 << 20);
    }

    private static PooledBufferWriter Inflate(byte[] payload, int? limit) => Inflate(Frames.Gzip(payload), compressed: true, limit);

    private static PooledBufferWriter Inflate(byte[] bytes, bool compressed, int? limit) =>
        BoundedInflater.Inflate(new ReadOnlySequence<byte>(compressed ? bytes : Frames.Gzip(bytes)), Gzip, limit);
}
