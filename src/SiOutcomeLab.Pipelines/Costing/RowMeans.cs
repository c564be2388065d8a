using SiOutcomeLab.Domain.Identity;
using SiOutcomeLab.Economics.Money;
using SiOutcomeLab.Economics.Quantities;

namespace SiOutcomeLab.Pipelines.Costing;

/// <summary>Means of quantities and what each row has to do with them: what a baseline is made of, and what several are pooled from.</summary>
/// <param name="What">The quantities.</param>
/// <param name="Means">Their means.</param>
/// <param name="Influence">By quantity, each row's influence: the squares of its sums over clusters sum to the variance.</param>
/// <param name="Values">By quantity, each row's value.</param>
/// <param name="Weights">Each row's weight.</param>
/// <param name="Cluster">Each row's cluster.</param>
/// <param name="Person">Each row's person.</param>
/// <param name="Municipality">Each row's municipality; empty for none.</param>
internal sealed record RowMeans(
    IReadOnlyList<MeasureYear> What,
    double[] Means,
    double[][] Influence,
    double[][] Values,
    double[] Weights,
    int[] Cluster,
    PersonId[] Person,
    string[] Municipality)
{
    /// <summary>Persons with weight.</summary>
    public int Persons => Person.Where((_, i) => Weights[i] > 0).Distinct().Count();

    /// <summary>Each row's person, by a number.</summary>
    public int[] PersonNumbers
    {
        get
        {
            var numbers = new Dictionary<PersonId, int>();
            return Array.ConvertAll(Person, p =>
            {
                if (!numbers.TryGetValue(p, out var number)) numbers.Add(p, number = numbers.Count);
                return number;
            });
        }
    }

    /// <summary>Kish's effective number of rows; at most the persons.</summary>
    public double EffectivePersons => Math.Min(Math.Pow(Weights.Sum(), 2) / Weights.Sum(w => w * w), Persons);

    /// <summary>The plain means of rows that all count the same.</summary>
    public static RowMeans Plain(CostedRows rows, double[][] values)
    {
        var n = rows.Cohort.Rows;
        double[] means = [.. values.Select(v => v.Sum() / n)];
        return new RowMeans(
            rows.What,
            means,
            [.. values.Select((v, k) => Array.ConvertAll(v, y => (y - means[k]) / n))],
            values,
            [.. Enumerable.Repeat(1.0, n)],
            rows.Cohort.Cluster,
            rows.Person,
            rows.Municipality);
    }

    /// <summary>The same of some quantities.</summary>
    public RowMeans Only(IReadOnlyList<int> places) => this with
    {
        What = [.. places.Select(k => What[k])],
        Means = [.. places.Select(k => Means[k])],
        Influence = [.. places.Select(k => Influence[k])],
        Values = [.. places.Select(k => Values[k])],
    };

    /// <summary>The quantities with their joint uncertainty.</summary>
    public QuantitySet ToSet() =>
        JointQuantities.Of(What, Means, Influence, Cluster, [.. Values.Select(v => JointQuantities.Behind(v, Weights, Person, Municipality))]);
}

/// <summary>Quantities on the same rows, with the uncertainty that this gives them together.</summary>
internal static class JointQuantities
{
    public static QuantitySet Of(
        IReadOnlyList<MeasureYear> what, double[] means, double[][] influence, int[] cluster, IReadOnlyList<Contributors> contributors)
    {
        var numbered = Numbered(cluster);
        return new QuantitySet(
            [
                .. what.Select((w, k) => new MeasureQuantity(
                    w.Measure, w.Unit, w.EventYear, means[k], ErrorOf(influence[k], numbered), Provenance.Measured, contributors[k])),
            ],
            new InfluenceValues(influence, numbered));
    }

    /// <summary>The standard error that influence values make, cluster by cluster.</summary>
    public static double ErrorOf(double[] influence, int[] cluster)
    {
        if (influence.Length == 0) return 0;
        var sums = new double[cluster.Max() + 1];
        for (var i = 0; i < influence.Length; i++) sums[cluster[i]] += influence[i];
        return Math.Sqrt(sums.Sum(s => s * s));
    }

    /// <summary>Cluster numbers from 0, in the order they are met.</summary>
    public static int[] Numbered(int[] cluster)
    {
        var numbers = new Dictionary<int, int>();
        return Array.ConvertAll(cluster, c =>
        {
            if (!numbers.TryGetValue(c, out var number)) numbers.Add(c, number = numbers.Count);
            return number;
        });
    }

    /// <summary>Who stands behind a weighted sum of rows, each person once.</summary>
    public static Contributors Behind(double[] values, double[] weights, PersonId[] person, string[] municipality)
    {
        var places = new Dictionary<PersonId, int>();
        var codes = new Dictionary<string, int>(StringComparer.Ordinal);
        var (sums, homes) = (new List<double>(), new List<int>());
        for (var i = 0; i < values.Length; i++)
        {
            if (weights[i] == 0) continue;
            if (!codes.TryGetValue(municipality[i], out var home)) codes.Add(municipality[i], home = codes.Count);
            if (!places.TryGetValue(person[i], out var place))
            {
                places.Add(person[i], place = sums.Count);
                sums.Add(0);
                homes.Add(home);
            }

            sums[place] += values[i] * weights[i];
        }

        return Contributors.Of(sums, null, homes);
    }
}
