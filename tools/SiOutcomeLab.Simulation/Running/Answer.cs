namespace SiOutcomeLab.Simulation.Running;

/// <summary>What one estimator said in one replicate.</summary>
/// <param name="Estimator">Its name.</param>
/// <param name="Truth">The effect on exactly the persons that the estimate holds for; NaN when there is no estimate.</param>
/// <param name="Estimate">NaN when not estimable.</param>
/// <param name="StandardError">In the outcome's unit.</param>
/// <param name="Low">Lower end of the 95 % interval.</param>
/// <param name="High">Upper end.</param>
/// <param name="Gate">Whether the balance gate lets it through; null when the estimator has none.</param>
/// <param name="Refusal">Why not estimable, or null.</param>
internal sealed record Answer(
    string Estimator, double Truth, double Estimate, double StandardError, double Low, double High, bool? Gate, string? Refusal = null)
{
    public static Answer Refused(string estimator, string reason, bool? gate = null) =>
        new(estimator, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, gate, reason);

    public bool IsEstimated => Refusal is null;

    public bool Covers => Low <= Truth && Truth <= High;

    /// <summary>The interval leaves no effect out.</summary>
    public bool Rejects => Low > 0 || High < 0;
}
