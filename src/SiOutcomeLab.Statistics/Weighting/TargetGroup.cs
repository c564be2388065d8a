namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>Who is asked about, row by row, where that is known without weights.</summary>
internal static class TargetGroup
{
    /// <summary>1 for rows of the group, 0 for others; null when the group is a weighted population.</summary>
    public static double[]? Of(BalancingWeights weights, ReadOnlySpan<bool> treated)
    {
        if (weights.Aim is not (Estimand.Treated or Estimand.Everyone or Estimand.Untreated)) return null;
        var w = (weights.BeforeLoss ?? weights).Weights.Span;
        var trimmed = weights.Estimand == Estimand.Trimmed;
        var group = new double[treated.Length];
        for (var i = 0; i < group.Length; i++)
        {
            var asked = weights.Aim == Estimand.Everyone || treated[i] == (weights.Aim == Estimand.Treated);
            group[i] = asked && (!trimmed || w[i] > 0) ? 1 : 0;
        }

        return group;
    }
}
