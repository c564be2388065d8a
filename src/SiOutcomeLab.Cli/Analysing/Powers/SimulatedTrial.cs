using MathNet.Numerics.Distributions;
using SiOutcomeLab.Statistics.Numerics;

namespace SiOutcomeLab.Cli.Analysing.Powers;

/// <summary>Draws one data set of a design and tests it: t for means and pairs, z with the pooled share for shares.</summary>
internal sealed class SimulatedTrial(PowerChoices choices, int treated, int comparison, double effect)
{
    private readonly double _critical = Critical(choices, choices.Design switch
    {
        PowerDesign.Means => treated + comparison - 2,
        PowerDesign.Paired => treated - 1,
        _ => double.PositiveInfinity,
    });

    public bool? IsSignificant(ReplicateRandom random)
    {
        var statistic = choices.Design switch
        {
            PowerDesign.Means => Means(random),
            PowerDesign.Paired => Paired(random),
            _ => Shares(random),
        };
        return double.IsNaN(statistic) ? null : (choices.OneSided ? statistic * Math.Sign(effect) : Math.Abs(statistic)) > _critical;
    }

    private static double Critical(PowerChoices choices, double freedom)
    {
        var tail = 1 - (choices.OneSided ? choices.Alpha : choices.Alpha / 2);
        return double.IsInfinity(freedom) ? Normal.InvCDF(0, 1, tail) : StudentT.InvCDF(0, 1, freedom, tail);
    }

    private double Means(ReplicateRandom random)
    {
        var (one, onesSquares) = Arm(random, treated, effect);
        var (other, othersSquares) = Arm(random, comparison, 0);
        var variance = (onesSquares + othersSquares) / (treated + comparison - 2);
        return (one - other) / Math.Sqrt(variance * ((1.0 / treated) + (1.0 / comparison)));
    }

    private double Paired(ReplicateRandom random)
    {
        var (mean, squares) = Arm(random, treated, effect);
        return mean / Math.Sqrt(squares / (treated - 1) / treated);
    }

    private double Shares(ReplicateRandom random)
    {
        var (one, other) = (Count(random, treated, choices.Share + effect), Count(random, comparison, choices.Share));
        var pooled = (one + other) / (double)(treated + comparison);
        var error = Math.Sqrt(pooled * (1 - pooled) * ((1.0 / treated) + (1.0 / comparison)));
        return error == 0 ? 0 : ((one / (double)treated) - (other / (double)comparison)) / error;
    }

    private (double Mean, double Squares) Arm(ReplicateRandom random, int persons, double mean)
    {
        double average = 0, squares = 0;
        for (var i = 1; i <= persons; i++)
        {
            var value = mean + (choices.Deviation * random.NextNormal());
            var gap = value - average;
            average += gap / i;
            squares += gap * (value - average);
        }

        return (average, squares);
    }

    private static int Count(ReplicateRandom random, int persons, double share)
    {
        var count = 0;
        for (var i = 0; i < persons; i++) count += random.NextBool(share) ? 1 : 0;
        return count;
    }
}
