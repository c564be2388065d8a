using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

public sealed class ReceivedGateTests
{
    [Fact]
    public void Release_EnoughPersons_ShowsCountsAndSharesOfCountsAsShown()
    {
        var shown = Release(Mix(62, 143, (30, 0.48, 90, 0.6), ("mst", 32, 0.52, 53, 0.4)));

        Assert.Equal((30.0, 90.0), (shown.Nothing.Treated.Persons.Shown(), shown.Nothing.Comparison.Persons.Shown()));
        // 0.4 of 143 is worth 57.2 persons: 55 of 145.
        Assert.Equal(Math.Round(55 / 145.0, 2), Assert.Single(shown.Methods).Comparison.Share.Shown());
        Assert.Equal(55, shown.Methods[0].Comparison.Persons.Shown());
        Assert.Equal(Math.Round(30 / 60.0, 2), shown.Methods[0].Treated.Share.Shown());
    }

    // A single method: who received nothing gives it away, and the other way round.
    [Theory]
    [InlineData(9)]
    [InlineData(1)]
    [InlineData(0)]
    [InlineData(140)]
    public void Release_OneMethodOfFewOrOfNearlyAll_WithholdsItAndThoseWithNothing(int received)
    {
        var shown = Release(Mix(62, 143, (30, 0.5, 143 - received, 1 - (received / 143.0)), ("mst", 32, 0.5, received, received / 143.0)));

        // Said the right way round: where few received anything, those with nothing are no few persons.
        var expected = received < 10 ? SuppressionReason.Secondary : SuppressionReason.FewPersons;
        Assert.Equal(expected, shown.Nothing.Comparison.Persons.Suppression);
        Assert.Equal(expected, shown.Nothing.Comparison.Share.Suppression);
        Assert.Equal(SuppressionReason.FewPersons, Assert.Single(shown.Methods).Comparison.Persons.Suppression);
        Assert.Equal(30, shown.Methods[0].Treated.Persons.Shown());
    }

    [Fact]
    public void Release_MethodOfFewInBothGroups_IsNotNamed()
    {
        var shown = Release(Mix(62, 143, (30, 0.5, 60, 0.5), ("mst", 32, 0.5, 70, 0.45), ("sis", 1, 0.01, 9, 0.05)));

        Assert.Equal(["mst"], shown.Methods.Select(m => m.Method));
        // Of nine that are withheld, another takes away what tells of them.
        Assert.Equal(SuppressionReason.Secondary, shown.Nothing.Comparison.Persons.Suppression);
        Assert.Equal(70, shown.Methods[0].Comparison.Persons.Shown());
    }

    [Fact]
    public void Release_SeveralOfFewThatAreManyTogether_TakeNothingElseAway()
    {
        var shown = Release(Mix(62, 143, (30, 0.5, 60, 0.5), ("mst", 32, 0.5, 70, 0.45), ("sis", 20, 0.3, 6, 0.05), ("ips", 20, 0.3, 7, 0.05)));

        Assert.True(shown.Nothing.Comparison.Persons.IsShown);
        Assert.Equal([true, false, false], shown.Methods.Select(m => m.Comparison.Persons.IsShown));
    }

    [Fact]
    public void Release_ShareWorthFewPersons_IsWithheldThoughManyHaveIt()
    {
        var part = Release(Mix(62, 143, (30, 0.5, 100, 0.98), ("mst", 32, 0.5, 43, 0.02))).Methods[0].Comparison;

        Assert.Equal(45, part.Persons.Shown());
        Assert.Equal(SuppressionReason.FewPersons, part.Share.Suppression);
    }

    [Fact]
    public void Release_OpenData_ShowsEveryNumberExactly()
    {
        var shown = ReceivedGate.Release(Mix(5, 6, (3, 0.6, 0, 0), ("mst", 2, 0.4, 6, 1)), OpenDataPolicy.Instance);

        Assert.Equal((3.0, 0.6, 0.0, 0.0), (shown.Nothing.Treated.Persons.Shown(), shown.Nothing.Treated.Share.Shown(),
            shown.Nothing.Comparison.Persons.Shown(), shown.Nothing.Comparison.Share.Shown()));
        Assert.Equal(1, Assert.Single(shown.Methods).Comparison.Share.Shown());
    }

