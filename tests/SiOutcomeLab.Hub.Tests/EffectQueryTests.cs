using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>Finding effects, plans and runs.</summary>
public sealed class EffectQueryTests(NswHub nsw) : IClassFixture<NswHub>
{
    [Fact]
    public async Task ListEffects_PageByPage_GivesEachOnceInOrder()
    {
        var names = new List<string>();
        var token = string.Empty;
        do
        {
            var page = await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { PageSize = 1, PageToken = token });
            names.AddRange(page.Effects.Select(e => e.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0 && names.Count < 100);

        var all = (await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest())).Effects.Select(e => e.Name);
        Assert.Equal(all, names);
        Assert.Equal(4, names.Count);
    }

    [Theory]
    [InlineData("9901", "", "", EffectStatus.Unspecified, false, 4)]
    [InlineData("9911", "", "", EffectStatus.Unspecified, false, 0)]
    [InlineData("", "supported-work", "", EffectStatus.NotEstimable, false, 1)]
    [InlineData("", "", "earnings_usd_1982", EffectStatus.Estimated, false, 3)]
    [InlineData("", "", "", EffectStatus.Unspecified, true, 2)]
    [InlineData("", "", "employment_months", EffectStatus.Unspecified, false, 0)]
    public async Task ListEffects_Filtered_GivesWhatFits(string organisation, string method, string measure, EffectStatus status, bool headline, int expected)
    {
        var filter = new EffectFilter { Organisation = organisation, Method = method, Measure = measure, Status = status, HeadlineOnly = headline };

        Assert.Equal(expected, (await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { Filter = filter })).Effects.Count);
    }

    [Theory]
    [InlineData("1976", 4)]
    [InlineData("1976-Q4", 4)]
    [InlineData("1977", 0)]
    public async Task ListEffects_ByPeriod_GivesThoseWhoseParticipantsStartedIn(string period, int expected)
    {
        var request = new ListEffectsRequest { Filter = new EffectFilter { Period = period } };

        Assert.Equal(expected, (await nsw.Hub.Effects.ListEffectsAsync(request)).Effects.Count);
        Assert.Equal(expected, (await ExportAsync(new ExportEffectsRequest { Filter = request.Filter })).Count);
    }

    [Fact]
    public async Task ListEffects_FromATimePageByPage_IsTheExportAndThenNothing()
    {
        var exported = await ExportAsync(new ExportEffectsRequest());
        Assert.Equal(4, exported.Count);
        Assert.All(exported, e => Assert.NotNull(e.ChangeTime));
        var changes = new List<Effect>();
        var request = new ListEffectsRequest { PageSize = 3, FromTime = new Timestamp { Seconds = 1 } };
        ListEffectsResponse page;
        do
        {
            page = await nsw.Hub.Effects.ListEffectsAsync(request);
            changes.AddRange(page.Effects);
            request.PageToken = page.NextPageToken;
        }
        while (page.NextPageToken.Length > 0);

        Assert.Equal(exported, changes);
        var later = await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { FromTime = page.NextFromTime });
        Assert.Empty(later.Effects);
        Assert.Equal(page.NextFromTime, later.NextFromTime);
    }

    [Fact]
    public async Task ListEffects_OutsideOfTimeOrPeriods_IsRefusedByField()
    {
        var period = await Assert.ThrowsAsync<RpcException>(
            async () => await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { Filter = new EffectFilter { Period = "2024-13" } }));
        var time = await Assert.ThrowsAsync<RpcException>(
            async () => await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { FromTime = new Timestamp { Seconds = long.MaxValue } }));
        var export = await Assert.ThrowsAsync<RpcException>(() => ExportAsync(new ExportEffectsRequest { FromTime = new Timestamp { Nanos = -1 } }));

        Assert.Equal(["filter.period"], period.Fields());
        Assert.Equal(["from_time"], time.Fields());
        Assert.Equal(["from_time"], export.Fields());
    }

    [Fact]
    public async Task ListEffects_WithATokenOfAnotherList_IsRefusedByField()
    {
        var plans = await nsw.Hub.Plans.ListPlansAsync(new ListPlansRequest { PageSize = 1 });

        var e = await Assert.ThrowsAsync<RpcException>(async () => await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { PageToken = plans.NextPageToken }));

        Assert.Equal("FIELD_INVALID", e.Reason());
        Assert.Equal(["page_token"], e.Fields());
    }

    [Fact]
    public async Task WatchRun_OfAFinishedRun_TellsItOnceAndEnds()
    {
        var run = (await nsw.Hub.Runs.ListRunsAsync(new ListRunsRequest { Plan = "nsw-entropy-balancing" }, nsw.Owner)).Runs[0];
        var told = new List<Run>();

        using var watch = nsw.Hub.Runs.WatchRun(new WatchRunRequest { Name = run.Name }, nsw.Owner, Deadline.In(TestHub.Timeout));
        while (await watch.ResponseStream.MoveNext(Cancel.Token)) told.Add(watch.ResponseStream.Current.Run);

        Assert.Equal(RunState.Succeeded, Assert.Single(told).State);
        Assert.Equal(RunStage.Done, told[0].Stage);
    }

    [Fact]
    public async Task Lineage_OfAnEffect_NamesItsPlanHash()
    {
        var plan = (await nsw.Hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/nsw-entropy-balancing" })).Plan;
        var effect = (await nsw.Hub.Effects.ListEffectsAsync(new ListEffectsRequest { Filter = new EffectFilter { Plan = "nsw-entropy-balancing" } })).Effects[0];

        Assert.Equal(plan.Hash, effect.Lineage.PlanHash);
        Assert.Equal(64, effect.Lineage.SnapshotHash.Length);
        Assert.NotEmpty(effect.Lineage.CodeVersion);
    }

    [Fact]
    public void Logs_OfTheWholeRun_HoldNoPseudonymAndNoToken()
    {
        // 64 hexadecimal digits are a pseudonym, a token or a hash; none belongs in a log.
        Assert.DoesNotContain(nsw.Hub.Log.Lines, l => System.Text.RegularExpressions.Regex.IsMatch(l, "[0-9a-f]{64}"));
    }

    private async Task<List<Effect>> ExportAsync(ExportEffectsRequest request)
    {
        var effects = new List<Effect>();
        using var call = nsw.Hub.Effects.ExportEffects(request, deadline: Deadline.In(TestHub.Timeout));
        await foreach (var response in call.ResponseStream.ReadAllAsync(Cancel.Token)) effects.Add(response.Effect);
        return effects;
    }
}
