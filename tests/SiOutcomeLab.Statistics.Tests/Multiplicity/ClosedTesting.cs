namespace SiOutcomeLab.Statistics.Tests.Multiplicity;

/// <summary>The slow witness: a hypothesis's adjusted p is the largest p-value of all 2ⁿ intersections that hold it.</summary>
internal static class ClosedTesting
{
    /// <param name="p">p-values.</param>
    /// <param name="local">p-value of the intersection of some hypotheses.</param>
    public static double[] Adjust(double[] p, Func<int[], double> local)
    {
        var adjusted = new double[p.Length];
        for (var set = 1; set < 1 << p.Length; set++)
        {
            var members = Enumerable.Range(0, p.Length).Where(i => (set >> i & 1) == 1).ToArray();
            var value = Math.Min(1, local(members));
            foreach (var i in members) adjusted[i] = Math.Max(adjusted[i], value);
        }

        return adjusted;
    }

    public static double Simes(double[] p, int[] members) =>
        members.Select(i => p[i]).Order().Select((value, k) => members.Length * value / (k + 1)).Min();
}
