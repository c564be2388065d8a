using SiOutcomeLab.Statistics.LinearAlgebra;

namespace SiOutcomeLab.Statistics.Weighting;

/// <summary>
/// How estimated weights came about, in the one form that M-estimation needs (Stefanski and Boos 2002, The American Statistician
/// 56(1), p. 29–38): the parameters solve Σ sᵢ zᵢ = 0 with derivative −A, and the weight's own derivative is gᵢ zᵢ.
/// </summary>
/// <param name="Design">Rows zᵢ, intercept first.</param>
/// <param name="Bread">A.</param>
/// <param name="Score">sᵢ per row.</param>
/// <param name="Gradient">gᵢ per row.</param>
/// <param name="ScoreWithTargetsFixed">
/// sᵢ when the means that the weights aim at count as known instead of estimated; null when the weights aim at no means.
/// </param>
/// <param name="Other">A second set of equations with parameters of its own, as when either arm is balanced by itself; or null.</param>
internal sealed record WeightModel(
    StandardisedDesign Design,
    Cholesky Bread,
    double[] Score,
    double[] Gradient,
    double[]? ScoreWithTargetsFixed = null,
    WeightModel? Other = null)
{
    /// <summary>
    /// What the estimation of the weights adds to a person's influence on Σ wᵢ hᵢ: with c = A⁻¹ Σ gᵢ hᵢ zᵢ, row i adds sᵢ zᵢ'c.
    /// </summary>
    /// <param name="contribution">hᵢ: derivative of the estimator with respect to the weight of row i.</param>
    /// <param name="influence">Added to in place.</param>
    /// <param name="targetsFixed">True for <see cref="ScoreWithTargetsFixed"/>.</param>
    public void AddInfluence(ReadOnlySpan<double> contribution, Span<double> influence, bool targetsFixed = false)
    {
        var score = targetsFixed && ScoreWithTargetsFixed is not null ? ScoreWithTargetsFixed : Score;
        var factor = new double[contribution.Length];
        LaneSum.Multiply(Gradient, contribution, factor);
        var direction = Bread.Solve(Design.TransposedTimes(factor));
        factor.AsSpan().Clear();
        Design.AddTimes(direction, factor);
        LaneSum.Multiply(score, factor, factor);
        LaneSum.AddScaled(1, factor, influence);
        Other?.AddInfluence(contribution, influence, targetsFixed);
    }
}
