using System.Text;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Keys;

public sealed class HubKeyRingTests : IDisposable
{
    private const string Purpose = "upload key 0123";

    private static readonly byte[] Secret = SampleBytes.Random(32, seed: 41);

    private readonly TemporaryFolder _folder = new();

    private string KeyFile => _folder.File("hub-keys.json");

    private string Data => _folder.File("data");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Unwrap_ByTheRingReadBack_GivesTheSecret()
    {
        using var made = HubKeyRing.Create(KeyFile, Data);
        var wrapped = made.Wrap(Purpose, Secret);

        using var read = HubKeyRing.Load(KeyFile, Data);

        Assert.Equal(Secret, read.Unwrap(Purpose, wrapped));
        Assert.Equal(made.ActiveKeyId, read.ActiveKeyId);
        Assert.Matches("^[0-9a-f]{16}$", read.ActiveKeyId);
        Assert.Equal(-1, wrapped.AsSpan().IndexOf(Secret.AsSpan(0, 8)));
        Assert.NotEqual(wrapped, made.Wrap(Purpose, Secret));
        Assert.Empty(read.Unwrap("empty", read.Wrap("empty", [])));
    }

    [Fact]
    public void Unwrap_AnyByteChangedOrCutOffOrAnotherPurpose_IsATypedError()
    {
        using var ring = HubKeyRing.Create(KeyFile, Data);
        var wrapped = ring.Wrap(Purpose, Secret);

        for (var at = 0; at < wrapped.Length; at++)
        {
            var changed = wrapped[..];
            changed[at] ^= 0x10;
            var refused = Assert.ThrowsAny<Exception>(() => ring.Unwrap(Purpose, changed));
            Assert.True(refused is WrappedSecretDamagedException or HubKeyMissingException, $"{at}: {refused.GetType()}");
            Assert.Throws<WrappedSecretDamagedException>(() => ring.Unwrap(Purpose, wrapped.AsSpan(0, at)));
        }

        var moved = Assert.Throws<WrappedSecretDamagedException>(() => ring.Unwrap("upload key 0124", wrapped));
        Assert.Equal("upload key 0124", moved.Purpose);
    }

    [Fact]
    public void Rotation_AddRewrapRemove_KeepsEverySecret()
    {
        using var first = HubKeyRing.Create(KeyFile, Data);
        var wrapped = first.Wrap(Purpose, Secret);

        using var both = HubKeyRing.AddKey(KeyFile, Data);
        Assert.NotEqual(first.ActiveKeyId, both.ActiveKeyId);
        Assert.Equal([first.ActiveKeyId, both.ActiveKeyId], both.KeyIds);
        Assert.Equal(Secret, both.Unwrap(Purpose, wrapped));
        Assert.True(both.NeedsRewrap(Purpose, wrapped));
        var rewrapped = both.Rewrap(Purpose, wrapped);
        Assert.False(both.NeedsRewrap(Purpose, rewrapped));

        Assert.Equal(HubKeyProblem.KeyActive, Problem(() => HubKeyRing.RemoveKey(KeyFile, Data, both.ActiveKeyId)));
        using var last = HubKeyRing.RemoveKey(KeyFile, Data, first.ActiveKeyId);
        Assert.Equal(Secret, last.Unwrap(Purpose, rewrapped));
        var missing = Assert.Throws<HubKeyMissingException>(() => last.Unwrap(Purpose, wrapped));
        Assert.Equal(first.ActiveKeyId, missing.KeyId);
        Assert.Contains(first.ActiveKeyId, missing.Message, StringComparison.Ordinal);
        Assert.Equal([KeyFile], Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public void Create_AFileThere_LeavesItAsItIs()
    {
        File.WriteAllText(KeyFile, "another hub's keys");

        Assert.Equal(HubKeyProblem.FileThere, Problem(() => HubKeyRing.Create(KeyFile, Data)));

        Assert.Equal("another hub's keys", File.ReadAllText(KeyFile));
    }

    [Theory]
    [InlineData("data/hub-keys.json")]
    [InlineData("data/deep/er/hub-keys.json")]
    [InlineData("elsewhere/../data/hub-keys.json")]
    [InlineData("link/hub-keys.json")]
    [InlineData("link/deep/hub-keys.json")]
    public void CreateAndLoad_InTheDataFolder_AreRefused(string path)
    {
        if (path.StartsWith("link", StringComparison.Ordinal))
        {
            Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right of its own on Windows.");
            Directory.CreateDirectory(Data);
            Directory.CreateSymbolicLink(_folder.File("link"), Data);
        }

        Assert.Equal(HubKeyProblem.InsideDataFolder, Problem(() => HubKeyRing.Create(_folder.File(path), Data)));
        Assert.Equal(HubKeyProblem.InsideDataFolder, Problem(() => HubKeyRing.Load(_folder.File(path), Data)));
    }

    [Fact]
    public void Load_DataFolderIsALinkToWhereTheFileIs_IsRefused()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Making links needs a right of its own on Windows.");
        Directory.CreateDirectory(_folder.File("real"));
        HubKeyRing.Create(_folder.File("real/hub-keys.json"), Data).Dispose();
        Directory.CreateSymbolicLink(Data, _folder.File("real"));

        Assert.Equal(HubKeyProblem.InsideDataFolder, Problem(() => HubKeyRing.Load(_folder.File("real/hub-keys.json"), Data)));
    }

    [Theory]
    [InlineData(UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.OtherWrite)]
    public void Load_OpenToOthers_IsRefused(UnixFileMode right)
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Skip("Windows files have no Unix rights.");
            return;
        }

        HubKeyRing.Create(KeyFile, Data).Dispose();
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(KeyFile));
        File.SetUnixFileMode(KeyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | right);

        Assert.Equal(HubKeyProblem.ReadableByOthers, Problem(() => HubKeyRing.Load(KeyFile, Data)));
    }

    [Fact]
    public void Load_NoFile_SaysSo() => Assert.Equal(HubKeyProblem.FileMissing, Problem(() => HubKeyRing.Load(KeyFile, Data)));

    /// <summary>Whatever is wrong with the file, the refusal is typed, names the file, and repeats nothing of what stands in it.</summary>
    [Fact]
    public void Load_DamagedAnywhere_IsTypedAndTellsNoKey()
    {
        HubKeyRing.Create(KeyFile, Data).Dispose();
        var good = File.ReadAllText(KeyFile);
        var key = good.Split("\"key\": \"")[1].Split('"')[0];
        List<string> variants =
        [
            string.Empty, "[]", "null", "{}", good.Replace("\"version\": 1", "\"version\": 2", StringComparison.Ordinal),
            good.Replace(key, key[4..], StringComparison.Ordinal), good.Replace(key, Swapped(key), StringComparison.Ordinal),
        ];
        for (var cut = 1; cut < good.Length - 1; cut += 7) variants.Add(good[..cut]);
        foreach (var variant in variants)
        {
            File.WriteAllText(KeyFile, variant);
            var refused = Assert.Throws<HubKeyException>(() => HubKeyRing.Load(KeyFile, Data));
            Assert.True(refused.Problem is HubKeyProblem.Malformed or HubKeyProblem.TooNew);
            Assert.Contains(KeyFile, refused.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(key[..8], refused.ToString(), StringComparison.Ordinal);
        }
    }

    private static string Swapped(string base64) => new StringBuilder(base64) { [3] = base64[3] == 'A' ? 'B' : 'A' }.ToString();

    private static HubKeyProblem Problem(Func<HubKeyRing> action) => Assert.ThrowsAny<HubKeyException>(() => action().Dispose()).Problem;
}
