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

    [Theory]
    [InlineData("ips")]
    [InlineData("mst")]
    [InlineData("skolfam")]
    public void Trials_BigSample_NaiveComparisonMisleadsAndAdjustingMendsIt(string method)
    {
        var table = Big(method);
        var (naive, adjusted, error) = (Naive(table), Adjusted(table), table.TrueMean);
        Assert.True(
            Math.Abs(naive - error) > 4 * adjusted.StandardError,
            $"{method}: the plain difference {naive} is not far from {error} (SE {adjusted.StandardError}).");
        Assert.InRange((adjusted.Estimate - error) / adjusted.StandardError, -3, 3);
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
