using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Disk;
using SiOutcomeLab.Storage.Lake;

namespace SiOutcomeLab.Storage.Tests.Lake;

public sealed class S3LakeTests : LakeContract, IAsyncLifetime
{
    private S3Place? _place;
    private S3Lake? _lake;

    private protected override ILake Lake => _lake!;

    public async ValueTask InitializeAsync()
    {
        _place = await S3Server.NewPlaceAsync();
        _lake = await S3Lake.OpenAsync(_place, Time, Cancel);
    }

    public ValueTask DisposeAsync()
    {
        _lake?.Dispose();
        return ValueTask.CompletedTask;
    }

    /// <summary>More than one part, and more blocks than a reader keeps.</summary>
    [Fact(Timeout = Limit)]
    public async Task Put_LargerThanAPart_ReadsTheSameBackFromAnywhere()
    {
        var bytes = new byte[(17 << 20) + 3];
        new Random(5).NextBytes(bytes);

        var put = await PutAsync(bytes);

        Assert.Equal(new LakeObject(Hash(bytes), bytes.Length), put);
        Assert.Equal(bytes, await ReadAsync(put));
        await using var stream = await Lake.OpenReadAsync(put, Cancel);
        foreach (var at in (long[])[bytes.Length - 8, 4, (9 << 20) - 2, 1 << 20, bytes.Length - 1])
        {
            stream.Position = at;
            var found = new byte[Math.Min(8, bytes.Length - at)];
            stream.ReadExactly(found);
            Assert.Equal(bytes.AsSpan((int)at, found.Length).ToArray(), found);
        }
    }

    [Fact(Timeout = Limit)]
    public async Task Put_LargeWithOtherBytes_IsNoObject()
    {
        var bytes = new byte[9 << 20];
        var named = new LakeObject(Hash([1]), bytes.Length);

        await Assert.ThrowsAsync<InvalidDataException>(() => Lake.PutAsync(named.Sha256, new MemoryStream(bytes), Cancel));

        await Assert.ThrowsAsync<LakeObjectMissingException>(() => Lake.OpenReadAsync(named, Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Mark_OfAnotherCatalogue_IsTold()
    {
        Assert.Equal("one", await _lake!.MarkAsync("one", Cancel));
        using var again = await S3Lake.OpenAsync(_place!, Time, Cancel);
        Assert.Equal("one", await again.MarkAsync("two", Cancel));
    }

    [Fact(Timeout = Limit)]
    public async Task Open_StoreThatCannotBeHad_IsToldWithoutItsKeys()
    {
        var refused = await Assert.ThrowsAsync<LakeOpenException>(
            () => S3Lake.OpenAsync(_place! with { Bucket = "nosuch", SecretKey = "hemligt" }, Time, Cancel));

        Assert.Contains("nosuch", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("hemligt", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("S3RVER", _place!.ToString(), StringComparison.Ordinal);
    }

    [Fact(Timeout = Limit)]
    public async Task Call_StoreGone_IsUnavailable()
    {
        var trial = new S3Bucket(_place! with { Endpoint = new Uri("http://127.0.0.1:1") });

        await Assert.ThrowsAsync<StorageUnavailableException>(() => trial.FindAsync("objects/ab/cd", Cancel));
        trial.Dispose();
    }
}
