using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Effects.OutcomeModels;

/// <summary>A fitted outcome model in the coordinates of its standardised design, extended to all rows.</summary>
internal sealed class GlmFit
{
    public required OutcomeFamily Family { get; init; }

    public required StandardisedDesign Design { get; init; }

    /// <summary>Coefficients of the standardised columns, the intercept first.</summary>
    public required double[] Beta { get; init; }

    /// <summary>Observed curvature Σ vᵢ zᵢ zᵢ'.</summary>
    public required Cholesky Curvature { get; init; }

    /// <summary>z'b plus the offset for every row, also those of weight 0.</summary>
    public required double[] Linear { get; init; }

    /// <summary>Score sᵢ of each row, its weight counted: Σ sᵢ zᵢ = 0.</summary>
    public required double[] Score { get; init; }

    /// <summary>The weights of the fit.</summary>
    public required double[] Weights { get; init; }

    public required int Iterations { get; init; }

    /// <summary>Minus the log likelihood, up to a constant.</summary>
    public required double Objective { get; init; }

    /// <summary>Rows with weight.</summary>
    public int Used => Weights.Length - Weights.AsSpan().Count(0.0);

    /// <summary>What each row's score adds to c'b̂: sᵢ zᵢ' A⁻¹ c.</summary>
    public double[] Influence(ReadOnlySpan<double> contrast)
    {
        var influence = Design.Times(Curvature.Solve(contrast));
        LaneSum.Multiply(Score, influence, influence);
        return influence;
    }

    /// <summary>wᵢ vᵢ zᵢ'A⁻¹zᵢ: how much of a row's own prediction is its own doing. Least squares only.</summary>
    public double[] Leverage()
    {
        var q = Design.Size;
        var inverse = Curvature.Inverse();
        var leverage = new double[Design.Rows];
        RowBlocks.Run(Design.Rows, null, (start, count) =>
        {
            var block = new double[q * count];
            Design.Fill(start, count, block);
            var carried = new double[count];
            for (var j = 0; j < q; j++)
            {
                Array.Clear(carried);
                for (var k = 0; k < q; k++) LaneSum.AddScaled(inverse[(j * q) + k], block.AsSpan(k * count, count), carried);
                for (var i = 0; i < count; i++) leverage[start + i] += carried[i] * block[(j * count) + i];
            }

            for (var i = 0; i < count; i++) leverage[start + i] *= Weights[start + i];
        });
        return leverage;
    }

    /// <summary>The contrast on standardised coefficients that gives the coefficient of a column in its own unit.</summary>
    /// <param name="column">0 for the intercept, otherwise the column's place in the standardised design.</param>
    public double[] OwnUnit(int column)
    {
        var contrast = new double[Design.Size];
        if (column > 0)
        {
            contrast[column] = 1 / Design.Scale[column - 1];
            return contrast;
        }

        contrast[0] = 1;
        for (var j = 1; j < contrast.Length; j++) contrast[j] = -Design.Centre[j - 1] / Design.Scale[j - 1];
        return contrast;
    }

    public double Value(ReadOnlySpan<double> contrast) => LaneSum.Dot(contrast, Beta);

    /// <summary>c'A⁻¹c.</summary>
    public double Spread(ReadOnlySpan<double> contrast) => LaneSum.Dot(contrast, Curvature.Solve(contrast));
}
