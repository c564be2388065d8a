using SiOutcomeLab.Disclosure.Effects;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Disclosure.Tests.Samples;
using SiOutcomeLab.Domain.Effects;

namespace SiOutcomeLab.Disclosure.Tests.Effects;

public sealed class FlowGateTests
{
    private static readonly FlowStepKind[] Kinds = Enum.GetValues<FlowStepKind>();

    [Fact]
    public void Release_StepsFarApart_AreAllShownRounded()
    {
        var flow = Flow((100, 300), (90, 280), (80, 270));

        var shown = FlowGate.Release(flow, StandardPolicy.Instance);

        Assert.Equal([(100.0, 300.0), (90, 280), (80, 270)], shown.Select(s => (s.Treated.Shown(), s.Comparison.Shown())));
    }

    [Fact]
    public void Release_StepThatLosesOne_IsMergedIntoTheNext()
    {
        var shown = FlowGate.Release(Flow((100, 300), (99, 280), (80, 270)), StandardPolicy.Instance);

        Assert.Equal([FlowStepKind.Observed, FlowStepKind.CovariatesKnown], shown.Select(s => s.Step));
    }

    [Fact]
    public void Release_LastStepTooCloseToOthers_StaysAndTheOthersGo()
    {
        var shown = FlowGate.Release(Flow((100, 300), (80, 280), (79, 280)), StandardPolicy.Instance);
        Assert.Equal([FlowStepKind.Observed, FlowStepKind.CovariatesKnown], shown.Select(s => s.Step));

        Assert.Equal(FlowStepKind.CovariatesKnown, Assert.Single(FlowGate.Release(Flow((80, 285), (80, 285), (79, 280)), StandardPolicy.Instance)).Step);
    }

    [Fact]
    public void Release_FewPersons_AreWithheldNotZero()
    {
        var shown = FlowGate.Release(Flow((40, 300), (0, 300)), StandardPolicy.Instance);

        Assert.Equal(SuppressionReason.FewPersons, shown[^1].Treated.Suppression);
        Assert.Equal(300, shown[^1].Comparison.Shown());
    }

    [Fact]
    public void Release_OpenData_ShowsEveryStepExactly()
    {
        var shown = FlowGate.Release(Flow((100, 300), (99, 299), (3, 1)), OpenDataPolicy.Instance);

        Assert.Equal([(100.0, 300.0), (99, 299), (3, 1)], shown.Select(s => (s.Treated.Shown(), s.Comparison.Shown())));
    }

    [Fact]
    public void Release_NoSteps_ShowsNone() => Assert.Empty(FlowGate.Release([], StandardPolicy.Instance));

    [Fact]
    public void Release_AnyFlow_ShowsNoTwoStepsOneToNineApartAndAlwaysTheLast()
    {
        var random = new Random(2026);
        for (var round = 0; round < 20_000; round++)
        {
            var flow = RandomFlow(random);
            var shown = FlowGate.Release(flow, StandardPolicy.Instance);
            Assert.Equal(flow[^1].Step, shown[^1].Step);
            var exact = shown.Select(s => flow.Single(f => f.Step == s.Step)).ToArray();
            Assert.Equal(exact.Select(e => e.Step).Order(), exact.Select(e => e.Step));
            for (var i = 0; i < exact.Length; i++)
            {
                for (var j = 0; j < i; j++)
                {
                    Assert.False(exact[j].Treated - exact[i].Treated is >= 1 and <= 9, Tell(flow));
                    Assert.False(exact[j].Comparison - exact[i].Comparison is >= 1 and <= 9, Tell(flow));
                }
            }
        }
    }

    private static FlowStep[] RandomFlow(Random random)
    {
        var (treated, comparison) = (random.Next(0, 120), random.Next(0, 200));
        var flow = new FlowStep[random.Next(1, Kinds.Length + 1)];
        for (var i = 0; i < flow.Length; i++)
        {
            flow[i] = new FlowStep(Kinds[i], treated, comparison);
            treated = Math.Max(0, treated - Loss(random));
            comparison = Math.Max(0, comparison - Loss(random));
        }

        return flow;
    }

    private static int Loss(Random random) => random.Next(3) switch { 0 => 0, 1 => random.Next(1, 10), _ => random.Next(10, 40) };

    private static string Tell(IEnumerable<FlowStep> flow) => string.Join("; ", flow.Select(s => $"{s.Step} {s.Treated} {s.Comparison}"));

    private static FlowStep[] Flow(params (int Treated, int Comparison)[] steps) => [.. steps.Select((s, i) => new FlowStep(Kinds[i], s.Treated, s.Comparison))];
}
