using SiOutcomeLab.Country.Drawing;
using SiOutcomeLab.Country.Programme;

namespace SiOutcomeLab.Country.Making;

/// <summary>A rule that a world has and the real one has not: a method that may not be started in some quarters.</summary>
/// <param name="Slot">The method's place in its population; −1 for the world as it is.</param>
/// <param name="From">The first quarter in which it may not be started.</param>
/// <param name="Until">The last.</param>
internal readonly record struct WorldRule(int Slot, int From, int Until)
{
    public static readonly WorldRule None = new(-1, 0, 0);

    public bool Forbids(int slot, int quarter) => slot == Slot && quarter >= From && quarter <= Until;
}

/// <summary>
/// Lives a person's quarters, in the world as it is or in one where a method was not started: the same draws in each, so that worlds
/// differ by what the method did and by nothing else. Starting is decided by what was observed one and two quarters before, by
/// covariates, and by a draw of its own; never by what is not observed.
/// </summary>
internal sealed class PersonSimulator(PopulationTerms terms, CountryRules rules)
{
    private const double Fade = 0.6;
    private const double TraitShare = 0.8;
    private const double PassingShare = 0.6;
    private const ulong GroupPart = 0x6011;
    private readonly FollowedMeasure[] _measures = terms.Population.Measures;
    private readonly double[] _draws = new double[6];

    public int Quarters => rules.Quarters;

    public int Measures => _measures.Length;

    public int Slots => terms.Slots.Length;

    /// <summary>Lives a person's quarters.</summary>
    /// <param name="seed">The person's seed.</param>
    /// <param name="lastStart">The last quarter in which the person is here to start anything.</param>
    /// <param name="rule">The world's rule.</param>
    /// <param name="values">Receives measure by measure, quarter by quarter.</param>
    /// <param name="starts">Receives the quarter in which each method was started, −1 for never.</param>
    public PersonTraits Live(ulong seed, int lastStart, WorldRule rule, Span<float> values, Span<int> starts)
    {
        var random = new Xoshiro(seed);
        var person = PersonTraits.Draw(ref random, terms.Population, rules);
        var last = Math.Min(lastStart, person.LastQuarter);
        starts.Fill(-1);
        var background = person.Background(terms.Population);
        var passing = random.Normal();
        for (var quarter = 0; quarter < rules.Quarters; quarter++)
        {
            for (var slot = 0; slot < starts.Length; slot++)
            {
                var draw = random.Uniform();
                if (starts[slot] < 0 && quarter <= last && !rule.Forbids(slot, quarter)
                    && draw < StartChance(slot, quarter, person, values))
                {
                    starts[slot] = quarter;
                }
            }

            var need = (TraitShare * person.Trait) + (PassingShare * passing);
            for (var k = 0; k < _measures.Length; k++)
            {
                var measure = _measures[k];
                var index = measure.Base + (measure.Load * need) + (measure.Background * background) + terms.Levels[k]
                    + (0.3 * random.Normal());
                for (var slot = 0; slot < starts.Length; slot++)
                {
                    if (starts[slot] >= 0) index += Effect(slot, k, starts[slot], quarter, person, seed);
                }

                for (var d = 0; d < measure.Draws; d++) _draws[d] = random.Uniform();
                values[(k * rules.Quarters) + quarter] = Value(measure, index);
            }

            passing = (Fade * passing) + (0.8 * random.Normal());
        }

        return person;
    }

    /// <summary>The chance to start a method in a quarter, given that it was not started before.</summary>
    public double StartChance(int slot, int quarter, in PersonTraits person, ReadOnlySpan<float> values)
    {
        if (terms.Slots[slot] is not { } own || quarter < own.Design.FirstQuarter || quarter > own.Design.LastQuarter) return 0;
        var odds = own.Constants[quarter - own.Design.FirstQuarter] + Need(slot, quarter, person, values);
        return Steady.Logistic(odds) * (InTarget(slot, quarter, values) ? 1 : rules.OffTarget);
    }

    /// <summary>The log odds of starting, but for the constant.</summary>
    public double Need(int slot, int quarter, in PersonTraits person, ReadOnlySpan<float> values)
    {
        var method = terms.Population.Methods[slot];
        var need = (person.Woman ? method.NeedWoman : 0) + (person.IsSingle ? method.NeedSingle : 0)
            + (person.Education == 0 ? method.NeedCompulsory : 0)
            + (method.NeedYear * (person.BirthYear - terms.Population.MiddleYear));
        for (var k = 0; k < _measures.Length; k++)
        {
            var at = (k * rules.Quarters) + quarter;
            need += (method.NeedLag1[k] * values[at - 1]) + (method.NeedLag2[k] * values[at - 2]);
        }

        return need;
    }

    public bool InTarget(int slot, int quarter, ReadOnlySpan<float> values)
    {
        var method = terms.Population.Methods[slot];
        return method.TargetMeasure < 0 || method.InTarget(values[(method.TargetMeasure * rules.Quarters) + quarter - 1]);
    }

    /// <summary>The number of the group that a person starts in, from 0; −1 when the method is not delivered to groups.</summary>
    public int GroupOf(int slot, ulong seed) => terms.Slots[slot] is { Groups: > 0 } own
        ? (int)(Xoshiro.UniformOf(Xoshiro.Mix(seed, GroupPart)) * own.Groups)
        : -1;

    private double Effect(int slot, int measure, int start, int quarter, in PersonTraits person, ulong seed)
    {
        var own = terms.Slots[slot]!;
        var strength = own.Design.Method.Strength[measure];
        if (strength == 0) return 0;
        var time = quarter - start;
        var ramp = time switch { 0 => 0.3, 1 => 0.6, _ => 1 };
        var effect = strength * own.Design.Multiplier * person.Response * ramp;
        var group = GroupOf(slot, seed);
        if (group < 0) return effect;
        var shared = new Xoshiro(Xoshiro.Mix(own.GroupSeed, (ulong)((start * 1000) + group))).Normal();
        return effect + (rules.GroupSpread * shared * ramp);
    }

    private float Value(FollowedMeasure measure, double index)
    {
        switch (measure.Form)
        {
            case MeasureForm.Months:
                return Hits(measure.Draws, Steady.Logistic(index));
            case MeasureForm.Fortnights:
                return 15 * Hits(measure.Draws, Steady.Logistic(index));
            case MeasureForm.Count:
                return Steady.Poisson(Steady.Exp(index), _draws[0]);
            default:
                return (float)(Math.Floor((Math.Min(100, 9 * Steady.Exp(0.35 * index)) * 10) + 0.5) / 10);
        }
    }

    private int Hits(int draws, double chance)
    {
        var hits = 0;
        for (var d = 0; d < draws; d++) hits += _draws[d] < chance ? 1 : 0;
        return hits;
    }
}
