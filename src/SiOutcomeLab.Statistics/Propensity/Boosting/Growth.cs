namespace SiOutcomeLab.Statistics.Propensity.Boosting;

/// <summary>Trees grown until there are enough, or until rows held out have not gained for long.</summary>
/// <param name="Kept">The trees up to the least held-out loss; all without held-out rows.</param>
/// <param name="AllKept">True when no tree was grown in vain.</param>
/// <param name="Training">−2 log likelihood with 0, 1, … trees of the rows learned from.</param>
/// <param name="HeldOut">The same of the rows held out.</param>
internal sealed record Growth(
    IReadOnlyList<RegressionTree> Kept, bool AllKept, IReadOnlyList<double> Training, IReadOnlyList<double> HeldOut)
{
    public static Growth Of(BoostingOptions options, TreeGrower grower, CancellationToken cancellationToken)
    {
        List<RegressionTree> trees = [];
        List<double> training = [], heldOut = [];
        var best = 0;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (learned, held) = grower.Advance(trees.Count == 0 ? null : trees[^1]);
            training.Add(learned);
            heldOut.Add(held);
            // Of equally good numbers of trees the smallest.
            if (held < heldOut[best]) best = trees.Count;
            if (trees.Count == options.Trees || (options.HeldOutFolds is not null && trees.Count - best >= options.Patience)) break;
            trees.Add(grower.Grow(trees.Count));
        }

        var kept = options.HeldOutFolds is null ? trees.Count : best;
        return new Growth(trees[..kept], kept == trees.Count, training, heldOut);
    }
}
