using System.Globalization;

namespace SiOutcomeLab.Pipelines.Intake;

/// <summary>Why an act on an upload cannot be done.</summary>
public enum UploadProblem
{
    /// <summary>There is none of this name among the caller's own.</summary>
    Unknown = 1,

    /// <summary>It is not open.</summary>
    Closed = 2,

    /// <summary>Bytes sent again differ from those that were there; the upload has ended.</summary>
    Poisoned = 3,

    /// <summary>Another writer has taken it over.</summary>
    LeaseLost = 4,

    /// <summary>A chunk begins beyond what has come.</summary>
    OffsetAhead = 5,

    /// <summary>A chunk ends beyond the file's declared size.</summary>
    BeyondDeclared = 6,

    /// <summary>The first bytes are not those of a Parquet file.</summary>
    NotParquet = 7,

    /// <summary>The manifest declares no such file.</summary>
    FileUndeclared = 8,

    /// <summary>Bytes are missing.</summary>
    Incomplete = 9,

    /// <summary>A file is larger than the hub takes.</summary>
    TooLarge = 10,

    /// <summary>The organisation has too much open.</summary>
    Quota = 11,

    /// <summary>The hub has no room at this moment.</summary>
    SpoolFull = 12,

    /// <summary>Too many files are being received at this moment.</summary>
    Rate = 13,

    /// <summary>The hub is stopping.</summary>
    Stopping = 14,

    /// <summary>What had come is no longer as it was written; the upload has ended, and the same content is sent anew.</summary>
    Damaged = 15,
}

/// <summary>An act on an upload that cannot be done, and why.</summary>
/// <param name="problem">Why.</param>
/// <param name="message">What is wrong and what to do, without anybody's values.</param>
/// <param name="facts">The variables of the message, by name, for programs.</param>
public sealed class UploadException(UploadProblem problem, string message, params IReadOnlyList<(string Name, string Value)> facts)
    : Exception(message)
{
    /// <summary>Why it cannot be done.</summary>
    public UploadProblem Problem { get; } = problem;

    /// <summary>The variables of the message, by name.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; } = facts;

    internal static (string Name, string Value) Fact(string name, long value) => (name, value.ToString(CultureInfo.InvariantCulture));

    internal static UploadException LeaseLost() => new(
        UploadProblem.LeaseLost, "Another call sends this upload now. Ask for its durable bytes, and go on only if none other is meant to.");

    /// <summary>There is no such upload, or it is somebody else's.</summary>
    public static UploadException Unknown() => new(UploadProblem.Unknown, "There is no such upload among your own; create it anew.");
}
