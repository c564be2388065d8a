using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Text;
using Google.Protobuf;
using Grpc.Core;
using SiOutcomeLab.Protos.Benchmarks.V1;
using SiOutcomeLab.Protos.Effects.V1;
using Role = SiOutcomeLab.Domain.Identity.Role;

namespace SiOutcomeLab.Hub.Tests.Benchmarks;

/// <summary>What a benchmark tells over the wire, and to whom.</summary>
public sealed class BenchmarkCallTests(BenchmarkHub world) : IClassFixture<BenchmarkHub>
{
    [Fact]
    public async Task GetBenchmark_Pooled_TellsEverythingThatIsReleased()
    {
        var b = await GetAsync(world.Pooled, await world.Hub.HeadersAsync("9911", Role.Analyst));

        Assert.Equal((BenchmarkStatus.Pooled, BenchmarkModel.TwoStage, string.Empty), (b.Status, b.Model, b.Reason));
        Assert.Equal(("early-support", "ips", "employment_months", 4), (b.Project, b.Method, b.Outcome.Measure, b.Outcome.HorizonPeriods));
        Assert.Equal((PeriodLength.Quarter, "månader", "standard-1"), (b.PeriodLength, b.UnitSv, b.RuleVersion));
        var pool = b.Pooled;
        Assert.Equal(5, pool.Municipalities);
        Assert.Equal(455, pool.Participants.Value);
        Assert.True(pool.CiLow.Value < pool.Point.Value && pool.Point.Value < pool.CiHigh.Value);
        Assert.True(pool.PredictionLow.Value <= pool.CiLow.Value && pool.PredictionHigh.Value >= pool.CiHigh.Value);
        Assert.All(
            [pool.StandardError, pool.PValue, pool.Tau, pool.ISquared, pool.HeterogeneityPValue],
            c => Assert.Equal(Cell.ContentOneofCase.Value, c.ContentCase));
        var place = b.Municipalities.Single(m => m.Municipality == "1280").Place;
        Assert.InRange(place.Shrunken.Value, pool.Point.Value, 2.1);
        Assert.InRange(place.ProbabilityBetter.Value, 0.5, 1);
        Assert.True(place.WithoutPoint.Value < pool.Point.Value);
        Assert.Equal(1, b.Municipalities.Where(m => m.Place is not null).Sum(m => m.Place.Weight.Value), 0.03);
        Assert.Equal(("0330", "NOT_ALLOWED"), (Assert.Single(b.Absent).Municipality, b.Absent[0].Reason));
        Assert.Equal(0.01, Assert.Single(b.Balance).MeanAfter.Value);
        Assert.StartsWith("Better. Pooled over 5 municipalities.", b.SentencesEn[0], StringComparison.Ordinal);
        Assert.Equal(b.SentencesEn.Count, b.SentencesSv.Count);
        Assert.Equal(64, b.SnapshotHash.Length);
        Assert.Equal(DataStanding.Current, b.DataStanding);
    }

