using System.Diagnostics;
using System.Diagnostics.Metrics;
using SiOutcomeLab.Domain.Submissions;

namespace SiOutcomeLab.Pipelines.Telemetry;

/// <summary>
/// What the pipelines tell of their work, in the runtime's own instruments: free of charge when nobody listens. Attributes are words of
/// this program (outcomes, rules' codes), never an organisation, a person, a file or a value of one.
/// </summary>
public static class LabTelemetry
{
    /// <summary>The name of the meter and of the activity source.</summary>
    public const string Name = "SiOutcomeLab.Pipelines";

    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Submissions = Meter.CreateCounter<long>("silab.submissions", "{submission}", "Submissions by what became of them.");
    private static readonly Counter<long> Rows = Meter.CreateCounter<long>("silab.submission.rows", "{row}", "Rows of accepted submissions.");
    private static readonly Counter<long> Findings = Meter.CreateCounter<long>("silab.findings", "{finding}", "Findings by rule and severity.");
    private static readonly Histogram<double> CheckDuration = Meter.CreateHistogram<double>("silab.check.duration", "s", "Time from the last byte to the receipt.");
    private static readonly Histogram<double> RunDuration = Meter.CreateHistogram<double>("silab.run.duration", "s", "Time of an evaluation's run.");

    /// <summary>Where spans of runs and checks come from.</summary>
    public static ActivitySource Source { get; } = new(Name);

    /// <summary>A submission has been accepted or refused.</summary>
    /// <param name="isAccepted">Which.</param>
    /// <param name="rows">Its rows; counted when accepted.</param>
    /// <param name="findings">What was found.</param>
    /// <param name="took">The time from the last byte to the answer.</param>
    public static void SubmissionJudged(bool isAccepted, long rows, IReadOnlyList<Finding> findings, TimeSpan took)
    {
        var outcome = new KeyValuePair<string, object?>("silab.outcome", isAccepted ? "accepted" : "refused");
        Submissions.Add(1, outcome);
        if (isAccepted) Rows.Add(rows);
        foreach (var finding in findings)
        {
            Findings.Add(1, new("silab.rule", finding.Rule), new("silab.severity", finding.Severity == Severity.Error ? "error" : "warning"));
        }

        CheckDuration.Record(took.TotalSeconds, outcome);
    }

    /// <summary>A run has ended.</summary>
    /// <param name="outcome">How: <c>succeeded</c>, <c>failed</c> or <c>fenced</c>.</param>
    /// <param name="took">Its time.</param>
    public static void RunEnded(string outcome, TimeSpan took) =>
        RunDuration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("silab.outcome", outcome));
}
