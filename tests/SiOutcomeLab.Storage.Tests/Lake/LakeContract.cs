using System.Security.Cryptography;
using System.Text;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Lake;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Lake;

/// <summary>What every lake must do, in a folder or elsewhere.</summary>
public abstract class LakeContract
{
    protected const int Limit = 180_000;

    private protected static readonly DateTimeOffset Start = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    protected static CancellationToken Cancel => TestContext.Current.CancellationToken;

    private protected SettableTime Time { get; } = new(Start);

    private protected abstract ILake Lake { get; }

    private protected static byte[] Bytes(string text) => Encoding.UTF8.GetBytes(text);

    private protected static string Hash(byte[] bytes) => Convert.ToHexStringLower(SHA256.HashData(bytes));

    private protected Task<LakeObject> PutAsync(byte[] bytes) => Lake.PutAsync(Hash(bytes), new MemoryStream(bytes), Cancel);

    private protected async Task<byte[]> ReadAsync(LakeObject lakeObject)
    {
        await using var stream = await Lake.OpenReadAsync(lakeObject, Cancel);
        using var copy = new MemoryStream();
        await stream.CopyToAsync(copy, Cancel);
        return copy.ToArray();
    }

    [Theory(Timeout = Limit)]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(131_072)]
    [InlineData(1_000_003)]
    public async Task Put_Bytes_ReadsTheSameBack(int length)
    {
        var bytes = new byte[length];
        new Random(7).NextBytes(bytes);

        var put = await PutAsync(bytes);

        Assert.Equal(new LakeObject(Hash(bytes), length), put);
        Assert.Equal(bytes, await ReadAsync(put));
    }

    [Fact(Timeout = Limit)]
    public async Task Put_FromTheMiddleOfAStream_TakesTheRest()
    {
        var stream = new MemoryStream(Bytes("headbody")) { Position = 4 };

        var put = await Lake.PutAsync(Hash(Bytes("body")), stream, Cancel);

        Assert.Equal(Bytes("body"), await ReadAsync(put));
    }

    [Fact(Timeout = Limit)]
    public async Task OpenRead_Object_Seeks()
    {
        var put = await PutAsync(Bytes("0123456789"));
        await using var stream = await Lake.OpenReadAsync(put, Cancel);

        stream.Seek(-4, SeekOrigin.End);

        Assert.Equal('6', stream.ReadByte());
        Assert.Equal(10, stream.Length);
        Assert.False(stream.CanWrite);
    }

    [Fact(Timeout = Limit)]
    public async Task Put_EightTimesAtOnce_IsOneWholeObject()
    {
        var bytes = new byte[500_000];
        new Random(11).NextBytes(bytes);

        var puts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(() => PutAsync(bytes), Cancel)));

        Assert.Equal(bytes, await ReadAsync(Assert.Single(puts.Distinct())));
    }

    [Fact(Timeout = Limit)]
    public async Task Put_AgainWhileRead_IsHarmless()
    {
        var put = await PutAsync(Bytes("content"));
        await using var reading = await Lake.OpenReadAsync(put, Cancel);

        Assert.Equal(put, await PutAsync(Bytes("content")));
        Assert.Equal('c', reading.ReadByte());
    }

    [Theory(Timeout = Limit)]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Put_OtherBytesThanTheHashSays_IsRefused(bool objectIsThere)
    {
        if (objectIsThere) await PutAsync(Bytes("right"));
        var named = new LakeObject(Hash(Bytes("right")), 5);

        await Assert.ThrowsAsync<InvalidDataException>(() => Lake.PutAsync(named.Sha256, new MemoryStream(Bytes("wrong")), Cancel));

        if (objectIsThere)
        {
            Assert.Equal(Bytes("right"), await ReadAsync(named));
        }
        else
        {
            await Assert.ThrowsAsync<LakeObjectMissingException>(() => Lake.OpenReadAsync(named, Cancel));
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Put_SourceFailsHalfWay_LeavesNothingReadableAndCanBeRepeated()
    {
        var bytes = new byte[400_000];
        new Random(13).NextBytes(bytes);
        var named = new LakeObject(Hash(bytes), bytes.Length);

        await Assert.ThrowsAsync<EndOfStreamException>(() => Lake.PutAsync(named.Sha256, new BreakingStream(bytes, 200_000), Cancel));

        await Assert.ThrowsAsync<LakeObjectMissingException>(() => Lake.OpenReadAsync(named, Cancel));
        Assert.Equal(named, await PutAsync(bytes));
        Assert.Equal(bytes, await ReadAsync(named));
    }

    [Fact(Timeout = Limit)]
    public async Task OpenRead_Absent_IsATypedError()
    {
        var hash = Hash(Bytes("absent"));

        var missing = await Assert.ThrowsAsync<LakeObjectMissingException>(() => Lake.OpenReadAsync(new LakeObject(hash, 6), Cancel));

        Assert.Equal(hash, missing.Sha256);
    }

    [Fact(Timeout = Limit)]
    public async Task OpenRead_OtherLengthThanNamed_IsATypedError()
    {
        var put = await PutAsync(Bytes("content"));

        var damaged = await Assert.ThrowsAsync<LakeObjectDamagedException>(() => Lake.OpenReadAsync(put with { Bytes = 8 }, Cancel));

        Assert.Equal((put.Sha256, 8, 7), (damaged.Sha256, damaged.ExpectedBytes, damaged.ActualBytes));
    }

    [Theory(Timeout = Limit)]
    [InlineData("")]
    [InlineData("../../../../etc/passwd")]
    [InlineData("ABCDEF0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    [InlineData("ab/def0123456789abcdef0123456789abcdef0123456789abcdef0123456789")]
    public async Task Put_NameThatIsNoHash_IsMisuse(string name)
    {
        await Assert.ThrowsAsync<ArgumentException>(() => Lake.PutAsync(name, new MemoryStream(), Cancel));
        await Assert.ThrowsAsync<ArgumentException>(() => Lake.OpenReadAsync(new LakeObject(name, 0), Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Sweep_OldOrphans_TakesThemAndNothingElse()
    {
        var named = await PutAsync(Bytes("named"));
        var orphan = await PutAsync(Bytes("orphan"));
        Time.Now = Start.AddHours(2);
        var young = await PutAsync(Bytes("young"));

        var removed = await Lake.SweepAsync(new HashSet<string> { named.Sha256 }, Start.AddHours(1), Cancel);

        Assert.Equal(1, removed);
        Assert.Equal(Bytes("named"), await ReadAsync(named));
        Assert.Equal(Bytes("young"), await ReadAsync(young));
        await Assert.ThrowsAsync<LakeObjectMissingException>(() => Lake.OpenReadAsync(orphan, Cancel));
        Assert.Equal(0, await Lake.SweepAsync(new HashSet<string> { named.Sha256 }, Start.AddHours(1), Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Erase_Object_IsGoneAndNothingElseIs()
    {
        var erased = await PutAsync(Bytes("erased"));
        var other = await PutAsync(Bytes("other"));
        await using var reading = await Lake.OpenReadAsync(erased, Cancel);

        Assert.True(await Lake.EraseAsync(erased.Sha256, Cancel));
        Assert.False(await Lake.EraseAsync(erased.Sha256, Cancel));
        Assert.False(await Lake.EraseAsync(Hash(Bytes("never there")), Cancel));

        await Assert.ThrowsAsync<LakeObjectMissingException>(() => Lake.OpenReadAsync(erased, Cancel));
        Assert.Equal(Bytes("other"), await ReadAsync(other));
        Assert.Equal('e', reading.ReadByte());
        await Assert.ThrowsAsync<ArgumentException>(() => Lake.EraseAsync("../" + erased.Sha256, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Sweep_OrphanPutAgainSince_IsYoungAndStays()
    {
        var orphan = await PutAsync(Bytes("orphan"));
        Time.Now = Start.AddHours(2);
        await PutAsync(Bytes("orphan"));

        Assert.Equal(0, await Lake.SweepAsync(new HashSet<string>(), Start.AddHours(1), Cancel));
        Assert.Equal(Bytes("orphan"), await ReadAsync(orphan));
    }

    /// <summary>A stream that fails after some bytes, as a broken connection does.</summary>
    private sealed class BreakingStream(byte[] bytes, int after) : MemoryStream(bytes)
    {
        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
            Position >= after
                ? throw new EndOfStreamException("broken")
                : base.ReadAsync(buffer[..(int)Math.Min(buffer.Length, after - Position)], cancellationToken);
    }
}
