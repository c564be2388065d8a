using SiOutcomeLab.Disclosure.Benchmarks;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Benchmarks;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Domain.Submissions;
using SiOutcomeLab.Domain.Time;

namespace SiOutcomeLab.Disclosure.Tests.Benchmarks;

public sealed class BenchmarkGateTests
{
    private static readonly BenchmarkGate Gate = new(StandardPolicy.Instance);

    [Fact]
    public void Release_EnoughMunicipalities_ShowsThePoolRounded()
    {
        var released = Release(Of(60, 70, 80, 62));

        Assert.Equal((BenchmarkStatus.Pooled, 4), (released.Status, released.Pool!.Municipalities));
        Assert.Equal(-1.23, released.Pool.Point.Shown());
        Assert.Equal(0.21, released.Pool.ISquared.Shown());
        Assert.Equal(0.316, released.Pool.Tau.Shown());
        Assert.Equal(270, released.Pool.Participants.Shown());
        var place = released.Municipalities[3].Place!;
        Assert.Equal(60, released.Municipalities[3].Participants.Shown());
        Assert.Equal((0.25, -1.48, 0.87), (place.Weight.Shown(), place.Shrunken.Shown(), place.ProbabilityBetter!.Value.Shown()));
        Assert.Equal(-1.14, place.WithoutPoint!.Value.Shown());
        Assert.Equal(3, released.Sentences.Count);
    }

    // Three others must remain when the largest, or the reader's own, is taken away.
    [Theory]
    [InlineData(3, true)]
    [InlineData(4, false)]
    public void Release_FewMunicipalities_WithholdsThePool(int municipalities, bool isWithheld)
    {
        var released = Release(Of([.. Enumerable.Repeat(60, municipalities)]));

        Assert.Equal(isWithheld ? SuppressionReason.FewContributors : null, released.WithheldFor);
        Assert.Equal(isWithheld, released.Pool is null);
        Assert.All(released.Municipalities, m => Assert.Equal(isWithheld, m.Place is null));
        // Its own estimate may be shown all the same.
        Assert.All(released.Municipalities, m => Assert.True(m.Point.IsShown));
        Assert.Equal(isWithheld, released.Sentences[0].Sv.StartsWith("Visas inte.", StringComparison.Ordinal));
    }

    // Two hold 900 of 1 000: allowed; 910: not.
    [Theory]
    [InlineData(450, 450, 50, 50, false)]
    [InlineData(500, 410, 45, 45, true)]
    [InlineData(600, 100, 40, 38, false)]
    [InlineData(650, 30, 30, 33, true)]
    public void Release_OneOrTwoDominate_WithholdsThePool(int a, int b, int c, int d, bool isWithheld) =>
        Assert.Equal(isWithheld ? SuppressionReason.Dominance : null, Release(Of(a, b, c, d)).WithheldFor);

    [Fact]
    public void Release_OneMunicipalityMayNotBeShown_NothingOfItsPlaceIsAndThePoolIsWithoutIt()
    {
        var whole = Of(60, 20, 80, 62, 70);

        Assert.Equal(["0001", "0003", "0004", "0005"], Gate.Basis(whole).Select(m => m.Code));
        var released = Release(whole);

        Assert.Equal(4, released.Pool!.Municipalities);
        var small = released.Municipalities[1];
        Assert.False(small.IsInPool);
        Assert.Null(small.Place);
        Assert.All(
            [small.Point, small.StandardError, small.Low, small.High, small.Participants],
            cell => Assert.Equal(SuppressionReason.FewPersons, cell.Suppression));
        Assert.Contains("1 kommuner", released.Sentences[^1].Sv, StringComparison.Ordinal);
    }

    // What is shown, taken out of the pooled mean, must not leave one municipality's own number.
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Release_ReaderTakesShownEstimatesOutOfThePool_NeverReachesOneThatIsWithheld(int withheld)
    {
        var whole = Of([.. Enumerable.Range(0, 5).Select(i => 60 + i), .. Enumerable.Repeat(20, withheld)]);

        var released = Release(whole);

        var hidden = released.Municipalities.Where(m => !m.Point.IsShown).ToArray();
        Assert.Equal(withheld, hidden.Length);
        Assert.All(hidden, m => Assert.Null(m.Place));
        // Alone, with another, or beside the reader's own: only four and more stand in the pool unseen.
        Assert.Equal(withheld >= 4 ? withheld : 0, hidden.Count(m => m.IsInPool));
        Assert.Equal(5 + hidden.Count(m => m.IsInPool), released.Pool!.Municipalities);
    }

