using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Propensity;

/// <summary>
/// Newton's method on the score equations of a <see cref="ScorePass"/>: steps b += (Σ w z z')⁻¹ Σ r z, halved while the deviance rises,
/// until max |Σ r z| ≤ 10⁻¹² Σw on standardised columns (10⁻¹⁰ from the 20th step on). One object serves many fits on one design, as
/// bootstrap replicates with their own case weights need.
/// </summary>
internal sealed class ScoreRoot(ScorePass pass)
{
    private const int MaximumSteps = 60;
    // A few rows hundreds of standard deviations out can keep rounding above the tolerance; Newton has long arrived by then.
    private const double StalledTolerance = 1e-10;

    // A sample's own error is some hundredth; there is nothing to gain below it.
    private const double SampleTolerance = 1e-4;
    private const int SampleRows = 65_536;
    private const int SampleSteps = 10;

    /// <summary>How the search ended.</summary>
    public enum Ending
    {
        /// <summary>At the root.</summary>
        Found,

        /// <summary>Nowhere: the function rises for ever along <see cref="Direction"/>.</summary>
        Receding,

        /// <summary>The information matrix cannot be inverted.</summary>
        Singular,

        /// <summary>The steps were used up.</summary>
        Unfinished
    }

    public ScorePass Pass { get; } = pass;

    /// <summary>Largest score over Σw at the root; replicates whose own spread is far larger may ask for less than rounding.</summary>
    public double Tolerance { get; init; } = 1e-12;

    /// <summary>Coefficients of the standardised columns, the intercept first.</summary>
    public double[] Beta { get; private set; } = [];

    /// <summary>Σ w z z' at <see cref="Beta"/>, when found.</summary>
    public Cholesky? Information { get; private set; }

    public int Steps { get; private set; }

    /// <summary>The last Newton step.</summary>
    public double[] Direction { get; private set; } = [];

    /// <summary>A start from a fixed sample of the rows; null for few rows, or when the sample gives none.</summary>
    public static double[]? FromSample(ScorePass pass, double[] start)
    {
        var stride = pass.Design.Rows / SampleRows;
        if (stride < 2) return null;
        var sample = pass.Sample(stride);
        var root = new ScoreRoot(sample) { Beta = start };
        sample.Run(start);
        for (var step = 0; step < SampleSteps; step++)
        {
            if (Cholesky.TryFactor(sample.Information, sample.Design.Size, 1e-8) is not { } information) return null;
            if (sample.LargestScore <= SampleTolerance * sample.TotalWeight) return root.Beta;
            root.Move(information.Solve(sample.Score), null, null);
        }

        return null;
    }

    /// <summary>Finds the root.</summary>
    /// <param name="start">Where to begin.</param>
    /// <param name="treated">The arms, for telling that there is no root.</param>
    /// <param name="index">Gets each row's linear predictor at the root; one value per row.</param>
    /// <param name="residual">Gets each row's r at the root; one value per row, or null.</param>
    /// <param name="cancellationToken">Stops the work between passes.</param>
    /// <returns>How it ended.</returns>
    public Ending Find(
        double[] start, ReadOnlySpan<bool> treated, double[] index, double[]? residual, CancellationToken cancellationToken)
    {
        Beta = start;
        Information = null;
        Direction = [];
        Pass.Run(start);
        var kept = false;
        for (Steps = 0; Steps < MaximumSteps; Steps++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (Cholesky.TryFactor(Pass.Information, Pass.Design.Size) is not { } information) return Failure(Ending.Singular, treated);
            if (Pass.LargestScore <= (Steps < 20 ? Tolerance : Math.Max(Tolerance, StalledTolerance)) * Pass.TotalWeight)
            {
                if (!kept) Pass.Run(Beta, index, residual);
                Information = information;
                return Ending.Found;
            }

            Direction = information.Solve(Pass.Score);
            if (Steps >= 6 && Pass.Link.Recedes(Pass.Design, Direction, treated, Pass.CaseWeights)) return Ending.Receding;
            // Errors square themselves: after a step this small the next pass is almost surely the last.
            kept = Direction.Max(Math.Abs) <= Math.Sqrt(Tolerance);
            Move(Direction, kept ? index : null, kept ? residual : null);
        }

        return Failure(Ending.Unfinished, treated);
    }

    // The place itself shows as well as the last step where the function rises for ever.
    private Ending Failure(Ending ending, ReadOnlySpan<bool> treated)
    {
        if (Direction.Length > 0 && Pass.Link.Recedes(Pass.Design, Direction, treated, Pass.CaseWeights)) return Ending.Receding;
        if (!Pass.Link.Recedes(Pass.Design, Beta, treated, Pass.CaseWeights)) return ending;
        Direction = Beta;
        return Ending.Receding;
    }

    private void Move(double[] direction, double[]? index, double[]? residual)
    {
        var before = Pass.Deviance;
        var length = 1.0;
        var next = new double[Beta.Length];
        for (var halving = 0; ; halving++)
        {
            for (var j = 0; j < next.Length; j++) next[j] = Beta[j] + (length * direction[j]);
            Pass.Run(next, index, residual);
            // Near the maximum the deviance moves less than its own rounding.
            if (halving == 30 || Pass.Deviance <= before + (1e-10 * (1 + Math.Abs(before))))
            {
                Beta = next;
                return;
            }

            length /= 2;
        }
    }
}
