using Google.Protobuf;
using Google.Protobuf.Reflection;
using SiOutcomeLab.Disclosure;
using SiOutcomeLab.Disclosure.Rules;
using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Pipelines.Evaluation;
using SiOutcomeLab.Protos.Disclosure.V1;
using SiOutcomeLab.Protos.Effects.V1;
using SiOutcomeLab.Protos.Intake.V1;
using SiOutcomeLab.Protos.Plans.V1;
using SiOutcomeLab.Protos.Runs.V1;
using Cell = SiOutcomeLab.Disclosure.Cell;
using Reason = SiOutcomeLab.Protos.Disclosure.V1.Disclosure;

namespace SiOutcomeLab.Hub.Tests;

/// <summary>
/// A gate that lets one number through for every number: whatever else a reader meets has come past the gate. The replies are walked by
/// their descriptors, so a field added later is walked too.
/// </summary>
public sealed class CanaryTests
{
    private const double Sentinel = 77777;

    [Fact]
    public async Task EveryEffect_BehindTheCanaryGate_ReleasesNoNumberButTheSentinel()
    {
        await using var hub = await TestHub.StartAsync(_ => new CanaryPolicy());
        var headers = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(headers);
        var effects = (await hub.WaitForEffectsAsync("nsw-entropy-balancing", headers)).Concat(await hub.WaitForEffectsAsync("nsw-nearest-neighbour", headers)).ToArray();

        var released = 0;
        foreach (var effect in effects)
        {
            foreach (var (path, disclosure, value) in Leaves(effect, effect.GetType().Name))
            {
                if (disclosure != Reason.Released) continue;
                released++;
                switch (value)
                {
                    case double number:
                        Assert.True(number == Sentinel, $"{path} holds a number that did not come from the gate.");
                        break;
                    case string text:
                        Assert.True(OnlySentinelDigits(text, effect), $"{path} tells a number that did not come from the gate.");
                        break;
                }
            }
        }

        Assert.True(released > 100, $"Only {released} released values were met: the walk has lost its way.");
    }

    [Fact]
    public async Task PublicFacts_BehindTheCanaryGate_AreThePlansAndTheLineages()
    {
        await using var hub = await TestHub.StartAsync(_ => new CanaryPolicy());
        var headers = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(headers);
        var effect = (await hub.WaitForEffectsAsync("nsw-entropy-balancing", headers))[0];
        var plan = TestHub.NswPlans().Single(p => p.Id == "nsw-entropy-balancing");
        double[] planNumbers = [plan.Version, plan.Primary.HorizonPeriods, plan.ConfidenceLevel, plan.Seed, 1];
        // The periods that the plan reads, and the ends of bins.
        var fixedNumbers = planNumbers.Concat([-2, -1, 0]).Concat(Enumerable.Range(0, 21).Select(k => k / 20.0));

        var facts = Leaves(effect, "Effect")
            .Where(l => l.Reason != Reason.Released && !l.Path.Contains("ComputedAt", StringComparison.OrdinalIgnoreCase) && !l.Path.Contains("computed_at", StringComparison.Ordinal))
            .Select(l => l.Value switch { double d => d, int i => i, long n => n, _ => double.NaN })
            .Where(n => !double.IsNaN(n));

        Assert.All(facts, n => Assert.Contains(n, fixedNumbers));
    }

