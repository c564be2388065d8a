using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Prices;
using SiOutcomeLab.Economics.UnitCosts;

namespace SiOutcomeLab.Economics.Baselines;

/// <summary>What each person had of a measure.</summary>
/// <param name="Measure">The measure.</param>
/// <param name="Unit">Its unit, as the measure catalogue's English word.</param>
/// <param name="PerPersonYear">Units per year, one value per person, persons in the same order for every measure; finite.</param>
public sealed record PersonQuantities(MeasureCode Measure, string Unit, IReadOnlyList<double> PerPersonYear);

/// <summary>
/// How much a mean cost owes to its few dearest persons. Each person's cost of all measures together is cut down to the cost that a stated
/// share of persons stay below, and the mean is taken anew: told beside the mean, never instead of it. The cut itself is nearly one
/// person's cost, and is not in the result.
/// </summary>
/// <param name="Mean">Kronor per person-year, uncut.</param>
/// <param name="WinsorisedMean">Kronor per person-year, cut.</param>
/// <param name="Quantile">The share of persons that keep their own cost, e.g. 0.99.</param>
/// <param name="Persons">Persons behind both.</param>
/// <param name="PersonsCut">Persons whose cost was cut.</param>
/// <param name="LargestShareCut">The share of what was cut that one person had of it, at most; 0 when nothing was.</param>
public sealed record WinsorisedCost(
    decimal Mean, decimal WinsorisedMean, double Quantile, int Persons, int PersonsCut, double LargestShareCut)
{
    /// <summary>Prices persons and compares the two means.</summary>
    /// <param name="measures">What each person had of each measure.</param>
    /// <param name="weights">One weight per person, zero or more; null when all count the same.</param>
    /// <param name="terms">With which unit costs, in which prices.</param>
    /// <param name="quantile">The share of persons (by weight) that keep their own cost; above 0.5 and below 1.</param>
    /// <param name="person">Which of the given are one and the same person, by a number of theirs; null when all differ.</param>
    /// <returns>Both means, payers' kronor of resources and transfers together; or what is missing in the register.</returns>
    public static Costable<WinsorisedCost> Of(
        IReadOnlyList<PersonQuantities> measures, IReadOnlyList<double>? weights, PriceTerms terms, double quantile = 0.99, IReadOnlyList<int>? person = null)
    {
        ArgumentNullException.ThrowIfNull(measures);
        ArgumentNullException.ThrowIfNull(terms);
        if (!(quantile > 0.5 && quantile < 1)) throw new ArgumentOutOfRangeException(nameof(quantile), "The share must lie between 0.5 and 1.");
        var persons = measures.Count == 0 ? 0 : measures[0].PerPersonYear.Count;
        if (persons == 0 || measures.Any(m => m.PerPersonYear.Count != persons))
        {
            throw new ArgumentException("There must be a measure and a person, and as many persons in every measure.", nameof(measures));
        }

        var w = weights ?? [.. Enumerable.Repeat(1.0, persons)];
        if (w.Count != persons || w.Any(x => !(double.IsFinite(x) && x >= 0)) || w.Sum() <= 0)
        {
            throw new ArgumentException("There must be one weight from 0 per person, and some above 0.", nameof(weights));
        }

        var who = person ?? [.. Enumerable.Range(0, persons)];
        if (who.Count != persons) throw new ArgumentException("There must be one number per person.", nameof(person));
        var gaps = new List<CostGap>();
        var costs = new decimal[persons];
        foreach (var measure in measures)
        {
            terms.For(measure.Measure, measure.Unit).Match(
                prices =>
                {
                    var perUnit = prices.Sum(p => p.PerMeasureUnit);
                    for (var i = 0; i < persons; i++) costs[i] += KronaGrid.On(KronaGrid.Of(measure.PerPersonYear[i]) * perUnit);
                    return 0;
                },
                missing =>
                {
                    gaps.AddRange(missing);
                    return 0;
                });
        }

        return gaps.Count > 0 ? new NotCosted<WinsorisedCost>(gaps) : new Costed<WinsorisedCost>(Of(costs, w, quantile, who));
    }

    private static WinsorisedCost Of(decimal[] costs, IReadOnlyList<double> weights, double quantile, IReadOnlyList<int> who)
    {
        var share = weights.Select(KronaGrid.Of).ToArray();
        var total = share.Sum();
        var order = Enumerable.Range(0, costs.Length).OrderBy(i => costs[i]).ToArray();
        var reached = 0m;
        var cut = costs[order[^1]];
        foreach (var i in order)
        {
            reached += share[i];
            if (reached < KronaGrid.Of(quantile) * total) continue;
            cut = costs[i];
            break;
        }

        var (mean, winsorised) = (0m, 0m);
        var cutOf = new Dictionary<int, decimal>();
        for (var i = 0; i < costs.Length; i++)
        {
            mean += KronaGrid.On(costs[i] * share[i] / total);
            winsorised += KronaGrid.On(Math.Min(costs[i], cut) * share[i] / total);
            if (costs[i] > cut && share[i] > 0) cutOf[who[i]] = cutOf.GetValueOrDefault(who[i]) + ((costs[i] - cut) * share[i]);
        }

        var all = cutOf.Values.Sum();
        var largest = all > 0 ? (double)(cutOf.Values.Max() / all) : 0;
        return new WinsorisedCost(mean, winsorised, quantile, who.Where((_, i) => share[i] > 0).Distinct().Count(), cutOf.Count, largest);
    }
}
