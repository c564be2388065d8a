using SiOutcomeLab.Domain.Effects;
using SiOutcomeLab.Pipelines.Cohorts;

namespace SiOutcomeLab.Pipelines.Evaluation;

/// <summary>How the scores of a cohort are spread, person by person.</summary>
internal static class ScoreSpreads
{
    public static ScoreSpread Of(Cohort cohort, ReadOnlySpan<double> scores)
    {
        var bins = new[] { new int[ScoreSpread.Bins], new int[ScoreSpread.Bins] };
        var counted = new[] { new HashSet<int>(), new HashSet<int>() };
        var odds = cohort.TreatedCount / (double)Math.Max(1, cohort.Rows - cohort.TreatedCount);
        for (var i = 0; i < cohort.Rows; i++)
        {
            var arm = cohort.Treated[i] ? 1 : 0;
            if (!counted[arm].Add(cohort.Person[i])) continue;
            // As in Statistics' overlap: multiplied out, so that scores of 0 and 1 need no care.
            var preference = scores[i] / (scores[i] + (odds * (1 - scores[i])));
            bins[arm][Math.Min(ScoreSpread.Bins - 1, (int)(preference * ScoreSpread.Bins))]++;
        }

        return new ScoreSpread(bins[1], bins[0]);
    }
}
