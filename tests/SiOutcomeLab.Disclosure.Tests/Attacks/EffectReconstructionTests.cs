using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;

namespace SiOutcomeLab.Disclosure.Tests.Attacks;

/// <summary>
/// The attacker holds two releases of one effect, with and without one participant, and knows how many there were: from the two effects
/// and the counterfactual mean, y = n·θ(n) − (n−1)·θ(n−1) + c is that participant's value. The bar is an error of at least one standard
/// deviation for everybody. Rounding alone does not reach it, and these tests say how far it is from it, so that nobody believes otherwise:
/// what stops the attack is that the second release never leaves, which is the release ledger's work.
/// </summary>
public sealed class EffectReconstructionTests(ITestOutputHelper output)
{
    public static TheoryData<string, int> Populations
    {
        get
        {
            var data = new TheoryData<string, int>();
            foreach (var kind in (string[])["months", "yes or no", "earnings"])
            {
                foreach (var n in (int[])[60, 120, 300]) data.Add(kind, n);
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Populations))]
    public void Attack_OnUnroundedEffects_RecoversEverybody(string kind, int persons)
    {
        var errors = Attack(kind, persons, x => x);

        Assert.All(errors, e => Assert.True(e < 1e-9, $"{e:R} standard deviations off."));
    }

    [Theory]
    [MemberData(nameof(Populations))]
    public void Attack_OnEffectsOfTheStandardPolicy_DoesNotReachTheBar(string kind, int persons)
    {
        var errors = Attack(kind, persons, x => StandardPolicy.Instance.Number(NumberKind.Measure, x).Shown());

        var protectedShare = errors.Count(e => e >= 1) / (double)errors.Length;
        var median = errors.Order().ElementAt(errors.Length / 2);
        output.WriteLine($"{kind}, {persons} persons: error at least 1 SD for {protectedShare:P1}; median error {median:F3} SD.");

        // The day rounding protects most persons, this fails, and the policy's remarks are to be rewritten with it.
        Assert.True(protectedShare < 0.5, $"Rounding protects {protectedShare:P0}; say so in the policy.");
    }

    // The arithmetic of it: half a unit of the last digit in each effect, times the persons. A finer unit protects less.
    [Theory]
    [MemberData(nameof(Populations))]
    public void Attack_OnEffectsOfTheStandardPolicy_ErrsAtMostByTheRoundingTimesThePersons(string kind, int persons)
    {
        var (treated, comparison) = Population(kind, persons);
        var deviation = Deviation(treated);
        var effect = Math.Abs(treated.Average() - comparison.Average());
        var unit = Math.Pow(10, Math.Floor(Math.Log10(effect)) - 1);
        var counterfactualUnit = Math.Pow(10, Math.Floor(Math.Log10(comparison.Average())) - 2);

        var errors = Attack(kind, persons, x => StandardPolicy.Instance.Number(NumberKind.Measure, x).Shown());

        Assert.All(errors, e => Assert.True(e * deviation <= ((persons * unit) + counterfactualUnit) * (1 + 1e-9)));
    }

    /// <summary>The error of the recovered value for each participant left out in turn, in standard deviations.</summary>
    private static double[] Attack(string kind, int persons, Func<double, double> release)
    {
        var (treated, comparison) = Population(kind, persons);
        var (sum, counterfactual) = (treated.Sum(), comparison.Average());
        var deviation = Deviation(treated);
        var withAll = release((sum / persons) - counterfactual);
        return [.. treated.Select(y =>
        {
            var without = release(((sum - y) / (persons - 1)) - counterfactual);
            var recovered = (persons * withAll) - ((persons - 1) * without) + release(counterfactual);
            return Math.Abs(recovered - y) / deviation;
        })];
    }

    private static (double[] Treated, double[] Comparison) Population(string kind, int persons)
    {
        var random = new Random(persons + 5);
        double Normal() => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
        double Draw(bool isTreated) => kind switch
        {
            "months" => Math.Clamp(Math.Round((isTreated ? 4 : 6) + (4 * Normal())), 0, 12),
            "yes or no" => random.NextDouble() < (isTreated ? 0.45 : 0.3) ? 1 : 0,
            _ => Math.Max(0, (isTreated ? 210_000 : 180_000) + (120_000 * Normal())),
        };
        return ([.. Enumerable.Range(0, persons).Select(_ => Draw(true))], [.. Enumerable.Range(0, persons).Select(_ => Draw(false))]);
    }

    private static double Deviation(double[] values)
    {
        var mean = values.Average();
        return Math.Sqrt(values.Sum(v => (v - mean) * (v - mean)) / (values.Length - 1));
    }
}
