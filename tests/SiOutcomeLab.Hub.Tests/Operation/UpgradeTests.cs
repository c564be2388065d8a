using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Hub.Operation;
using SiOutcomeLab.Storage.Catalogue;

namespace SiOutcomeLab.Hub.Tests.Operation;

public sealed class UpgradeTests
{
    [Fact]
    public async Task Start_OnEarlierData_RefusesAndChangesNothing()
    {
        using var data = await EarlierData.UnpackAsync();
        var before = Contents(data.Folder);

        var refused = await Assert.ThrowsAsync<CatalogueOpenException>(() => EarlierData.StartAsync(data.Options));

        Assert.Equal(CatalogueOpenProblem.SchemaTooOld, refused.Problem);
        Assert.Contains("silab hub upgrade", refused.Message, StringComparison.Ordinal);
        Assert.Equal(HubFailureKind.OtherVersion, HubFailure.Of(refused)!.Kind);
        Assert.Equal(before, Contents(data.Folder));
    }

    [Fact]
    public async Task Upgrade_EarlierData_AnswersAsBeforeAndNamesPersonsAnew()
    {
        using var data = await EarlierData.UnpackAsync();
        var sent = Objects(data.Folder);

        var done = await HubUpgrade.RunAsync(data.Options, data.Beside("backup"), TimeProvider.System, null, Cancel.Token);

        Assert.Equal((1, 1, 4), (done.FromSchema, done.FromLakeFormat, done.Objects));
        Assert.Equal(data.Options.KeyPath(), done.MadeKeyFile);
        Assert.Empty(Objects(data.Folder).Intersect(sent));
        Assert.Equal(sent, Objects(data.Beside("backup")));
        await using var hub = await EarlierData.StartAsync(data.Options);
        EarlierData.RequireKept(EarlierData.Answers, await EarlierData.AskAsync(hub));
    }

    [Fact]
    public async Task Push_WithAPseudonymKeyToAProjectOfEarlierData_IsTakenAndTheKeyHolds()
    {
        using var data = await EarlierData.UpgradedAsync();
        await using var hub = await TestHub.StartAsync(folder: data.Folder);

        Assert.NotNull((await PushAsync("9921", "0123456789abcdef")).Accepted);
        var finding = Assert.Single((await PushAsync("9922", "fedcba9876543210")).Refused!.Findings);

        Assert.Equal("MANIFEST_PSEUDONYM_KEY", finding.Rule);
        Assert.Contains("0123456789abcdef", finding.ExplanationEn, StringComparison.Ordinal);

        async Task<PushAnswer> PushAsync(string organisation, string key)
        {
            var observations = new SmallDelivery { Municipality = organisation }.Observations();
            var manifest = SubmissionManifest.Read(SmallDelivery.ManifestFor(observations)).Manifest! with
            {
                Organisation = new OrganisationId(organisation), PseudonymKey = key,
            };
            return await hub.PushAsync(await hub.HeadersAsync(organisation, Role.Submitter), manifest.ToJson(indented: false), observations, null);
        }
    }

    [Fact]
    public async Task Upgrade_Twice_ChangesNothingTheSecondTime()
    {
        using var data = await EarlierData.UpgradedAsync();
        var objects = Objects(data.Folder);

        var again = await HubUpgrade.RunAsync(data.Options, null, TimeProvider.System, null, Cancel.Token);

        Assert.False(again.IsChanged);
        Assert.Equal(objects, Objects(data.Folder));
    }

    [Fact]
    public async Task Upgrade_CutShortAtEveryStep_IsFinishedByRunningAgain()
    {
        var finished = false;
        for (var step = 1; !finished; step++)
        {
            using var data = await EarlierData.UnpackAsync();
            try
            {
                await HubUpgrade.RunAsync(data.Options, null, TimeProvider.System, new Cut(step), Cancel.Token);
                finished = true;
            }
            catch (CutException)
            {
                // Not a whole upgrade: no hub may open it.
                await Assert.ThrowsAnyAsync<Exception>(() => EarlierData.StartAsync(data.Options));
            }

            await HubUpgrade.RunAsync(data.Options, null, TimeProvider.System, null, Cancel.Token);
            Assert.Equal(4, Objects(data.Folder).Length);
            Assert.Null((await HubCheck.RunAsync(data.Options, TimeProvider.System, null, Cancel.Token)).Gravest());
            await using var hub = await EarlierData.StartAsync(data.Options);
            EarlierData.RequireKept(EarlierData.Answers, await EarlierData.AskAsync(hub));
        }
    }

    [Fact]
    public async Task Upgrade_DamagedObject_StopsAndLeavesTheRest()
    {
        using var data = await EarlierData.UnpackAsync();
        var files = Directory.GetFiles(Path.Combine(data.Folder, "lake", "objects"), "*", SearchOption.AllDirectories);
        await File.AppendAllTextAsync(files[0], "x", Cancel.Token);
        var before = Objects(data.Folder);

        var refused = await Assert.ThrowsAnyAsync<Exception>(() => HubUpgrade.RunAsync(data.Options, null, TimeProvider.System, null, Cancel.Token));

        Assert.Equal(HubFailureKind.DataDamaged, HubFailure.Of(refused)!.Kind);
        Assert.Empty(before.Except(Objects(data.Folder)));
    }

    private static string[] Objects(string folder) =>
    [
        .. Directory.GetFiles(Path.Combine(folder, "lake", "objects"), "*", SearchOption.AllDirectories)
            .Select(f => Path.GetFileName(Path.GetDirectoryName(f)) + Path.GetFileName(f)).Order(StringComparer.Ordinal),
    ];

    // The lock and the process number are not data, and SQLite's two side files come and go.
    private static string[] Contents(string folder) =>
    [
        .. Directory.GetFiles(folder, "*", SearchOption.AllDirectories)
            .Where(f => !Path.GetFileName(f).StartsWith("hub.", StringComparison.Ordinal) && !f.EndsWith("-wal", StringComparison.Ordinal) && !f.EndsWith("-shm", StringComparison.Ordinal))
            .Select(f => $"{Path.GetRelativePath(folder, f)} {Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(File.ReadAllBytes(f)))}")
            .Order(StringComparer.Ordinal),
    ];

    private sealed class Cut(int at) : IProgress<OperationProgress>
    {
        private int _told;

        public void Report(OperationProgress value)
        {
            if (++_told == at) throw new CutException();
        }
    }

    private sealed class CutException : Exception;
}