    [Fact]
    public void Release_PoolOfOthersThanMayBe_IsRefused()
    {
        var whole = Of(60, 20, 80, 62, 70);

        Assert.Throws<ArgumentException>(() => Gate.Release(whole, whole, _ => SampleResult.Months));
    }

    [Fact]
    public void Release_NarrowedToTooFew_WithholdsThePool()
    {
        var released = Release(Of(60, 20, 20, 62, 70) with { Balance = [Balance("birth_year@1", "0001")] });

        Assert.Equal((BenchmarkStatus.Withheld, SuppressionReason.FewContributors), (released.Status, released.WithheldFor));
        Assert.Empty(released.Balance);
    }

    [Fact]
    public void Release_FewWithTheOutcome_CountsAsMayNotBeShown()
    {
        var whole = Of(60, 60, 80, 62, 70);
        var rare = whole.Contributors[2] with { Estimate = whole.Contributors[2].Estimate with { TreatedEvents = 9, ComparisonEvents = 40 } };

        var released = Release(whole with { Contributors = [whole.Contributors[0], whole.Contributors[1], rare, .. whole.Contributors.Skip(3)] });

        Assert.Null(released.Municipalities[2].Place);
        Assert.False(released.Municipalities[2].IsInPool);
    }

    [Fact]
    public void Release_WorstBalance_IsWithheldWithItsMunicipality()
    {
        var whole = Of([60, 61, 62, 63, .. Enumerable.Repeat(20, 4)]);
        var balance = Release(whole with { Balance = [Balance("birth_year@1", "0001"), Balance("birth_year@1", "0006")] }).Balance;

        Assert.Equal([true, false], balance.Select(b => b.WorstAfter.IsShown));
        Assert.Equal(0.03, balance[1].MeanAfter.Shown());
    }

    // A municipality whose effect may not be told of has no balance of its own to tell either, however many it has.
    [Fact]
    public void Release_WorstBalanceOfAWithheldEffect_IsWithheldThoughItsBalanceAloneMayBeShown()
    {
        var whole = Of(60, 61, 62, 63, 64, 65, 66, 67);
        BenchmarkContributor[] contributors = [.. whole.Contributors.Select((c, i) => i < 4 ? c : c with { Estimate = c.Estimate with { TreatedEvents = 9, ComparisonEvents = 40 } })];
        whole = whole with { Contributors = contributors, Balance = [Balance("birth_year@1", "0006"), Balance("birth_year@1", "0001")] };

        var balance = Release(whole).Balance;

        Assert.Equal(SuppressionReason.FewPersons, balance[0].WorstAfter.Suppression);
        Assert.Equal(0.09, balance[1].WorstAfter.Shown());
    }

    // Five of the worst one's participants are women: its own release withholds that row, and so does the pool.
    [Fact]
    public void Release_WorstBalanceOnTooFew_IsWithheldThoughItsEffectIsShown()
    {
        var whole = Of(60, 62, 63, 64);
        var few = whole.Contributors[1] with
        {
            Diagnostics = SampleResult.Diagnostics with { Balance = [SampleResult.Diagnostics.Balance[0], SampleResult.Binary("sex=woman@1", 5, 62, 70, 143, 0.09)] },
        };
        whole = whole with
        {
            Contributors = [whole.Contributors[0], few, .. whole.Contributors.Skip(2)],
            Balance = [Balance("birth_year@1", "0002"), Balance("sex=woman@1", "0002"), Balance("sex=woman@1", "0001")],
        };

        var released = Release(whole);

        Assert.True(released.Municipalities[1].Point.IsShown);
        Assert.Equal([null, SuppressionReason.FewPersons, null], released.Balance.Select(b => b.WorstAfter.Suppression));
        Assert.All(released.Balance, b => Assert.Equal((0.4, 0.03), (b.MeanBefore.Shown(), b.MeanAfter.Shown())));
    }

