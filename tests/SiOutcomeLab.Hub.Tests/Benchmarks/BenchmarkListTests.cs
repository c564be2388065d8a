using Grpc.Core;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Plans.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Benchmarks;

/// <summary>Finding benchmarks.</summary>
public sealed class BenchmarkListTests(BenchmarkHub world) : IClassFixture<BenchmarkHub>
{
    [Theory]
    [InlineData("", "", 0, 5)]
    [InlineData("ips", "", 0, 3)]
    [InlineData("mst", "", 0, 1)]
    [InlineData("", "employment_months", 0, 3)]
    [InlineData("ips", "employment_months", 8, 1)]
    [InlineData("", "", 4, 4)]
    [InlineData("", "", 80, 0)]
    [InlineData("", "placement_days", 0, 0)]
    public async Task ListBenchmarks_Filtered_GivesWhatFits(string method, string measure, int horizon, int expected)
    {
        var filter = new BenchmarkFilter { Method = method, Measure = measure, HorizonPeriods = horizon };

        var found = (await ListAsync(new ListBenchmarksRequest { Filter = filter })).Benchmarks;

        Assert.Equal(expected, found.Count);
        Assert.All(found, b => Assert.True(
            (method.Length == 0 || b.Method == method) && (measure.Length == 0 || b.Outcome.Measure == measure)
            && (horizon == 0 || b.Outcome.HorizonPeriods == horizon)));
    }

    [Fact]
    public async Task ListBenchmarks_PageByPage_GivesEachOnceInOrder()
    {
        var names = new List<string>();
        var token = string.Empty;
        do
        {
            var page = await ListAsync(new ListBenchmarksRequest { PageSize = 2, PageToken = token });
            Assert.InRange(page.Benchmarks.Count, 1, 2);
            names.AddRange(page.Benchmarks.Select(b => b.Name));
            token = page.NextPageToken;
        }
        while (token.Length > 0 && names.Count < 100);

        Assert.Equal(names.Order(StringComparer.Ordinal).Distinct(), names);
        Assert.Equal(5, names.Count);
    }

    [Theory]
    [InlineData("no-such-method", "", 0, "filter.method", "no-such-method is no method")]
    [InlineData("", "no_such_measure", 0, "filter.measure", "no_such_measure is no measure")]
    [InlineData("</b>", "", 0, "filter.method", "must be 1–40 of")]
    [InlineData("", "", -1, "filter.horizon_periods", "must not be negative")]
    public async Task ListBenchmarks_ByWhatNobodyKnows_IsRefusedAndNamed(string method, string measure, int horizon, string field,
        string told)
    {
        var filter = new BenchmarkFilter { Method = method, Measure = measure, HorizonPeriods = horizon };

        var e = await Assert.ThrowsAsync<RpcException>(() => ListAsync(new ListBenchmarksRequest { Filter = filter }));

        Assert.Equal(("FIELD_INVALID", field), (e.Reason(), Assert.Single(e.Fields())));
        Assert.Contains(told, e.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task ListBenchmarks_WithATokenOfAnotherList_IsRefusedByField()
    {
        var token = Features.Paging.Page.Token("effects", "effects/a");

        var e = await Assert.ThrowsAsync<RpcException>(() => ListAsync(new ListBenchmarksRequest { PageToken = token }));

        Assert.Equal(("FIELD_INVALID", "page_token"), (e.Reason(), Assert.Single(e.Fields())));
    }

    [Fact]
    public async Task ListBenchmarks_AfterALaterOne_GivesTheCurrentOne_AndTheEarlierIsStillThereByName()
    {
        await using var hub = await TestHub.StartAsync();
        var benchmarks = new BenchmarkService.BenchmarkServiceClient(hub.Channel);
        var earlier = await SampleBenchmarks.StoreAsync(hub.Running.Catalogue, SampleBenchmarks.Five, newestRun: 1);
        var later = await SampleBenchmarks.StoreAsync(hub.Running.Catalogue, SampleBenchmarks.Five, newestRun: 2);
        var analyst = await hub.HeadersAsync("0180", Role.Analyst);

        Assert.Equal([later], (await benchmarks.ListBenchmarksAsync(new ListBenchmarksRequest(), analyst)).Benchmarks.Select(b => b.Name));
        Assert.Equal(earlier, (await benchmarks.GetBenchmarkAsync(new GetBenchmarkRequest { Name = earlier }, analyst)).Benchmark.Name);
    }

    private async Task<ListBenchmarksResponse> ListAsync(ListBenchmarksRequest request) => await world.Benchmarks.ListBenchmarksAsync(
        request, await world.Hub.HeadersAsync("9911", Role.Analyst), Deadline.In(TestHub.Timeout));
}