    // Whatever the mix: nothing of fewer than ten or of all but fewer than ten, nor few that are left over by the rest.
    [Fact]
    public void Release_AnyMix_LeavesNoFewPersonsToBeWorkedOut()
    {
        var random = new Random(2026);
        for (var round = 0; round < 20_000; round++)
        {
            var mix = Random(random);
            var shown = Release(mix);
            Assert.All(shown.Methods, m => Assert.Contains(mix.Methods, x => x.Method == m.Method && (x.Treated.Persons >= 10 || x.Comparison.Persons >= 10)));
            Check(mix, shown, m => m.Treated, m => m.Treated, mix.Treated);
            Check(mix, shown, m => m.Comparison, m => m.Comparison, mix.Comparison);
        }
    }

    [Fact]
    public void Release_OfAResult_StandsWithAShownHeadlineAlone()
    {
        var mix = Mix(62, 143, (30, 0.48, 90, 0.6), ("mst", 32, 0.52, 53, 0.4));
        var few = SampleResult.Headline(SampleResult.Point with { Treated = 29 });

        var shown = Releases(SampleResult.Of(SampleResult.Headline(), SampleResult.Headline() with { Role = EstimateRole.Sensitivity }) with { Received = mix });

        Assert.NotNull(shown[0].Value.Received);
        Assert.Null(shown[1].Value.Received);
        Assert.Null(Releases(SampleResult.Of(few) with { Received = mix })[0].Value.Received);
        Assert.Null(Releases(SampleResult.Of(SampleResult.Headline()))[0].Value.Received);
        var again = ReleaseCodec.Decode(ReleaseCodec.Encode(shown[0])).Value.Received!;
        Assert.Equal(shown[0].Value.Received!.Nothing, again.Nothing);
        Assert.Equal(shown[0].Value.Received!.Methods, again.Methods);
    }

    private static IReadOnlyList<Released<ReleasedEffect>> Releases(EvaluationResult result) =>
        new EffectGate(StandardPolicy.Instance).Release(result, _ => SampleResult.Months);

    private static void Check(
        ReceivedMix mix, ReleasedMix shown, Func<MethodReceived, ReceivedBy> exactOf, Func<ReleasedReceived, ReleasedPart> partOf, int group)
    {
        var withheld = 0;
        var anyWithheld = false;
        foreach (var method in mix.Methods.Prepend(mix.Nothing))
        {
            var released = method.Method is null ? shown.Nothing : shown.Methods.FirstOrDefault(m => m.Method == method.Method);
            var persons = exactOf(method).Persons;
            if (released is not null && partOf(released).Persons.IsShown) Assert.InRange(persons, 10, group - 10);
            else (withheld, anyWithheld) = (withheld + Math.Min(persons, group - persons), true);
            if (released is not null && !partOf(released).Persons.IsShown) Assert.False(partOf(released).Share.IsShown);
        }

        var allWithheld = shown.Methods.Prepend(shown.Nothing).All(m => !partOf(m).Persons.IsShown);
        Assert.True(!anyWithheld || allWithheld || withheld >= 10, $"{withheld} are left over.");
    }

    private static ReceivedMix Random(Random random)
    {
        var (treated, comparison) = (random.Next(30, 120), random.Next(30, 300));
        var methods = Enumerable.Range(0, random.Next(0, 5)).Select(i => new MethodReceived($"m{i}", Some(random, treated), Some(random, comparison))).ToArray();
        return new ReceivedMix(treated, comparison, new MethodReceived(null, Some(random, treated), Some(random, comparison)), methods);
    }

    private static ReceivedBy Some(Random random, int group)
    {
        var persons = random.Next(3) == 0 ? random.Next(0, 12) : random.Next(0, group + 1);
        return new ReceivedBy(persons, random.NextDouble());
    }

    private static ReleasedMix Release(ReceivedMix mix) => ReceivedGate.Release(mix, StandardPolicy.Instance);

    private static ReceivedMix Mix(
        int treated, int comparison, (int T, double TShare, int C, double CShare) nothing, params (string Method, int T, double TShare, int C, double CShare)[] methods) => new(
            treated,
            comparison,
            new MethodReceived(null, new ReceivedBy(nothing.T, nothing.TShare), new ReceivedBy(nothing.C, nothing.CShare)),
            [.. methods.Select(m => new MethodReceived(m.Method, new ReceivedBy(m.T, m.TShare), new ReceivedBy(m.C, m.CShare)))]);
}
