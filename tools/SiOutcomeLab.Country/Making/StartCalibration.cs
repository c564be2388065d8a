using SiOutcomeLab.Country.Drawing;

namespace SiOutcomeLab.Country.Making;

/// <summary>
/// Sets the constants of the log odds of starting, so that about the wished number of persons start in each start quarter: by Newton's
/// method on the mean chance of a sample of the municipality's persons, in a world where nobody has started yet.
/// </summary>
internal static class StartCalibration
{
    // A tenth of the spread of the number of starts itself; the whole municipality when it is small.
    private const int MostSampled = 300;
    private const double MostOfThoseLeft = 0.8;

    public static void Run(PopulationTerms terms, CountryRules rules, int persons, Func<int, ulong> seedOf)
    {
        if (terms.Slots.All(s => s is null) || persons == 0) return;
        var simulator = new PersonSimulator(terms, rules);
        var sampled = Math.Min(persons, MostSampled);
        var width = simulator.Measures * rules.Quarters;
        var values = new float[sampled * width];
        var people = new PersonTraits[sampled];
        Span<int> starts = stackalloc int[simulator.Slots];
        for (var i = 0; i < sampled; i++)
        {
            people[i] = simulator.Live(seedOf(i), lastStart: -1, WorldRule.None, values.AsSpan(i * width, width), starts);
        }

        for (var slot = 0; slot < terms.Slots.Length; slot++)
        {
            if (terms.Slots[slot] is { } own) Calibrate(simulator, slot, own, rules, people, values, persons);
        }
    }

    private static void Calibrate(
        PersonSimulator simulator, int slot, SlotTerms own, CountryRules rules, PersonTraits[] people, float[] values, int persons)
    {
        var width = simulator.Measures * rules.Quarters;
        var needs = new double[people.Length];
        var parts = new double[people.Length];
        var wanted = own.Design.Participants / own.Design.StartQuarters;
        var constant = -4.0;
        for (var at = 0; at < own.Constants.Length; at++)
        {
            var quarter = own.Design.FirstQuarter + at;
            var present = 0;
            for (var i = 0; i < people.Length; i++)
            {
                var lived = values.AsSpan(i * width, width);
                if (people[i].LastQuarter < quarter) continue;
                needs[present] = simulator.Need(slot, quarter, people[i], lived);
                parts[present++] = simulator.InTarget(slot, quarter, lived) ? 1 : rules.OffTarget;
            }

            var left = (persons * (double)present / people.Length) - (at * wanted);
            var rate = left <= 0 ? 0 : Math.Min(MostOfThoseLeft, wanted / left);
            constant = Solve(needs.AsSpan(0, present), parts, rate, constant);
            own.Constants[at] = constant;
        }
    }

    private static double Solve(ReadOnlySpan<double> needs, double[] parts, double rate, double constant)
    {
        if (needs.IsEmpty || rate <= 0) return -40;
        for (var step = 0; step < 40; step++)
        {
            double mean = 0, slope = 0;
            for (var i = 0; i < needs.Length; i++)
            {
                var chance = Steady.Logistic(constant + needs[i]);
                mean += parts[i] * chance;
                slope += parts[i] * chance * (1 - chance);
            }

            // A long step from a flat tail would overshoot; so short a step moves no number.
            var move = slope > 0 ? Math.Clamp(((rate * needs.Length) - mean) / slope, -1.5, 1.5) : 1.5;
            constant = Math.Clamp(constant + move, -40, 40);
            if (Math.Abs(move) < 1e-6) break;
        }

        return constant;
    }
}
