using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Power;

namespace SiOutcomeLab.Cli.Analysing.Powers;

/// <summary>Solves for what is not given, by the engine's formula for the design.</summary>
internal sealed class PowerFormula(PowerChoices choices, double inflation)
{
    public Estimable<PowerSolution> Solve() => choices.Design switch
    {
        PowerDesign.Means => Estimable.Of(Means()),
        PowerDesign.Paired => Estimable.Of(Paired()),
        _ => Shares(),
    };

    private PowerSolution Means()
    {
        var formula = new TwoMeans
        {
            StandardDeviation = choices.Deviation, Alpha = choices.Alpha, TwoSided = !choices.OneSided, Inflation = inflation,
        };
        if (choices.Treated is not { } n) n = formula.Treated(choices.Effect!.Value, choices.Power!.Value, choices.Ratio);
        var effect = choices.Effect ?? formula.MinimumDetectableEffect(n, n * choices.Ratio, choices.Power!.Value);
        return new PowerSolution(n, effect, choices.Power ?? formula.Power(n, n * choices.Ratio, effect));
    }

    private PowerSolution Paired()
    {
        var formula = new PairedMeans { DifferenceDeviation = choices.Deviation, Alpha = choices.Alpha, TwoSided = !choices.OneSided };
        if (choices.Treated is not { } n) n = formula.Pairs(choices.Effect!.Value, choices.Power!.Value);
        var effect = choices.Effect ?? formula.MinimumDetectableEffect(n, choices.Power!.Value);
        return new PowerSolution(n, effect, choices.Power ?? formula.Power(n, effect));
    }

    private Estimable<PowerSolution> Shares()
    {
        var formula = new TwoProportions { Alpha = choices.Alpha, TwoSided = !choices.OneSided, Inflation = inflation };
        if (choices.Effect is { } given && (choices.Share + given is < 0 or > 1))
        {
            return Estimable.Not<PowerSolution>(NotEstimableReason.NoVariation, "The share with treatment would lie outside of 0 to 1.");
        }

        if (choices.Treated is not { } n) n = formula.Treated(choices.Share + choices.Effect!.Value, choices.Share, choices.Power!.Value, choices.Ratio);
        if (choices.Effect is { } effect)
        {
            return Estimable.Of(new PowerSolution(
                n, effect, choices.Power ?? formula.Power(n, n * choices.Ratio, choices.Share + effect, choices.Share)));
        }

        return formula.DetectableShare(n, n * choices.Ratio, choices.Share, increase: true, choices.Power!.Value)
            .Map(share => new PowerSolution(n, share - choices.Share, choices.Power!.Value));
    }
}

/// <summary>Persons treated (pairs), effect and power that belong together.</summary>
internal sealed record PowerSolution(double Treated, double Effect, double Power);
