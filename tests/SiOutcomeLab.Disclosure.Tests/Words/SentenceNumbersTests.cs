using System.Globalization;
using System.Text.RegularExpressions;
using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Disclosure.Tests.Words;

/// <summary>A sentence says no number that its table or its plan does not.</summary>
public sealed partial class SentenceNumbersTests
{
    [Fact]
    public void Say_AnyEstimate_HasNumbersOfTheTableAndThePlanOnly()
    {
        var random = new Random(17);
        for (var round = 0; round < 5000; round++)
        {
            var words = random.Next(3) switch { 0 => SampleResult.Months, 1 => SampleResult.Rate, _ => SampleResult.Visits };
            var size = words.IsRate ? 1 : Math.Pow(10, random.Next(-2, 6));
            var centre = (random.NextDouble() - 0.5) * size;
            var half = random.NextDouble() * 0.4 * size;
            var plan = SampleResult.Plan with
            {
                SmallestWorthwhileEffect = random.Next(2) == 0 ? null : Math.Round(random.NextDouble() * size, 3) + 0.001,
                Primary = SampleResult.Plan.Primary with { HorizonPeriods = random.Next(1, 37), Summary = (OutcomeSummary)random.Next(1, 3) },
            };
            var point = SampleResult.Point with { Point = centre, Low = centre - half, High = centre + half };

            var effect = SampleResult.Release(SampleResult.Headline(point), words: words, plan: plan);

            double[] allowed = [.. Numbers(effect.Estimate!), plan.SmallestWorthwhileEffect ?? 0];
            if (words.IsRate) allowed = [.. allowed.Select(a => a * 100), 100];
            allowed = [.. allowed, plan.Primary.HorizonPeriods];
            AssertOnly(allowed, effect.Sentence.Sv, "\u00A0", ",");
            AssertOnly(allowed, effect.Sentence.En, ",", ".");
        }
    }

    [Fact]
    public void Say_AnyReason_HasNumbersOfThePlanOnly()
    {
        foreach (var reason in Enum.GetValues<NotEstimableReason>())
        {
            var refused = SampleResult.Headline() with { Estimate = null, NotEstimable = new NotEstimable(reason, string.Empty) };
            var effect = SampleResult.Release(refused);
            double[] allowed = [SampleResult.Plan.MinimumTreated, SampleResult.Plan.MinimumComparison];
            AssertOnly(allowed, effect.Sentence.Sv + effect.Remedy!.Sv, "\u00A0", ",");
            AssertOnly(allowed, effect.Sentence.En + effect.Remedy.En, ",", ".");
        }
    }

    private static double[] Numbers(ReleasedEstimate e) => [e.Low.Shown(), e.High.Shown(), e.Point.Shown()];

    // A number is written with so many decimals; it is one of the allowed when that one, so rounded, reads the same.
    private static void AssertOnly(double[] allowed, string sentence, string group, string point)
    {
        var written = NumberPattern().Matches(sentence.Replace(group, string.Empty, StringComparison.Ordinal).Replace(point, ".", StringComparison.Ordinal));
        Assert.All(written, match =>
        {
            var number = double.Parse(match.Value, CultureInfo.InvariantCulture);
            var decimals = match.Value.Contains('.', StringComparison.Ordinal) ? match.Value.Length - match.Value.IndexOf('.', StringComparison.Ordinal) - 1 : 0;
            var half = 0.5 * Math.Pow(10, -decimals) * (1 + 1e-9);
            Assert.True(allowed.Any(a => Math.Abs(Math.Abs(a) - number) <= half), $"{match.Value} stands in no table: {sentence}");
        });
    }

    [GeneratedRegex(@"\d+(\.\d+)?")]
    private static partial Regex NumberPattern();
}
