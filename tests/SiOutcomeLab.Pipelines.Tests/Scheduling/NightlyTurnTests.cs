using SiOutcomeLab.Domain.Plans;
using SiOutcomeLab.Domain.Runs;
using SiOutcomeLab.Pipelines.Tests.Samples;

namespace SiOutcomeLab.Pipelines.Tests.Scheduling;

public sealed class NightlyTurnTests
{
    private static readonly EvaluationPlan Plan = SamplePlans.Years with { LookDueOn = new DateOnly(2026, 3, 1) };

    [Theory]
    [InlineData("2026-03-27T12:00:00Z", "2026-03-28T01:30:00Z", "2026-03-29T01:00:00Z", "2026-03-30T00:30:00Z")]
    [InlineData("2026-10-23T12:00:00Z", "2026-10-24T00:30:00Z", "2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z")]
    public async Task Take_EveryTenMinutesOverAChangeOfClocks_IsTakenOnceEachNight(string from, params string[] expected)
    {
        await using var lab = await TestLab.OpenAsync();
        lab.Time.Now = Time(from);
        Assert.NotNull(await lab.Nightly().TakeAsync(TestLab.Token));
        var taken = new List<(DateTimeOffset Night, DateTimeOffset At)>();
        for (var end = lab.Time.Now.AddHours(66); lab.Time.Now < end; lab.Time.Now = lab.Time.Now.AddMinutes(10))
        {
            // Two hubs ask in the same moment.
            for (var hub = 0; hub < 2; hub++)
            {
                if (await lab.Nightly().TakeAsync(TestLab.Token) is { } night) taken.Add((night, lab.Time.Now));
            }
        }

        Assert.Equal(expected.Select(Time), taken.Select(t => t.Night));
        Assert.All(taken, t => Assert.InRange(t.At - t.Night, TimeSpan.Zero, TimeSpan.FromMinutes(10)));
    }

    [Fact]
    public async Task Take_AfterAHubSleptForTenNights_IsMadeUpOnce()
    {
        await using var lab = await TestLab.OpenAsync();
        await lab.Nightly().TakeAsync(TestLab.Token);
        lab.Time.Now = lab.Time.Now.AddDays(10);

        Assert.NotNull(await lab.Nightly().TakeAsync(TestLab.Token));
        Assert.Null(await lab.Nightly().TakeAsync(TestLab.Token));
    }

    [Fact]
    public async Task Find_DataReplacedByDay_IsMadeAgainByNightOnceAndBehindWhatIsDue()
    {
        await using var lab = await TestLab.OpenAsync();
        var first = await lab.CommitAsync(SampleWorlds.Yearly());
        await lab.RegisterAsync(Plan);
        var old = Assert.Single(await lab.Due().FindAsync(TestLab.Token));
        await lab.Executor().ExecuteAsync(old.Id, TestLab.Token);
        await lab.Catalogue.Submissions.WithdrawAsync(first.Organisation, first.Id, lab.Time.Now, TestLab.Token);
        Assert.Empty(await lab.Due().FindAsync(TestLab.Token));
        await lab.CommitAsync(SampleWorlds.Yearly());
        Assert.Empty(await lab.Due().FindAsync(TestLab.Token));

        lab.Time.Now = lab.Time.Now.AddDays(1);
        await lab.RegisterAsync(Plan with { Id = "another" });
        var queued = await lab.Due().FindAsync(TestLab.Token);

        Assert.Equal([("another", RunCause.LookDue), (Plan.Id, RunCause.DataChanged)], queued.Select(r => (r.PlanId, r.Cause)));
        foreach (var run in queued) await lab.Executor().ExecuteAsync(run.Id, TestLab.Token);
        lab.Time.Now = lab.Time.Now.AddDays(1);
        Assert.Empty(await lab.Due().FindAsync(TestLab.Token));
        Assert.Equal(2, (await lab.Catalogue.Runs.OfLookAsync(Plan.Id, 1, 1, TestLab.Token)).Count(r => r.State == RunState.Succeeded));
        // The same look, on mended data: its error is spent once.
        var spent = await lab.Catalogue.Runs.SpentElsewhereAsync(
            new RegisteredPlan(Plan with { Version = 2 }, "", PlanTiming.Prospective, "", lab.Time.Now), TestLab.Token);
        Assert.Equal(0.05, spent, 1e-12);
    }

    private static DateTimeOffset Time(string text) => DateTimeOffset.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
}
