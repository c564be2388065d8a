using System.Security.Cryptography;
using SiOutcomeLab.Contract;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;
using SiOutcomeLab.Storage.Spool;

namespace SiOutcomeLab.Pipelines.Tests.Intake;

public sealed class IntakePipelineTests
{
    private static FollowUp Good => SmallData(2024);

    [Fact]
    public async Task Receive_GoodSubmission_IsDurableAndReadable()
    {
        await using var lab = await TestLab.OpenAsync();

        var outcome = await ReceiveAsync(lab, Good);

        Assert.DoesNotContain(outcome.Findings, f => f.Severity == Severity.Error);
        Assert.False(outcome.WasThere);
        var submission = outcome.Accepted!;
        Assert.Equal(submission.Id, Assert.Single(await lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token)).Id);
        Assert.Equal((8L, 1L), (submission.ObservationRows, submission.ParticipationRows));
        Assert.Equal(lab.Time.Now, submission.CommittedAt);
        await using var stream = await lab.Lake.OpenReadAsync(submission.Observations, TestLab.Token);
        Assert.Equal(submission.Observations.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, TestLab.Token)));
        Assert.Equal(2, lab.LakeFiles.Length);
    }

    [Fact]
    public async Task Receive_SameContentAgain_WasThereAndNothingIsWrittenTwice()
    {
        await using var lab = await TestLab.OpenAsync();
        var first = await ReceiveAsync(lab, Good);
        var written = lab.LakeFiles.ToDictionary(f => f, File.GetLastWriteTimeUtc);
        lab.Time.Now = lab.Time.Now.AddDays(1);

        var second = await ReceiveAsync(lab, Good);

        Assert.True(second.WasThere);
        Assert.Equal(first.Accepted!.Id, second.Accepted!.Id);
        Assert.Equal(first.Accepted.CommittedAt, second.Accepted.CommittedAt);
        Assert.Equal(written, lab.LakeFiles.ToDictionary(f => f, File.GetLastWriteTimeUtc));
        Assert.Single(await lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token));
    }

    [Fact]
    public async Task Receive_SameManifestButOtherFiles_IsRefusedNotTakenForTheFirst()
    {
        await using var lab = await TestLab.OpenAsync();
        await ReceiveAsync(lab, Good);
        var files = lab.LakeFiles.Length;

        var outcome = await ReceiveAsync(lab, Good, tamper: true);

        Assert.Null(outcome.Accepted);
        Assert.False(outcome.WasThere);
        Assert.Contains(outcome.Findings, f => f.Severity == Severity.Error);
        Assert.Equal(files, lab.LakeFiles.Length);
    }

    [Fact]
    public async Task Receive_BadSubmission_LeavesNothingInLakeOrCatalogue()
    {
        await using var lab = await TestLab.OpenAsync();

        var outcome = await ReceiveAsync(lab, Good.Start(1, "not-registered", "2024-01-15"));

        Assert.Null(outcome.Accepted);
        Assert.Contains(outcome.Findings, f => f.Severity == Severity.Error && f.Part == SubmissionPart.Participations);
        Assert.Empty(lab.LakeFiles);
        Assert.Empty(await lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token));
    }

    [Fact]
    public async Task Receive_PeriodAlreadyCovered_IsRefusedAndTheFirstStands()
    {
        await using var lab = await TestLab.OpenAsync();
        var first = await ReceiveAsync(lab, Good);

        await Assert.ThrowsAsync<PeriodOverlapException>(() => ReceiveAsync(lab, SmallData(2024, earnings: 5)));
        var later = await ReceiveAsync(lab, SmallData(2026));

        Assert.Equal(
            [first.Accepted!.Id, later.Accepted!.Id],
            (await lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token)).Select(s => s.Id));
    }

    private static FollowUp SmallData(int year, double earnings = 1000)
    {
        var data = new FollowUp();
        for (var person = 0; person < 4; person++)
        {
            for (var y = year; y < year + 2; y++) data.Row(Pseudonym(person), $"{y}", ("sex", "woman"), ("birth_year", 1980 + person), ("earnings_sek", earnings * (person + 1)));
        }

        return data.Start(Pseudonym(0), SamplePlans.Code, $"{year}-03-01");
    }

    private static int Pseudonym(int person) => 0x1a2b3c0 + person;

    private static async Task<IntakeOutcome> ReceiveAsync(TestLab lab, FollowUp data, bool tamper = false)
    {
        var (observations, participations) = (data.Observations(), data.Participations()!);
        var manifest = new SubmissionManifest(
            new(SamplePlans.Municipality),
            SamplePlans.Years.Project,
            PeriodLength.Year,
            [.. data.Periods],
            new PopulationStatement("Alla i målgruppen.", "Verksamhetssystemet."),
            "Prov.",
            AllowedUses.OwnEvaluation,
            DataPolicy.Standard,
            Describe(observations, data.Rows),
            Describe(participations, data.Starts));
        if (tamper) observations = [.. observations.Reverse()];
        var spool = new UploadSpool(lab.SpoolPath, 10_000_000);
        await using var first = await Spooled.BytesAsync(spool, observations);
        await using var second = await Spooled.BytesAsync(spool, participations);
        return await new IntakePipeline(lab.Catalogue, lab.Lake, lab.Time).ReceiveAsync(
            manifest, await first.CompleteAsync(TestLab.Token), await second.CompleteAsync(TestLab.Token), TestLab.Token);
    }

    private static ManifestFile Describe(byte[] bytes, long rows) => new(Convert.ToHexStringLower(SHA256.HashData(bytes)), bytes.Length, rows);
}
