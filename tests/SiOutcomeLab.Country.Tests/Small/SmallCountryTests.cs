using SiOutcomeLab.Country.Making;
using SiOutcomeLab.Country.Small;
using SiOutcomeLab.Country.Trials;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Effects;
using SiOutcomeLab.Statistics.Propensity;
using SiOutcomeLab.Statistics.Weighting;

namespace SiOutcomeLab.Country.Tests.Small;

public sealed class SmallCountryTests
{
    [Fact]
    public void Make_GivenNumbers_AreAboutMet()
    {
        var country = SmallCountry.Make(new SmallCountryOptions { Participants = [20, 150], Municipalities = 6, PoolRatio = 5, Seed = 4 });
        Assert.Equal(6, country.Municipalities.Count);
        for (var at = 0; at < 6; at++)
        {
            var table = country.Trials(at);
            var (treated, others) = (table.Treated.Count(t => t), table.Treated.Count(t => !t));
            var wanted = at % 2 == 0 ? 20 : 150;
            Assert.InRange(treated, 0.5 * wanted, 1.5 * wanted);
            Assert.InRange(others, 3.5 * wanted, 6.5 * wanted);
            Assert.Equal(country.PlanOf(at).Covariates.Count(c => c.Lag == 2), table.Columns.Count(c => c.Name.EndsWith("@2", StringComparison.Ordinal)));
        }
    }

    /// <summary>The bias of the plain difference, in standard errors of the adjusted one, is at least what the README says.</summary>
    [Theory]
    [InlineData("ips")]
    [InlineData("supported-employment")]
    [InlineData("mst")]
    [InlineData("fft")]
    [InlineData("skolfam")]
    [InlineData("tfco")]
    [InlineData("skolteam")]
    [InlineData("komet")]
    public void Trials_BigSample_NaiveComparisonMisleadsAndAdjustingMendsIt(string method)
    {
        var table = Big(method);
        var (naive, adjusted, truth) = (Naive(table), Adjusted(table), table.TrueMean);
        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{method}: truth {truth:0.000}, plain {naive:0.000}, adjusted {adjusted.Estimate:0.000} (SE {adjusted.StandardError:0.000})");
        Assert.InRange(Math.Abs(naive - truth) / adjusted.StandardError, 4, 1000);
        // 99.9 per cent of a normal estimate.
        Assert.InRange((adjusted.Estimate - truth) / adjusted.StandardError, -3.3, 3.3);
    }

    [Fact]
    public void Trials_ManyCountries_IntervalsCoverTheTruth()
    {
        var errors = new List<double>();
        for (var seed = 0; seed < 40; seed++)
        {
            var country = SmallCountry.Make(new SmallCountryOptions { Seed = (ulong)seed, Municipalities = 5, Participants = [80], PoolRatio = 8 });
            for (var at = 0; at < 5; at++)
            {
                var table = country.Trials(at).Followed();
                var adjusted = Adjusted(table);
                errors.Add((adjusted.Estimate - table.TrueMean) / adjusted.StandardError);
            }
        }

        // 200 intervals that cover 95 % cover 95 ± 4.6 % (99.7 %); the truth of their own persons makes them a little wide, small groups narrow.
        Assert.InRange(errors.Count(e => Math.Abs(e) < 1.96) / 200.0, 0.90, 0.995);
        Assert.InRange(errors.Average(), -0.22, 0.22);
    }

    [Fact]
    public void Make_NoEffect_TruthIsZeroForEverybody()
    {
        var country = SmallCountry.Make(new SmallCountryOptions { MeanMultiplier = 0, Seed = 3 });
        Assert.All(country.Trials(2).TrueEffect.Where(e => !double.IsNaN(e)), e => Assert.Equal(0, e));
    }

    [Fact]
    public void Trials_WholePool_TakesOthersAsComparisonOnly()
    {
        var country = SmallCountry.Make(new SmallCountryOptions { Municipalities = 4, Participants = [40], Seed = 6 });
        var (own, whole) = (country.Trials(1), country.Trials(1, wholePool: true));
        Assert.Equal(own.Treated.Count(t => t), whole.Treated.Count(t => t));
        Assert.Equal(own.TrueMean, whole.TrueMean, 12);
        Assert.True(whole.Treated.Count(t => !t) > 3 * own.Treated.Count(t => !t));
    }

    [Fact]
    public void Trials_Treated_CarryTheirOwnTruth()
    {
        var country = SmallCountry.Make(new SmallCountryOptions { StartQuarters = 3, Seed = 9 });
        var table = country.Trials(0);
        var own = country.Municipalities[0].Participants("ips").Where(p => p.IsInTarget).ToArray();
        Assert.True(table.Treated.Count(t => t) <= own.Length);
        Assert.Equal(table.Treated, table.TrueEffect.Select(e => !double.IsNaN(e)));
        Assert.True(table.Quarter.Distinct().Count() == 3);
    }

    private static TrialTable Big(string method) => SmallCountry.Make(
        new SmallCountryOptions { Method = method, Municipalities = 1, Participants = [3000], PoolRatio = 5, Seed = 77 }).Trials(0).Followed();

    private static double Naive(TrialTable table) =>
        table.Outcome.Where((_, i) => table.Treated[i]).Average() - table.Outcome.Where((_, i) => !table.Treated[i]).Average();

    private static EffectResult Adjusted(TrialTable table)
    {
        var design = DesignMatrix.FromColumns(table.Columns);
        var fit = Value(new LogisticRegression().Fit(design, table.Treated, TestContext.Current.CancellationToken));
        var weights = Value(InversePropensity.Weights(fit, table.Treated, Estimand.Treated));
        return Value(AugmentedInversePropensity.Att(table.Outcome, table.Treated, weights, design, clusters: table.Person));
    }

    private static T Value<T>(Estimable<T> estimable) => Assert.IsType<Estimated<T>>(estimable).Value;
}