    [Fact]
    public async Task GetBenchmark_WithAMunicipalityThatMayNotBeShown_HoldsNoNumberOfIt()
    {
        var b = await GetAsync(world.Pooled, await world.Hub.HeadersAsync("lab", Role.Steward));

        var small = b.Municipalities.Single(m => m.Municipality == "0114");
        Assert.False(small.IsInPool);
        Assert.Null(small.Place);
        Assert.All(
            [small.Point, small.StandardError, small.CiLow, small.CiHigh, small.Participants], c => Assert.Equal(Suppression.FewPersons,
                c.Suppressed));
        Assert.DoesNotContain(SampleBenchmarks.Canary.ToString(CultureInfo.InvariantCulture), b.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task GetBenchmark_ByOneLikelihood_TellsTheRatioToo()
    {
        var b = await GetAsync(world.OneStage, []);

        Assert.Equal(BenchmarkModel.OneStageStratified, b.Model);
        Assert.True(b.OddsRatio.CiLow.Value < b.OddsRatio.OddsRatio.Value && b.OddsRatio.OddsRatio.Value < b.OddsRatio.CiHigh.Value);
        Assert.NotNull(b.Pooled);
    }

    [Fact]
    public async Task GetBenchmark_ThatMayNotBeShownOrPooled_TellsWhy()
    {
        var withheld = await GetAsync(world.Withheld, await world.Hub.HeadersAsync("9911", Role.Analyst));
        var nothing = await GetAsync(world.NotPoolable, []);

        Assert.Equal((BenchmarkStatus.Withheld, "FEW_CONTRIBUTORS"), (withheld.Status, withheld.Reason));
        Assert.Equal((BenchmarkStatus.NotPoolable, "FEWER_THAN_THREE"), (nothing.Status, nothing.Reason));
        foreach (var b in new[] { withheld, nothing })
        {
            Assert.Null(b.Pooled);
            Assert.Empty(b.Balance);
            Assert.All(b.Municipalities, m => Assert.Null(m.Place));
            Assert.All(b.Municipalities, m => Assert.False(m.IsInPool));
        }
    }

    [Theory]
    [InlineData(Role.Anonymous, false)]
    [InlineData(Role.Submitter, false)]
    [InlineData(Role.Economist, false)]
    [InlineData(Role.Analyst, true)]
    [InlineData(Role.Steward, true)]
    public async Task GetBenchmark_ReleasedToAnalysts_IsNotThereForAnybodyElse(Role role, bool maySee)
    {
        var headers = role == Role.Anonymous ? [] : await world.Hub.HeadersAsync(role == Role.Steward ? "lab" : "0180", role);
        var listed = (await world.Benchmarks.ListBenchmarksAsync(new ListBenchmarksRequest(), headers)).Benchmarks.Select(b => b.Name);
        Assert.Equal(maySee, listed.Contains(world.Pooled));
        Assert.Contains(world.Open, listed);
        if (maySee)
        {
            Assert.NotNull(await GetAsync(world.Pooled, headers));
            return;
        }

        var theirs = await Assert.ThrowsAsync<RpcException>(() => GetAsync(world.Pooled, headers));
        var nobodys = await Assert.ThrowsAsync<RpcException>(() => GetAsync("benchmarks/none", headers));
        Assert.Equal((StatusCode.NotFound, "BENCHMARK_UNKNOWN"), (theirs.StatusCode, theirs.Reason()));
        Assert.Equal(nobodys.Status.Detail.Replace("benchmarks/none", world.Pooled, StringComparison.Ordinal), theirs.Status.Detail);
    }

    [Fact]
    public async Task GetAndList_AsJson_AreTheSameMessagesAsOverGrpc()
    {
        var open = await GetAsync(world.Open, []);

        var (got, one) = await PostAsync("GetBenchmark", $$"""{"name":"{{world.Open}}"}""");
        var (listed, page) = await PostAsync("ListBenchmarks", """{"filter":{"method":"ips","horizonPeriods":8}}""");
        var (refused, error) = await PostAsync("GetBenchmark", $$"""{"name":"{{world.Pooled}}"}""");

        Assert.Equal((HttpStatusCode.OK, open), (got, JsonParser.Default.Parse<GetBenchmarkResponse>(one).Benchmark));
        Assert.Equal(HttpStatusCode.OK, listed);
        Assert.Equal([open], JsonParser.Default.Parse<ListBenchmarksResponse>(page).Benchmarks);
        Assert.Equal(HttpStatusCode.NotFound, refused);
        Assert.Contains("BENCHMARK_UNKNOWN", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("benchmarks/none", "benchmarks/none")]
    [InlineData("benchmarks/<b>", null)]
    [InlineData("effects/x", null)]
    [InlineData("", null)]
    public async Task GetBenchmark_Unknown_NamesWhatWasAskedForIfItCanBeAName(string name, string? named)
    {
        var e = await Assert.ThrowsAsync<RpcException>(() => GetAsync(name, []));

        Assert.Equal("BENCHMARK_UNKNOWN", e.Reason());
        if (named is not null) Assert.Contains(named, e.Status.Detail, StringComparison.Ordinal);
        else Assert.Contains("benchmarks/ and an identifier", e.Status.Detail, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>", e.Status.Detail, StringComparison.Ordinal);
    }

    private async Task<(HttpStatusCode Status, string Body)> PostAsync(string call, string json)
    {
        using var client = new HttpClient { BaseAddress = world.Hub.Running.JsonAddress };
        using var content = new StringContent(json, Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        using var response = await client.PostAsync(
            new Uri("sioutcomelab.benchmarks.v1.BenchmarkService/" + call, UriKind.Relative), content, Cancel.Token);
        return (response.StatusCode, await response.Content.ReadAsStringAsync(Cancel.Token));
    }

    private async Task<Benchmark> GetAsync(string name, Metadata headers) =>
        (await world.Benchmarks.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name }, headers,
            Deadline.In(TestHub.Timeout))).Benchmark;
}
