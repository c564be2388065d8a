namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>Total case weight and number of rows with weight in each arm.</summary>
/// <param name="Treated">Weight of the treated.</param>
/// <param name="Comparison">Weight of the others.</param>
/// <param name="Rows">Rows with weight.</param>
internal readonly record struct ArmTotals(double Treated, double Comparison, int Rows)
{
    /// <summary>−2 log likelihood of the treated share alone.</summary>
    public double NullDeviance
    {
        get
        {
            var total = Treated + Comparison;
            return -2 * ((Treated * Math.Log(Treated / total)) + (Comparison * Math.Log(Comparison / total)));
        }
    }

    public static ArmTotals Of(ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        if (caseWeights.IsEmpty)
        {
            var count = treated.Count(true);
            return new ArmTotals(count, treated.Length - count, treated.Length);
        }

        double inside = 0, outside = 0;
        var rows = 0;
        for (var i = 0; i < treated.Length; i++)
        {
            if (caseWeights[i] > 0) rows++;
            if (treated[i]) inside += caseWeights[i];
            else outside += caseWeights[i];
        }

        return new ArmTotals(inside, outside, rows);
    }
}
