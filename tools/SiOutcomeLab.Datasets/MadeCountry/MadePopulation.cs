using SiOutcomeLab.Domain;
using SiOutcomeLab.Domain.Plans;

namespace SiOutcomeLab.Datasets.MadeCountry;

/// <summary>The target group of a method: how its persons are made, who takes part, and how the effect will be evaluated.</summary>
internal abstract class MadePopulation
{
    /// <summary>The method's code; also the intervention's code in each municipality.</summary>
    public abstract string Method { get; }

    public abstract BilingualText Name { get; }

    /// <summary>Invented cost per participant, SEK of 2023.</summary>
    public abstract decimal Cost { get; }

    /// <summary>The mean, over municipalities, of the size of the effect on the scale that the population's model works on.</summary>
    public abstract double MeanEffect { get; }

    /// <summary>The spread of that size between municipalities.</summary>
    public abstract double EffectSpread { get; }

    public abstract IReadOnlyList<string> Measures { get; }

    public abstract OutcomeDefinition Primary { get; }

    public abstract double SmallestWorthwhileEffect { get; }

    public abstract IReadOnlyList<TargetCondition> TargetGroup { get; }

    public abstract IReadOnlyList<CovariateTerm> Covariates { get; }

    public abstract BalancingMethod Balancing { get; }

    public abstract EstimatorKind Estimator { get; }

    public abstract BilingualText OutcomeWords { get; }

    /// <summary>Makes a person; <paramref name="effect"/> is the municipality's size of the effect.</summary>
    public abstract MadePerson Draw(string key, double effect, SteadyRandom random);

    /// <summary>
    /// The log odds of taking part, but for a constant. Depends on nothing that the plan does not balance on, so that balancing can work;
    /// depends on need, so that comparing participants with the others as they are misleads.
    /// </summary>
    public abstract double Need(MadePerson person);

    /// <summary>How much of the full effect there is at an event time.</summary>
    protected static double Ramp(int time) => time switch { < 0 => 0, 0 => 0.3, 1 => 0.6, _ => 1 };

    /// <summary>A person's standing over the quarters: a lasting part, and a part with variance 0.49 that fades by 0.6 a quarter.</summary>
    protected static double[] Standing(double lasting, SteadyRandom random)
    {
        var values = new double[MadeCalendar.Count];
        var passing = random.Normal();
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = lasting + (0.7 * passing);
            passing = (0.6 * passing) + (0.8 * random.Normal());
        }

        return values;
    }

    /// <summary>How many of the draws fall below the chance: binomial, and with the same draws never fewer at a greater chance.</summary>
    protected static int Hits(ReadOnlySpan<double> draws, double chance)
    {
        var hits = 0;
        foreach (var draw in draws) hits += draw < chance ? 1 : 0;
        return hits;
    }

    protected static double[] Draws(int count, SteadyRandom random)
    {
        var draws = new double[count];
        for (var i = 0; i < count; i++) draws[i] = random.Uniform();
        return draws;
    }

    protected static string Country(SteadyRandom random) =>
        random.Choose(("sweden", 0.72), ("nordic", 0.03), ("eu", 0.08), ("other", 0.17));
}
