using SiOutcomeLab.Simulation.Running;
using SiOutcomeLab.Statistics;
using SiOutcomeLab.Statistics.Numerics;
using SiOutcomeLab.Statistics.Pooling;

namespace SiOutcomeLab.Simulation.Scenarios;

/// <summary>
/// Effects of several places whose participants are all held against the same comparison persons: their errors go up and down together.
/// Pooled as if they were independent, and with the covariance that the shared persons' influence values give.
/// </summary>
internal sealed class SharedComparisonScenario(int places, double tau) : IScenario
{
    private const int Participants = 40;
    private const int Pool = 200;

    public string Name => $"shared comparison persons, k = {places}, tau = {tau:0.0}";

    public string What =>
        $"{places} places with {Participants} participants each and {Pool} comparison persons shared by all; "
        + $"true effects differ with a standard deviation of {tau:0.0}.";

    public IReadOnlyList<string> Estimators { get; } = ["pooled with the shared persons' covariance", "pooled as if independent"];

    public bool AssumptionsHold(string estimator) => estimator == Estimators[0];

    public IReadOnlyList<Answer> Replicate(ReplicateRandom draws, bool isNull)
    {
        var average = isNull ? 0 : 0.3;
        var pool = new double[Pool];
        for (var i = 0; i < Pool; i++) pool[i] = draws.NextNormal();
        var poolMean = pool.Average();
        var (estimates, influence) = (new double[places], new (ReadOnlyMemory<long> Ids, ReadOnlyMemory<double> Values)[places]);
        for (var p = 0; p < places; p++)
        {
            var own = average + (tau * draws.NextNormal());
            var participants = new double[Participants];
            for (var i = 0; i < Participants; i++) participants[i] = own + draws.NextNormal();
            var mean = participants.Average();
            estimates[p] = mean - poolMean;
            var (ids, values) = (new long[Participants + Pool], new double[Participants + Pool]);
            for (var i = 0; i < Participants; i++)
            {
                (ids[i], values[i]) = (((p + 1L) * 1_000_000) + i, (participants[i] - mean) / Participants);
            }

            for (var i = 0; i < Pool; i++) (ids[Participants + i], values[Participants + i]) = (i, -(pool[i] - poolMean) / Pool);
            influence[p] = (ids, values);
        }

        var covariance = SharedCovariance.FromInfluence(influence);
        var variances = new double[places];
        for (var p = 0; p < places; p++) variances[p] = covariance[(p * places) + p];
        return
        [
            Told(Estimators[0], EstimateSet.Correlated(estimates, covariance), average),
            Told(Estimators[1], EstimateSet.Independent(estimates, variances), average),
        ];
    }

    private static Answer Told(string name, EstimateSet set, double truth) => RandomEffects.Fit(set).Match(
        m => new Answer(name, truth, m.Effect.Estimate, m.Effect.StandardError, m.Effect.ConfidenceLow, m.Effect.ConfidenceHigh, null),
        (reason, _) => Answer.Refused(name, reason.ToString()));
}
