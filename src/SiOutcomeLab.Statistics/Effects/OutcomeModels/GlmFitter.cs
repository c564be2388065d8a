using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>
/// Newton steps on the observed curvature (for the canonical links that is iteratively reweighted least squares), halved while the
/// objective rises. All four objectives are convex, so there is one minimum or a direction without end, which is told.
/// </summary>
internal static class GlmFitter
{
    private const int MaximumSteps = 60;

    // Steps converge quadratically: the error left after a step of 1e-8 is some 1e-16.
    private const double StepTolerance = 1e-8;

    private const double CollinearTolerance = 1e-10;
    private const double SmallestEndlessMove = 0.3;

    public static Estimable<GlmFit> Fit(
        StandardisedDesign design,
        IReadOnlyList<string> names,
        OutcomeFamily family,
        double[] outcome,
        double[] weights,
        double[]? offset = null,
        int? threads = null,
        CancellationToken cancellationToken = default)
    {
        var used = weights.Length - weights.AsSpan().Count(0.0);
        if (used <= design.Size)
        {
            return Estimable.Not<GlmFit>(NotEstimableReason.TooFewObservations, $"{used} rows cannot tell {design.Size} coefficients.");
        }

        var start = Start(family, outcome, weights, offset);
        if (!double.IsFinite(start))
        {
            return Estimable.Not<GlmFit>(
                NotEstimableReason.NoVariation, "All outcomes lie at the end of their range, so the mean has no maximum.");
        }

        var beta = new double[design.Size];
        beta[0] = start;
        var pass = new GlmPass(design, family, outcome, weights, offset, threads);
        pass.Run(beta);
        for (var step = 0; step < MaximumSteps; step++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Cholesky.TryFactor(pass.Curvature, design.Size, step == 0 ? CollinearTolerance : 1e-14) is not { } curvature)
            {
                if (step > 0) break;
                return Unidentified(design, names, family, weights, pass.Curvature, threads);
            }

            var direction = curvature.Solve(pass.Gradient);
            if (step >= 6 && Endless(design, family, outcome, weights, direction))
            {
                return Estimable.Not<GlmFit>(NotEstimableReason.Separation, Describe(design, names, direction));
            }

            var size = Largest(direction);
            var scale = Math.Max(Largest(beta), family == OutcomeFamily.Linear ? 0 : 1);
            var before = pass.Objective;
            beta = Move(pass, beta, direction);
            if (step > 0 && size <= StepTolerance * scale && Cholesky.TryFactor(pass.Curvature, design.Size) is { } last)
            {
                return Estimable.Of(Describe(design, family, outcome, weights, beta, pass, last, step + 1));
            }

            if (!double.IsFinite(pass.Objective) || !double.IsFinite(before)) break;
        }