    [Fact]
    public async Task EveryOtherReply_ToAStranger_HoldsNoNumberButThePlansOwn()
    {
        await using var hub = await TestHub.StartAsync(_ => new CanaryPolicy());
        var owner = await hub.HeadersAsync(TestHub.NswOrganisation, Role.Submitter, Role.Analyst);
        await hub.LoadNswAsync(owner);
        await hub.WaitForEffectsAsync("nsw-entropy-balancing", owner);
        var steward = await hub.HeadersAsync("lab", Role.Steward);
        var run = (await hub.Runs.ListRunsAsync(new ListRunsRequest(), steward)).Runs[0];
        using var watch = hub.Runs.WatchRun(new WatchRunRequest { Name = run.Name }, steward);
        Assert.True(await watch.ResponseStream.MoveNext(Cancel.Token));
        IMessage[] replies =
        [
            await hub.Runs.ListRunsAsync(new ListRunsRequest(), steward),
            await hub.Runs.GetRunAsync(new GetRunRequest { Name = run.Name }, steward),
            watch.ResponseStream.Current,
            await hub.Plans.ListPlansAsync(new ListPlansRequest()),
            await hub.Plans.GetPlanAsync(new GetPlanRequest { Name = "plans/nsw-nearest-neighbour" }),
            await hub.Plans.ListInterventionsAsync(new ListInterventionsRequest()),
            await hub.Intake.ListSubmissionsAsync(new ListSubmissionsRequest(), await hub.HeadersAsync("9911", Role.Submitter)),
        ];
        double[] planNumbers = [.. TestHub.NswPlans().SelectMany(p => p.Covariates.Select(c => (double)c.Lag)
            .Concat(
            [
                p.Version, p.Primary.HorizonPeriods, p.ConfidenceLevel, 1 - p.ConfidenceLevel, p.Seed, p.MinimumTreated, p.MinimumComparison,
                p.SmallestWorthwhileEffect ?? 1, 1,
            ]))];

        var numbers = replies.SelectMany(r => Leaves(r, r.Descriptor.Name))
            .Where(l => !l.Path.EndsWith("_at.seconds", StringComparison.Ordinal) && !l.Path.EndsWith("_at.nanos", StringComparison.Ordinal))
            .Select(l => (l.Path, Number: l.Value switch { double d => d, int i => i, long n => n, _ => double.NaN }))
            .Where(l => !double.IsNaN(l.Number))
            .ToArray();

        Assert.NotEmpty(numbers);
        Assert.All(numbers, n => Assert.Contains(n.Number, planNumbers));
    }

    private static IEnumerable<(string Path, Reason Reason, object Value)> Leaves(IMessage message, string path)
    {
        foreach (var field in message.Descriptor.Fields.InDeclarationOrder())
        {
            var disclosure = field.GetOptions()?.GetExtension(DisclosureExtensions.Disclosure) ?? Reason.Unspecified;
            if (field.HasPresence && !field.Accessor.HasValue(message)) continue;
            var value = field.Accessor.GetValue(message);
            var values = field.IsRepeated ? ((System.Collections.IEnumerable)value).Cast<object>() : [value];
            foreach (var item in values)
            {
                if (item is IMessage nested)
                {
                    foreach (var leaf in Leaves(nested, $"{path}.{field.Name}")) yield return leaf;
                }
                else if (item is not (0 or 0L or 0.0 or "" or null))
                {
                    yield return ($"{path}.{field.Name}", disclosure, item);
                }
            }
        }
    }

    // Names of covariates, the measure's words and the plan's horizon are public; what digits remain must be the sentinel's.
    private static bool OnlySentinelDigits(string text, Effect effect)
    {
        foreach (var name in effect.Diagnostics?.Balance.Select(b => b.Covariate).OrderByDescending(n => n.Length) ?? Enumerable.Empty<string>())
        {
            text = text.Replace(name, string.Empty, StringComparison.Ordinal);
        }

        // How many covariates a refusal names is what a reader of their names can count.
        if (effect.NotEstimable is { Detail: { Length: > 0 } detail })
        {
            var named = detail.Split(", ").Length;
            text = text.Replace($"i {named} egenskaper", string.Empty, StringComparison.Ordinal).Replace($"in {named} covariates", string.Empty, StringComparison.Ordinal);
        }

        var words = MeasureVocabulary.Of(new MeasureCode(effect.Outcome.Measure));
        text = text.Replace(words.Name.Sv, string.Empty, StringComparison.Ordinal).Replace(words.Name.En, string.Empty, StringComparison.Ordinal);
        text = text.Replace(effect.UnitSv, string.Empty, StringComparison.Ordinal).Replace(effect.UnitEn, string.Empty, StringComparison.Ordinal);
        text = text.Replace($"{effect.Outcome.HorizonPeriods} år efter", string.Empty, StringComparison.Ordinal)
            .Replace($"{effect.Outcome.HorizonPeriods} years after", string.Empty, StringComparison.Ordinal);
        return text.Where(char.IsDigit).All(c => c == '7');
    }

    private sealed class CanaryPolicy() : DisclosurePolicy("canary-1", Audience.Public)
    {
        internal override Cell Count(int persons) => Cell.Shown(Sentinel);

        internal override Cell Number(NumberKind kind, double value) => Cell.Shown(Sentinel);

        internal override Cell ShareOf(double share, int group) => Cell.Shown(Sentinel);

        internal override SuppressionReason? Refuses(ModelBasis basis) => null;

        internal override SuppressionReason? RefusesCategories(double yes, double no) => null;

        internal override bool AllowsDifference(int difference) => true;

        internal override SuppressionReason? RefusesSum(SumBasis basis) => null;

        internal override double KronaStep(double largest) => 1000;

        internal override SuppressionReason? RefusesPool(IReadOnlyList<int> participants) => null;
    }
}
