using System.Security.Cryptography;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Pipelines.Intake;
using SiOutcomeLab.Pipelines.Tests.Samples;
using SiOutcomeLab.Storage.Catalogue;

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
        var submission = outcome.Submission!;
        Assert.Equal(submission.Id, Assert.Single(await lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token)).Id);
        Assert.Equal((8L, 1L), (submission.ObservationRows, submission.ParticipationRows));
        Assert.Equal(lab.Time.Now, submission.CommittedAt);
        await using var stream = await lab.Lake.OpenReadAsync(submission.Observations, TestLab.Token);
        Assert.Equal(submission.Observations.Sha256, Convert.ToHexStringLower(await SHA256.HashDataAsync(stream, TestLab.Token)));
        Assert.Equal(2, lab.LakeFiles.Length);
    }

    [Fact]
    public async Task Open_SameContentAgain_GivesTheFirstReceiptAndWritesNothing()
    {
        await using var lab = await TestLab.OpenAsync();
        var first = await ReceiveAsync(lab, Good);
        var written = lab.LakeFiles.ToDictionary(f => f, File.GetLastWriteTimeUtc);
        lab.Time.Now = lab.Time.Now.AddDays(1);
        await using var intake = new TestIntake(lab);

        var again = await intake.Desk.OpenAsync(TestIntake.ManifestOf(Good, Good.Observations(), Good.Participations()), TestLab.Token);

        Assert.Null(again.Opened);
        Assert.Equal(first.Answer.ToArray(), again.Receipt!.Value.ToArray());
        Assert.Equal(written, lab.LakeFiles.ToDictionary(f => f, File.GetLastWriteTimeUtc));
        Assert.Single(await lab.Catalogue.Submissions.InProjectAsync(SamplePlans.Years.Project, TestLab.Token));
    }

    [Fact]
    public async Task Receive_OtherBytesThanDeclared_IsRefusedAndNothingIsKept()
    {
        await using var lab = await TestLab.OpenAsync();

        var outcome = await ReceiveAsync(lab, Good, tamper: true);

        Assert.False(outcome.IsAccepted);
        Assert.Contains(outcome.Findings, f => f.Rule == "FILE_HASH_MISMATCH");
        Assert.Empty(lab.LakeFiles);
    }

    [Fact]
    public async Task Receive_BadSubmission_LeavesNothingInLakeOrCatalogue()
    {
        await using var lab = await TestLab.OpenAsync();

        var outcome = await ReceiveAsync(lab, Good.Start(1, "not-registered", "2024-01-15"));

        Assert.False(outcome.IsAccepted);
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
            [first.Submission!.Id, later.Submission!.Id],
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
        await using var intake = new TestIntake(lab);
        var (observations, participations) = (data.Observations(), data.Participations()!);
        var manifest = TestIntake.ManifestOf(data, observations, participations);
        if (tamper) observations[observations.Length / 2] ^= 1;
        return await intake.SendAsync(manifest, observations, participations);
    }
}
