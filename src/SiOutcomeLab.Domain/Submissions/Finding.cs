namespace SiOutcomeLab.Domain.Submissions;

/// <summary>How much a finding weighs.</summary>
public enum Severity
{
    /// <summary>Told, and the submission is taken.</summary>
    Warning = 1,

    /// <summary>The submission is refused, and nothing of it is kept.</summary>
    Error = 2,
}

/// <summary>Which part of a submission something stands in.</summary>
public enum SubmissionPart
{
    /// <summary>The manifest.</summary>
    Manifest = 1,

    /// <summary>The file with one row per person and period.</summary>
    Observations = 2,

    /// <summary>The file with one row per participation.</summary>
    Participations = 3,
}

/// <summary>One thing wrong in a submission. Never carries a row's values.</summary>
/// <param name="Rule">The rule's code in the rule table, e.g. <c>SCHEMA_UNKNOWN_COLUMN</c>.</param>
/// <param name="Severity">Whether the submission is refused for it.</param>
/// <param name="Part">Where it stands.</param>
/// <param name="Column">The column's name; null when the finding concerns the whole part.</param>
/// <param name="Count">How many rows (or places) are concerned; at least 1.</param>
/// <param name="SampleRows">The first few row numbers concerned, counted from 1 within the file; at most 10, may be empty.</param>
/// <param name="Explanation">What is wrong.</param>
/// <param name="Remedy">How to mend it.</param>
public sealed record Finding(
    string Rule,
    Severity Severity,
    SubmissionPart Part,
    string? Column,
    long Count,
    IReadOnlyList<long> SampleRows,
    BilingualText Explanation,
    BilingualText Remedy);