        return Estimable.Not<GlmFit>(
            NotEstimableReason.DidNotConverge,
            $"{design.Size} coefficients on {used} rows did not reach the likelihood's maximum in {MaximumSteps} steps.");
    }

    private static double Start(OutcomeFamily family, double[] outcome, double[] weights, double[]? offset)
    {
        CompensatedSum total = default, exposure = default;
        for (var i = 0; i < outcome.Length; i++)
        {
            total.Add(weights[i] * outcome[i]);
            exposure.Add(weights[i] == 0 || offset is null ? weights[i] : weights[i] * Math.Exp(offset[i]));
        }

        var mean = total.Value / exposure.Value;
        return family switch
        {
            OutcomeFamily.Linear => mean,
            OutcomeFamily.Logistic => Math.Log(mean / (1 - mean)),
            _ => Math.Log(mean)
        };
    }

    private static double[] Move(GlmPass pass, double[] beta, double[] direction)
    {
        var before = pass.Objective;
        var length = 1.0;
        var next = new double[beta.Length];
        for (var halving = 0; ; halving++)
        {
            for (var j = 0; j < beta.Length; j++) next[j] = beta[j] + (length * direction[j]);
            pass.Run(next);
            // Near the minimum the objective moves less than its own rounding.
            if (halving == 30 || pass.Objective <= before + (1e-10 * (1 + Math.Abs(before)))) return next;
            length /= 2;
        }
    }

    // A Newton step along a direction without end moves some rows by about one for ever, and none against what was seen.
    private static bool Endless(StandardisedDesign design, OutcomeFamily family, double[] outcome, double[] weights, double[] direction)
    {
        if (family == OutcomeFamily.Linear) return false;

        var moved = design.Times(direction);
        double largest = 0, wrong = 0;
        for (var i = 0; i < moved.Length; i++)
        {
            if (weights[i] == 0) continue;
            largest = Math.Max(largest, Math.Abs(moved[i]));
            var against = outcome[i] == 0 ? moved[i] : family == OutcomeFamily.Logistic && outcome[i] == 1 ? -moved[i] : Math.Abs(moved[i]);
            wrong = Math.Max(wrong, against);
        }

        return largest >= SmallestEndlessMove && wrong <= 1e-3 * largest;
    }

    private static GlmFit Describe(
        StandardisedDesign design, OutcomeFamily family, double[] outcome, double[] weights, double[] beta, GlmPass pass,
        Cholesky curvature, int steps)
    {
        var linear = pass.LinearPredictor(beta);
        var score = new double[linear.Length];
        for (var i = 0; i < score.Length; i++)
        {
            if (weights[i] != 0) score[i] = weights[i] * GlmPass.Row(family, linear[i], outcome[i]).Score;
        }

        return new GlmFit
        {
            Family = family,
            Design = design,
            Beta = beta,
            Curvature = curvature,
            Linear = linear,
            Score = score,
            Weights = weights,
            Iterations = steps,
            Objective = pass.Objective
        };
    }

    private static Estimable<GlmFit> Unidentified(
        StandardisedDesign design, IReadOnlyList<string> names, OutcomeFamily family, double[] weights, double[] curvature, int? threads)
    {
        // Rows with y = 0 have no observed curvature under gamma; when only they tell a column, its coefficient has no end.
        return family == OutcomeFamily.GammaLog
            && Cholesky.TryFactor(design.CrossProduct(weights, threads), design.Size, CollinearTolerance) is not null
            ? Estimable.Not<GlmFit>(NotEstimableReason.Separation, $"Outcomes over 0: {Unidentified(design, names, curvature)}")
            : Estimable.Not<GlmFit>(NotEstimableReason.Collinear, Unidentified(design, names, curvature));
    }

    private static string Unidentified(StandardisedDesign design, IReadOnlyList<string> names, double[] curvature)
    {
        for (var size = 2; size <= design.Size; size++)
        {
            var leading = new double[size * size];
            for (var i = 0; i < size; i++) curvature.AsSpan(i * design.Size, size).CopyTo(leading.AsSpan(i * size));
            if (Cholesky.TryFactor(leading, size, CollinearTolerance) is not null) continue;
            return $"Among the rows of the fit, '{names[design.Source[size - 2]]}' is constant or a combination of other columns.";
        }

        return "No row carries information about the outcome's mean.";
    }

    private static string Describe(StandardisedDesign design, IReadOnlyList<string> names, double[] direction)
    {
        var largest = direction.Skip(1).Max(Math.Abs);
        var involved = Enumerable.Range(1, design.Size - 1)
            .Where(j => Math.Abs(direction[j]) >= 0.05 * largest)
            .Select(j => $"'{names[design.Source[j - 1]]}'");
        return $"A combination of {string.Join(", ", involved)} foretells some outcomes for certain, so the likelihood has no maximum.";
    }

    private static double Largest(double[] values)
    {
        var largest = 0.0;
        foreach (var value in values) largest = Math.Max(largest, Math.Abs(value));
        return largest;
    }
}
