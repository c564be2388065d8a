namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Case weights of the rows to learn from and of those held out; empty for all one, and for none held out.</summary>
internal sealed record HeldOutRows(double[] Training, double[] HeldOut)
{
    // Cross-fitting with the same seed divides by the same rule: its fold must not be the one held out here.
    private const int Apart = 0x5BD1_E995;

    /// <summary>The first of the seeded folds is held out; null when there are no such folds.</summary>
    public static HeldOutRows? Of(BoostingOptions options, ReadOnlySpan<bool> treated, ReadOnlySpan<double> caseWeights)
    {
        if (options.HeldOutFolds is not { } folds) return new HeldOutRows(caseWeights.ToArray(), []);
        if (FoldAssignment.Of(treated, options.Clusters.Span, folds, options.Seed ^ Apart) is not { } foldOf) return null;
        var (training, heldOut) = (new double[treated.Length], new double[treated.Length]);
        for (var i = 0; i < foldOf.Length; i++)
        {
            var weight = caseWeights.IsEmpty ? 1 : caseWeights[i];
            (foldOf[i] == 0 ? heldOut : training)[i] = weight;
        }

        return new HeldOutRows(training, heldOut);
    }
}
