using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Catalogue.Sqlite;
using SiOutcomeLab.Storage.Keys;
using SiOutcomeLab.Storage.Tests.Samples;

namespace SiOutcomeLab.Storage.Tests.Keys;

public sealed class KeptSecretsTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string KeyFile => _folder.File("hub-keys.json");

    private string Data => _folder.File("data");

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task PersonKey_AskedAgainByAnotherProcess_IsTheSameForTheProjectAndNoOther()
    {
        using (HubKeyRing.Create(KeyFile, Data))
        {
        }

        var first = await WithAsync(s => s.PersonKeyAsync(SampleSubmissions.Project, Cancel));
        var again = await WithAsync(s => s.PersonKeyAsync(SampleSubmissions.Project, Cancel));
        var other = await WithAsync(s => s.PersonKeyAsync(new("other"), Cancel));

        Assert.Equal(KeptSecrets.KeyBytes, first.Length);
        Assert.Equal(first, again);
        Assert.NotEqual(first, other);
    }

    [Fact]
    public async Task PersonKey_AskedByManyAtOnce_IsOne()
    {
        using (HubKeyRing.Create(KeyFile, Data))
        {
        }

        var keys = await WithAsync(s => Task.WhenAll(
            Enumerable.Range(0, 8).Select(_ => Task.Run(() => s.PersonKeyAsync(SampleSubmissions.Project, Cancel), Cancel))));

        Assert.Single(keys.Select(Convert.ToHexString).Distinct());
    }

    [Fact]
    public async Task Rewrap_AfterRotation_NeedsTheOldKeyNoMore()
    {
        string old;
        using (var made = HubKeyRing.Create(KeyFile, Data)) old = made.ActiveKeyId;
        var person = await WithAsync(s => s.PersonKeyAsync(SampleSubmissions.Project, Cancel));
        var upload = await WithAsync((s, c) => OpenAsync(s, c, "u-1"));
        var ended = await WithAsync((s, c) => OpenAsync(s, c, "u-2"));
        await WithAsync((_, c) => c.Uploads.EndAsync(ended.Id, UploadState.Cancelled, default, Cancel));
        var uploadKey = await WithAsync(s => Task.FromResult(s.UploadKey(upload)));

        using (HubKeyRing.AddKey(KeyFile, Data))
        {
        }

        Assert.Equal(2, await WithAsync(s => s.RewrapAsync(Cancel)));
        Assert.Equal(0, await WithAsync(s => s.RewrapAsync(Cancel)));
        using (HubKeyRing.RemoveKey(KeyFile, Data, old))
        {
        }

        Assert.Equal(person, await WithAsync(s => s.PersonKeyAsync(SampleSubmissions.Project, Cancel)));
        Assert.Equal(uploadKey, await WithAsync(async (s, c) => s.UploadKey((await c.Uploads.FindAsync(upload.Organisation, upload.Id, Cancel))!)));
        Assert.Null(await WithAsync(s => s.MissingKeyAsync(Cancel)));
    }

    [Fact]
    public async Task MissingKey_UnderAnotherKeyFile_IsNamed()
    {
        string old;
        using (var made = HubKeyRing.Create(KeyFile, Data)) old = made.ActiveKeyId;
        await WithAsync(s => s.PersonKeyAsync(SampleSubmissions.Project, Cancel));
        File.Delete(KeyFile);
        using (HubKeyRing.Create(KeyFile, Data))
        {
        }

        Assert.Equal(old, await WithAsync(s => s.MissingKeyAsync(Cancel)));
        var missing = await Assert.ThrowsAsync<HubKeyMissingException>(
            () => WithAsync(s => s.PersonKeyAsync(SampleSubmissions.Project, Cancel)));
        Assert.Equal(old, missing.KeyId);
    }

    private static async Task<Upload> OpenAsync(KeptSecrets secrets, ICatalogue catalogue, string id)
    {
        var draft = new Upload(
            id, SampleSubmissions.Umea, SampleSubmissions.Project, SampleSubmissions.Sha256(id), "{}", 1, secrets.NewUploadKey(id),
            SampleSubmissions.Time, SampleSubmissions.Time.AddDays(7));
        return (await catalogue.Uploads.OpenAsync(draft, new UploadQuota(9, 99), Cancel)).Upload;
    }

    private Task<T> WithAsync<T>(Func<KeptSecrets, Task<T>> use) => WithAsync((s, _) => use(s));

    private async Task<T> WithAsync<T>(Func<KeptSecrets, ICatalogue, Task<T>> use)
    {
        await using var catalogue = await SqliteCatalogue.OpenAsync(_folder.File("catalogue.db"), cancellationToken: Cancel);
        using var keys = HubKeyRing.Load(KeyFile, Data);
        return await use(new KeptSecrets(catalogue.Uploads, catalogue.Projects, keys), catalogue);
    }
}