    // What only some have is a pool of those: three municipalities, or two with more than nine tenths of it, may not be shown.
    [Theory]
    [InlineData(4, 60, true)]
    [InlineData(3, 60, false)]
    [InlineData(4, 600, false)]
    public void Release_MeanBalanceOfSome_PassesAsAPoolOfThose(int having, int first, bool isShown)
    {
        var whole = Of(first, 60, 30, 30, 600, 600);
        BenchmarkContributor[] contributors =
        [
            .. whole.Contributors.Select((c, i) => i < having ? c : c with { Diagnostics = c.Diagnostics with { Balance = [c.Diagnostics.Balance[0]] } }),
        ];

        var released = Release(whole with { Contributors = contributors, Balance = [Balance("sex=woman@1", "0001")] });

        var balance = Assert.Single(released.Balance);
        Assert.Equal(6, released.Pool!.Municipalities);
        Assert.Equal((isShown, isShown), (balance.MeanBefore.IsShown, balance.MeanAfter.IsShown));
        Assert.True(balance.WorstAfter.IsShown);
    }

    [Fact]
    public void Release_NotPoolable_TellsTheReasonAndOwnEstimates()
    {
        var whole = Of(60, 60) with { Pooled = null, NotPoolable = NotPoolableReason.FewerThanThree };

        var released = Release(whole);

        Assert.Equal((BenchmarkStatus.NotPoolable, null, true), (released.Status, released.WithheldFor, released.Municipalities[0].Point.IsShown));
        Assert.Contains("fewer than three", Assert.Single(released.Sentences).En, StringComparison.Ordinal);
    }

    [Fact]
    public void Release_OpenData_ShowsTheExactNumbers()
    {
        var gate = new BenchmarkGate(OpenDataPolicy.Instance);
        var whole = Of(12, 13, 900);

        var released = gate.Release(whole, whole, _ => SampleResult.Months).Value;

        Assert.Equal(-1.23456, released.Pool!.Point.Shown());
        Assert.All(released.Municipalities, m => Assert.NotNull(m.Place));
    }

    [Fact]
    public void Codec_Release_ComesBackToTheByte()
    {
        var release = Gate.Release(Of(60, 70, 80, 62), Of(60, 70, 80, 62), _ => SampleResult.Months);

        var again = BenchmarkCodec.Decode(BenchmarkCodec.Encode(release));

        Assert.Equal(BenchmarkCodec.Encode(release), BenchmarkCodec.Encode(again));
        Assert.Equal((release.Audience, release.RuleVersion), (again.Audience, again.RuleVersion));
    }

    private static ReleasedBenchmark Release(Benchmark whole)
    {
        var kept = Gate.Basis(whole);
        var narrowed = whole with { Contributors = [.. whole.Contributors.Where(c => kept.Contains(c.Municipality))] };
        if (narrowed.Contributors.Count < 3) narrowed = narrowed with { Pooled = null, NotPoolable = NotPoolableReason.FewerThanThree };
        return Gate.Release(whole, narrowed, _ => SampleResult.Months).Value;
    }

    private static PooledBalance Balance(string covariate, string worst) => new(covariate, 8, 0.4, 0.03, 0.09, new OrganisationId(worst));

    private static Benchmark Of(params int[] participants) => new(
        new BenchmarkKey(SampleResult.Plan.Project, "ips", PeriodLength.Quarter, SampleResult.Plan.Primary),
        0.95,
        BenchmarkModel.TwoStage,
        [.. participants.Select((n, i) => new BenchmarkContributor(
            new OrganisationId($"{i + 1:0000}"), $"plan-{i + 1}", 1, 1, "run",
            SampleResult.Point with { Treated = n },
            SampleResult.Diagnostics with { Treated = n },
            new BenchmarkPlace(
                25.2, new ShrunkenEffect(-1.4812, 0.3, -2.1, -0.9, 0.4, 0.1333, 0.8667), new PoolWithout(-1.1393, -2, -0.3, 0.1),
                new FunnelPlace(-0.61, -2.3, -0.2, -2.9, 0.4))))],
        [],
        new PooledEffect(-1.23456, 0.2, -1.7, -0.7, 0.0001, 0.1, 21.4, 4.4, 3, 0.22, -2.4, -0.1, 0.3),
        null,
        null,
        [],
        DataPolicy.Standard,
        new BenchmarkLineage("snapshot", "inputs", "0.1.0", new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero)));
}
