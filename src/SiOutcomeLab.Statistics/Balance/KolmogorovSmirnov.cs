namespace SiOutcomeLab.Statistics.Balance;

/// <summary>Largest difference between the arms' weighted distribution functions, read after the last of tied values.</summary>
internal static class KolmogorovSmirnov
{
    public static int[] Order(double[] values)
    {
        var sorted = (double[])values.Clone();
        var order = new int[values.Length];
        for (var i = 0; i < order.Length; i++) order[i] = i;
        Array.Sort(sorted, order);
        return order;
    }

    public static double Distance(double[] values, int[] order, bool[] treated, double[] weights)
    {
        double totalTreated = 0, totalComparison = 0;
        for (var i = 0; i < values.Length; i++)
        {
            if (treated[i]) totalTreated += weights[i];
            else totalComparison += weights[i];
        }

        double seenTreated = 0, seenComparison = 0, largest = 0;
        for (var at = 0; at < order.Length; at++)
        {
            var row = order[at];
            if (treated[row]) seenTreated += weights[row];
            else seenComparison += weights[row];
            if (at + 1 < order.Length && values[order[at + 1]] == values[row]) continue;
            largest = Math.Max(largest, Math.Abs((seenTreated / totalTreated) - (seenComparison / totalComparison)));
        }

        return largest;
    }
}
